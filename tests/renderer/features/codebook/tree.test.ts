import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dropAt,
  firstMatch,
  folded,
  matching,
  parentsIn,
  placesOf,
  rowOf,
  type Step,
  stepFrom,
} from '../../../../renderer/features/codebook/tree'
import { moveCode } from '../../../../shared/commands/codebook'
import type { ProjectReader } from '../../../../shared/commands/command'
import { type Code, type CodeNode, codeTree, inCodebookOrder } from '../../../../shared/domain/code'
import type { CodeId, CoderId } from '../../../../shared/domain/id'
import { codeOf } from '../../../support/codes'

const idOf = (id: string) => id as CodeId

/** `a` with `a1` and `a2` (with `a21`), then `b`, then `c`. */
const CODES = [
  codeOf('a', { rank: 1 }),
  codeOf('a1', { rank: 1, parentId: idOf('a') }),
  codeOf('a2', { rank: 2, parentId: idOf('a'), definition: 'Ｗind and SUN' }),
  codeOf('a21', { rank: 1, parentId: idOf('a2') }),
  codeOf('b', { rank: 2 }),
  codeOf('c', { rank: 3 }),
]
const TREE = codeTree(CODES)
const PLACES = placesOf(TREE)

/** The tree as names, children in brackets. */
function shapeOf(nodes: readonly CodeNode[]): string {
  return nodes
    .map(({ code, children }) => code.name + (children.length > 0 ? `(${shapeOf(children)})` : ''))
    .join(' ')
}

/** The codebook after a move, as its command plans it. */
async function moved(id: string, to: ReturnType<typeof stepFrom>): Promise<string> {
  if (!to) return 'nowhere'
  const reader = {
    code: async (wanted: CodeId) => CODES.find(code => code.id === wanted) ?? null,
    codes: async () => inCodebookOrder(CODES),
  } as ProjectReader
  const actor = { coderId: 'me' as CoderId, now: () => 0, newId: () => 'n' }
  const { changes } = await moveCode(idOf(id), to.parentId, to.beforeId)(reader, actor)
  const after = new Map<string, Code>(CODES.map(code => [code.id, code]))
  for (const change of changes) {
    if (change.table === 'codes' && change.after) after.set(change.id, change.after)
  }
  return shapeOf(codeTree([...after.values()]))
}

describe('a step', () => {
  it.each<[string, Step, string]>([
    ['b', 'up', 'b a(a1 a2(a21)) c'],
    ['a', 'down', 'b a(a1 a2(a21)) c'],
    ['b', 'down', 'a(a1 a2(a21)) c b'],
    ['b', 'in', 'a(a1 a2(a21) b) c'],
    ['a1', 'out', 'a(a2(a21)) a1 b c'],
    ['a21', 'out', 'a(a1 a2 a21) b c'],
    ['a2', 'up', 'a(a2(a21) a1) b c'],
    ['a', 'up', 'nowhere'],
    ['c', 'down', 'nowhere'],
    ['a1', 'in', 'nowhere'],
    ['b', 'out', 'nowhere'],
  ])('of %s %s leads where it says', async (id, step, shape) => {
    expect(await moved(id, stepFrom(PLACES, idOf(id), step))).toBe(shape)
  })
})

describe('a drop', () => {
  it.each<[string, 'on' | 'before' | 'after', string, string]>([
    ['c', 'on', 'b', 'a(a1 a2(a21)) b(c)'],
    ['c', 'before', 'a', 'c a(a1 a2(a21)) b'],
    ['c', 'after', 'a', 'a(a1 a2(a21)) c b'],
    ['c', 'before', 'a2', 'a(a1 c a2(a21)) b'],
    ['a', 'after', 'c', 'b c a(a1 a2(a21))'],
    ['b', 'after', 'a', 'a(a1 a2(a21)) b c'],
    ['b', 'before', 'c', 'a(a1 a2(a21)) b c'],
  ])('of %s %s %s leads where it says', async (id, position, target, shape) => {
    expect(await moved(id, dropAt(PLACES, idOf(id), { id: idOf(target), position }))).toBe(shape)
  })

  it('on a code that is gone leads nowhere', () => {
    expect(dropAt(PLACES, idOf('a'), { id: idOf('gone'), position: 'on' })).toBeNull()
  })
})

describe('a search', () => {
  it('keeps what it finds together with the ancestors', () => {
    expect(shapeOf(matching(TREE, 'a21'))).toBe('a(a2(a21))')
    expect(shapeOf(matching(TREE, 'b'))).toBe('b')
  })

  it('looks into definitions, and past case and width', () => {
    expect(shapeOf(matching(TREE, 'wInd'))).toBe('a(a2)')
    expect(shapeOf(matching(TREE, ' ｓｕｎ '))).toBe('a(a2)')
    expect(folded('ＡＢ１')).toBe('ab1')
  })

  it('finds nothing where there is nothing, and everything when it is empty', () => {
    expect(matching(TREE, 'zzz')).toEqual([])
    expect(matching(TREE, '  ')).toBe(TREE)
  })

  it('shows no code that the tree does not have', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3 }), query => {
        for (const id of placesOf(matching(TREE, query)).keys()) {
          expect(PLACES.has(id)).toBe(true)
        }
      }),
    )
  })
})

describe('rows', () => {
  it('are counted down the tree, without those that a folded parent hides', () => {
    const isOpen = (id: CodeId) => id === 'a'
    const rows = ['a', 'a1', 'a2', 'a21', 'b'].map(id => rowOf(TREE, idOf(id), isOpen))
    expect(rows).toEqual([0, 1, 2, -1, 3])
  })

  it('can be unfolded where there is something below', () => {
    expect(parentsIn(TREE)).toEqual(['a', 'a2'])
  })
})

it('takes the first code that matches by itself, not an ancestor shown for its sake', () => {
  expect(firstMatch(TREE, ' A21 ')).toBe('a21')
  expect(firstMatch(TREE, 'wind')).toBe('a2')
  expect(firstMatch(TREE, 'nowhere')).toBeNull()
  expect(firstMatch(TREE, ' ')).toBeNull()
})
