import { describe, expect, it } from 'vitest'
import { removeImport } from '../../../shared/commands/library'
import {
  correctStructure,
  type NewCorrection,
  removeCorrections,
} from '../../../shared/commands/structure'
import type { ReportId } from '../../../shared/domain/id'
import { BATCH, contentOf, freshProject, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId
const R2 = 'r2' as ReportId

const heading = (start: number, end: number, level = 1): NewCorrection => ({
  kind: 'heading',
  start,
  end,
  level,
})
const at = (kind: NewCorrection['kind'], start: number, end = start): NewCorrection => ({
  kind,
  start,
  end,
  level: 0,
})

describe('correcting the structure', () => {
  it('keeps what the researcher says of a place, and Undo takes it back', async () => {
    const project = await freshProject()
    const before = contentOf(await project.rows())
    await project.run(correctStructure(R1, heading(0, 4, 2)))
    const { corrections } = await project.rows()
    expect(corrections).toMatchObject([
      { reportId: 'r1', kind: 'heading', start: 0, end: 4, level: 2 },
    ])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it.each([
    ['a heading by another level', heading(5, 9, 1), heading(5, 9, 3)],
    ['a heading by none', heading(5, 9), at('not-heading', 5, 9)],
    ['a heading by what stands around the report', heading(5, 9), at('aside', 5, 20)],
    ['what stands around the report by a heading', at('aside', 5, 20), heading(5, 9)],
    ['an end of a sentence by none', at('split', 5), at('join', 5)],
    ['aside by not aside', at('aside', 5, 20), at('not-aside', 5, 20)],
  ])('replaces %s at the same place', async (_, first, second) => {
    const project = await freshProject()
    await project.run(correctStructure(R1, first))
    await project.run(correctStructure(R1, second))
    expect((await project.rows()).corrections).toMatchObject([second])
  })

  it.each([
    ['elsewhere', heading(5, 9), heading(6, 9)],
    ['of another matter', heading(5, 9), at('split', 5)],
    ['that agrees', at('not-aside', 5, 9), heading(5, 9)],
  ])('leaves an earlier one %s', async (_, first, second) => {
    const project = await freshProject()
    await project.run(correctStructure(R1, first))
    await project.run(correctStructure(R1, second))
    expect((await project.rows()).corrections).toHaveLength(2)
  })

  it('takes the place of two that it contradicts', async () => {
    const project = await freshProject()
    await project.run(correctStructure(R1, at('not-aside', 5, 9)))
    await project.run(correctStructure(R1, heading(5, 9)))
    await project.run(correctStructure(R1, at('aside', 5, 9)))
    expect((await project.rows()).corrections).toMatchObject([{ kind: 'aside' }])
  })

  it('writes nothing when that was said already', async () => {
    const project = await freshProject()
    await project.run(correctStructure(R1, heading(5, 9)))
    expect(await project.run(correctStructure(R1, heading(5, 9)))).toBeNull()
  })

  it('refuses a place outside the text, an empty heading and a report that is not there', async () => {
    const project = await freshProject()
    const refused = (reportId: ReportId, correction: NewCorrection, reason: string) =>
      expect(project.run(correctStructure(reportId, correction))).rejects.toMatchObject({ reason })
    await refused(R1, heading(0, TEXT.length + 1), 'passage-outside')
    await refused(R1, heading(-1, 3), 'passage-outside')
    await refused(R1, at('split', TEXT.length + 1), 'passage-outside')
    await refused(R1, heading(3, 3), 'passage-outside')
    await refused('no' as ReportId, heading(0, 3), 'report-missing')
  })

  it('takes no level for a level that cannot be', async () => {
    const project = await freshProject()
    await expect(project.run(correctStructure(R1, heading(0, 3, 10)))).rejects.toThrow(RangeError)
    const split = { ...at('split', 3), level: 1 }
    await expect(project.run(correctStructure(R1, split))).rejects.toThrow(RangeError)
  })
})

describe('removing corrections', () => {
  it('takes those back, leaves the others, and refuses what is gone', async () => {
    const project = await freshProject()
    for (const start of [1, 2, 3]) await project.run(correctStructure(R1, at('split', start)))
    const [first, second] = await project.reader.correctionsOf([R1])
    await project.run(removeCorrections([first!, second!]))
    expect((await project.rows()).corrections).toMatchObject([{ start: 3 }])
    await expect(project.run(removeCorrections([first!]))).rejects.toMatchObject({
      reason: 'correction-missing',
    })
    expect(await project.run(removeCorrections([]))).toBeNull()
  })
})

it('lists corrections report by report as asked for, by place', async () => {
  const project = await freshProject()
  for (const [id, start] of [
    [R1, 9],
    [R2, 4],
    [R1, 2],
  ] as const) {
    await project.run(correctStructure(id, at('split', start)))
  }
  const found = await project.reader.correctionsOf([R2, R1])
  expect(found.map(({ reportId, start }) => [reportId, start])).toEqual([
    ['r2', 4],
    ['r1', 2],
    ['r1', 9],
  ])
})

it('removes corrections with their report, and brings them back with it', async () => {
  const project = await freshProject()
  await project.run(correctStructure(R1, at('split', 3)))
  const before = contentOf(await project.rows())
  await project.run(removeImport(BATCH.id))
  expect((await project.rows()).corrections).toEqual([])
  await project.undo()
  expect(contentOf(await project.rows())).toEqual(before)
})
