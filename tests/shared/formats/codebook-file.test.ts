import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CodebookFileError, readCodebook } from '../../../shared/formats/codebook-file'

const STARTER = readFileSync(
  new URL('../../../resources/starter-codebook.json', import.meta.url),
  'utf8',
)

const TOP = { key: 'A', parent: null, name: { zh: '甲', en: 'First' }, color: '#A1B2C3' }

/** A codebook file with these codes. */
function fileWith(codes: unknown, rest: object = {}): string {
  return JSON.stringify({
    format: 'codicil-codebook',
    version: 1,
    title: { zh: '题', en: 'Title' },
    codes,
    ...rest,
  })
}

describe('a codebook file', () => {
  it('is read in the language asked for', () => {
    const source = fileWith([
      TOP,
      { ...TOP, key: 'A1', parent: 'A', definition: { zh: '义', en: 'D' } },
    ])
    const empty = { include: '', exclude: '', example: '' }
    expect(readCodebook(source, 'zh')).toEqual({
      title: '题',
      codes: [
        { key: 'A', parentKey: null, name: '甲', color: '#a1b2c3', definition: '', ...empty },
        { key: 'A1', parentKey: 'A', name: '甲', color: '#a1b2c3', definition: '义', ...empty },
      ],
    })
    expect(readCodebook(source, 'en').codes.map(code => code.name)).toEqual(['First', 'First'])
  })

  it('falls back on the other language, and takes a plain string for both', () => {
    const source = fileWith([{ ...TOP, name: { zh: '甲' }, definition: 'D' }], { title: 'T' })
    expect(readCodebook(source, 'en')).toMatchObject({
      title: 'T',
      codes: [{ name: '甲', definition: 'D' }],
    })
  })

  it('may begin with a byte order mark', () => {
    expect(readCodebook(`\uFEFF${fileWith([TOP])}`, 'zh').codes).toHaveLength(1)
  })

  it.each([
    ['{', 'not-json', ''],
    ['[]', 'not-a-codebook', ''],
    ['{"format":"other","version":1,"codes":[]}', 'not-a-codebook', ''],
    [fileWith([], { version: 2 }), 'newer-version', 'version'],
    [fileWith({}), 'not-a-list', 'codes'],
    [fileWith([7]), 'not-a-codebook', 'codes[0]'],
    [fileWith([{ ...TOP, key: '' }]), 'key-empty', 'codes[0].key'],
    [fileWith([TOP, TOP]), 'key-twice', 'codes[1].key'],
    [fileWith([{ ...TOP, parent: 'Z' }]), 'parent-missing', 'codes[0].parent'],
    [fileWith([{ ...TOP, parent: 'A' }]), 'parent-missing', 'codes[0].parent'],
    [fileWith([{ ...TOP, parent: 3 }]), 'parent-missing', 'codes[0].parent'],
    [fileWith([TOP, { ...TOP, key: 'B', color: 'red' }]), 'not-a-color', 'codes[1].color'],
    [fileWith([{ ...TOP, name: { zh: ' ' } }]), 'name-empty', 'codes[0].name'],
    [fileWith([{ ...TOP, name: 'x'.repeat(201) }]), 'name-too-long', 'codes[0].name'],
    [fileWith([{ ...TOP, example: { zh: 1 } }]), 'not-a-text', 'codes[0].example'],
    [fileWith([{ ...TOP, example: [] }]), 'not-a-text', 'codes[0].example'],
  ])('is refused with the place of what is wrong: %s', (source, problem, place) => {
    expect(() => readCodebook(source, 'zh')).toThrow(
      expect.objectContaining({ name: 'CodebookFileError', problem, place }),
    )
    expect(() => readCodebook(source, 'zh')).toThrow(CodebookFileError)
  })
})

describe.each(['zh', 'en'] as const)('the starter codebook in %s', language => {
  const { title, codes } = readCodebook(STARTER, language)

  it('has its title and 56 codes, eleven of them at the top', () => {
    expect(title).not.toBe('')
    expect([codes.length, codes.filter(code => code.parentKey === null).length]).toEqual([56, 11])
  })

  it('says everything of every code', () => {
    const gaps = codes.flatMap(code => Object.entries(code).filter(([, value]) => value === ''))
    expect(gaps).toEqual([])
  })

  it('tells all codes apart by colour, and siblings by name', () => {
    expect(new Set(codes.map(code => code.color)).size).toBe(56)
    expect(new Set(codes.map(code => `${code.parentKey}/${code.name}`)).size).toBe(56)
  })
})
