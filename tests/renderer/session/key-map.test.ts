import { describe, expect, it } from 'vitest'
import { COMMAND_IDS, COMMANDS } from '../../../renderer/session/commands'
import {
  commandsFor,
  isSingle,
  keyOf,
  keysOf,
  mayBeKeyOf,
  toKeyMap,
} from '../../../renderer/session/key-map'

function press(key: string, modifiers = '') {
  return {
    key,
    ctrlKey: modifiers.includes('c'),
    metaKey: modifiers.includes('m'),
    altKey: modifiers.includes('a'),
    shiftKey: modifiers.includes('s'),
  }
}

describe('keys', () => {
  it.each([
    [press('p', 'cs'), 'Mod+Shift+P'],
    [press('P', 'ms'), 'Mod+Shift+P'],
    [press('n'), 'N'],
    [press('N', 's'), 'Shift+N'],
    [press('?', 's'), '?'],
    [press(']'), ']'],
    [press('ArrowRight', 'sa'), 'Shift+Alt+ArrowRight'],
    [press(' ', 'c'), 'Mod+Space'],
    [press('Shift', 's'), null],
    [press('Process'), null],
  ])('are named as the table names them: %o', (event, name) => {
    expect(keyOf(event)).toBe(name)
  })

  it('stand for one command each, as the table has them', () => {
    const all = COMMAND_IDS.flatMap(id => [...COMMANDS[id].keys])
    expect(new Set(all).size).toBe(all.length)
  })

  it('are single letters only where a report’s text must have the focus, but for ? and digits', () => {
    const loose = COMMAND_IDS.filter(id => COMMANDS[id].where !== 'reader')
    const single = loose.flatMap(id => COMMANDS[id].keys.filter(isSingle))
    expect(single.filter(key => !/^[1-9?]$/.test(key))).toEqual([])
  })

  it('can be chosen anew and left out', () => {
    const chosen = { selectSentence: ['J'], undo: [] }
    expect(keysOf('selectSentence', chosen)).toEqual(['J'])
    expect(commandsFor('J', chosen)).toEqual(['selectSentence'])
    expect(commandsFor('S', chosen)).toEqual([])
    expect(commandsFor('Mod+Z', chosen)).toEqual([])
  })

  it('are read from what was stored only where they make sense', () => {
    const good = { selectClause: ['K'], undo: [] }
    expect(toKeyMap({ chosen: { ...good, nothing: ['X'], redo: 'Y', table: [1] } })).toEqual(good)
    for (const odd of [null, 3, 'x', [], { chosen: null }]) expect(toKeyMap(odd)).toEqual({})
  })

  it('are never such that nobody could type or move any more', () => {
    for (const key of ['G', '?', 'Shift+G', 'Enter', 'Mod+C', 'Tab', 'ArrowDown']) {
      expect([key, mayBeKeyOf('goToReport', key)]).toEqual([key, false])
    }
    expect(mayBeKeyOf('goToReport', 'Mod+G')).toBe(true)
    expect(mayBeKeyOf('selectSentence', 'G')).toBe(true)
    expect(mayBeKeyOf('selectSentence', 'Mod+V')).toBe(false)
  })
})
