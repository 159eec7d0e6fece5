import { expect, it } from 'vitest'
import { readDocx } from '../../../shared/extract/docx'
import { oleProblemOf } from '../../../shared/extract/ole'

const SECTOR = 512

/** A compound file whose list of names is these, spread over as many sectors as it takes. */
function compoundOf(names: readonly string[], content: readonly number[] = []): Uint8Array {
  const sectors = Math.ceil((names.length + 1) / 4)
  // The header, the table of sectors, the list of names, and one sector of content.
  const bytes = new Uint8Array(SECTOR * (sectors + 3))
  const view = new DataView(bytes.buffer)
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  view.setUint16(30, 9, true)
  view.setUint32(44, 1, true)
  view.setUint32(48, 1, true)
  view.setUint32(76, 0, true)
  for (let at = 1; at <= sectors; at++) {
    view.setUint32(SECTOR + at * 4, at === sectors ? 0xfffffffe : at + 1, true)
  }
  for (const [index, name] of ['Root Entry', ...names].entries()) {
    const at = SECTOR * 2 + index * 128
    for (let unit = 0; unit < name.length; unit++) {
      view.setUint16(at + unit * 2, name.charCodeAt(unit), true)
    }
    view.setUint16(at + 64, (name.length + 1) * 2, true)
    view.setUint32(at + 116, sectors + 1, true)
  }
  bytes.set(content, SECTOR * (sectors + 2))
  return bytes
}

it.each([
  ['doc', ['1Table', 'CompObj', 'WordDocument']],
  ['xls', ['Workbook']],
  ['xls', ['Book']],
  ['ppt', ['Current User', 'Pictures', 'a', 'b', 'PowerPoint Document']],
  ['wps', ['CONTENTS', 'MatOST']],
])('recognises a .%s of before 2007 by its streams', (kind, names) => {
  const refused = { ok: false, problem: 'old-office', details: { kind } }
  expect(oleProblemOf(compoundOf(names))).toEqual(refused)
})

it('says that a file is encrypted, be it new or old', () => {
  const encrypted = { ok: false, problem: 'encrypted', details: {} }
  const names = ['EncryptedPackage', 'DataSpaces', 'EncryptionInfo']
  expect(oleProblemOf(compoundOf(names))).toEqual(encrypted)
  expect(readDocx(compoundOf(names))).toEqual(encrypted)
  const flags = [0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 1]
  expect(oleProblemOf(compoundOf(['WordDocument'], flags))).toEqual(encrypted)
})

it('knows that other programs write such files, too', () => {
  const refused = { ok: false, problem: 'unsupported', details: { kind: 'ole' } }
  expect(oleProblemOf(compoundOf(['__substg1.0_0037001F']))).toEqual(refused)
})

it('answers for a file that ends anywhere, and for chains that run in circles', () => {
  const sound = compoundOf(['a', 'b', 'c', 'd', 'e', 'WordDocument'])
  const damaged = { ok: false, problem: 'damaged', details: { where: 'ole' } }
  expect(oleProblemOf(sound.subarray(0, 600))).toEqual(damaged)
  for (let length = 0; length < sound.length; length += 7) {
    expect(oleProblemOf(sound.subarray(0, length)).ok).toBe(false)
  }
  const circle = sound.slice()
  new DataView(circle.buffer).setUint32(SECTOR + 2 * 4, 1, true)
  expect(oleProblemOf(circle)).toMatchObject({ problem: 'old-office' })
})
