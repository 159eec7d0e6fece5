import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameIndex } from '../../../shared/search/names'
import { readingsOf } from '../../../shared/search/readings'
import { starterNames } from '../../support/starter-names'

const NAMES = ['行政执法', '执法监督', '重大行政决策', 'Administrative review', '行政复议', '律师']

function found(query: string, names: readonly string[] = NAMES): string[] {
  return nameIndex(names, readingsOf)
    .find(query)
    .map(({ index }) => names[index]!)
}

describe('finding names', () => {
  it.each([
    ['行政执法', ['行政执法']],
    ['执法', ['执法监督', '行政执法']],
    ['xzzf', ['行政执法']],
    ['xingzheng', ['行政执法', '行政复议', '重大行政决策']],
    ['xzhengfy', ['行政复议']],
    ['zdxz', ['重大行政决策']],
    ['admin', ['Administrative review']],
    ['\uFF21\uFF24min', ['Administrative review']],
    ['adreview', ['Administrative review']],
    ['行fa', ['行政执法']],
    ['lvshi', ['律师']],
    ['hangzheng', ['行政执法', '行政复议', '重大行政决策']],
    ['qq', []],
  ])('finds by %s', (query, names) => {
    expect(found(query)).toEqual(names)
  })

  it('puts what begins with the query before what contains it, and that before what is spelled', () => {
    expect(found('fa', ['执法', 'sofa', 'fall', 'fa'])).toEqual(['fa', 'fall', 'sofa', '执法'])
  })

  it('puts what has the letters close together before what has them far apart', () => {
    expect(found('bgb', ['编码给每次的编码', '报告总表'])).toEqual(['报告总表', '编码给每次的编码'])
  })

  it('tells where the query was found', () => {
    const marks = (query: string, name: string) =>
      nameIndex([name], readingsOf)
        .find(query)[0]!
        .marks.map(({ start, end }) => name.slice(start, end))
    expect(marks('zf', '行政执法监督')).toEqual(['政执法'.slice(1)])
    expect(marks('xzf', '行政执法')).toEqual(['行', '政', '法'])
    expect(marks('法', '\u{20BB7}法')).toEqual(['法'])
  })

  it('finds every code of the starter codebook by its whole pinyin and by its initials', () => {
    const names = starterNames()
    expect(names.length).toBeGreaterThan(40)
    const spell = (name: string, part: (reading: string) => string) =>
      [...name.normalize('NFKC')]
        .filter(letter => /[\p{L}\p{N}]/u.test(letter))
        .map(letter => part(readingsOf(letter)[0] ?? letter))
        .join('')
    for (const name of names) {
      expect(
        found(
          spell(name, reading => reading),
          names,
        ),
      ).toContain(name)
      expect(
        found(
          spell(name, reading => reading[0]!),
          names,
        ),
      ).toContain(name)
    }
  })

  it('finds a name by any part of it, and never throws', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'行政执法监督 a\uFF21、\u{20BB7}', 'e\u0301'),
      maxLength: 8,
    })
    fc.assert(
      fc.property(letters, letters, letters, (before, part, after) => {
        const name = before + part + after
        expect(found(part, [name])).toEqual([name])
        for (const { marks } of nameIndex([name], readingsOf).find(part)) {
          for (const { start, end } of marks) {
            expect(0 <= start && start < end && end <= name.length).toBe(true)
          }
        }
      }),
    )
  })
})
