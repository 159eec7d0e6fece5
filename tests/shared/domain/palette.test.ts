import { describe, expect, it } from 'vitest'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { PALETTE, suggestColor } from '../../../shared/domain/palette'
import { codeOf } from '../../support/codes'

/** So many codes under one parent, each in the colour that was suggested for it. */
function colored(count: number, parentId: CodeId | null = null): Code[] {
  const codes: Code[] = []
  for (let i = 0; i < count; i++) {
    codes.push(codeOf(`c${i}`, { parentId, color: suggestColor(codes, parentId) }))
  }
  return codes
}

describe('the palette', () => {
  it('has colours that are all different, as the database writes them', () => {
    expect(new Set(PALETTE).size).toBe(PALETTE.length)
    expect(PALETTE.filter(color => !/^#[0-9a-f]{6}$/.test(color))).toEqual([])
  })
})

describe('the suggested colour', () => {
  it('is of the palette', () => {
    expect(PALETTE).toContain(suggestColor([], null))
  })

  it('is another one for each sibling, as long as there are any', () => {
    const colors = colored(PALETTE.length).map(code => code.color)
    expect(new Set(colors).size).toBe(PALETTE.length)
  })

  it('is none of the siblings and not the parent', () => {
    const parent = codeOf('p', { color: PALETTE[0] })
    const sibling = codeOf('s', { parentId: parent.id, color: PALETTE[5] })
    expect([PALETTE[0], PALETTE[5]]).not.toContain(suggestColor([parent, sibling], parent.id))
  })

  it('is still one when the palette is used up', () => {
    expect(PALETTE).toContain(suggestColor(colored(40), null))
  })
})
