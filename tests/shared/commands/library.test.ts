import { describe, expect, it } from 'vitest'
import { assignCode } from '../../../shared/commands/annotate'
import { Refusal } from '../../../shared/commands/command'
import {
  joinAsCoder,
  removeImport,
  removeReports,
  renameReport,
} from '../../../shared/commands/library'
import { saveSet } from '../../../shared/commands/sets'
import { setValue } from '../../../shared/commands/variables'
import type { BatchId, CoderId, ReportId } from '../../../shared/domain/id'
import { BATCH, contentOf, freshProject, passageOf, reportNamed } from '../../support/project'

const R1 = 'r1' as ReportId

describe('renaming a report', () => {
  it('changes its title alone, with spaces put in order', async () => {
    const project = await freshProject()
    await project.run(renameReport(R1, '  Annual \n report '))
    expect(await project.reader.report(R1)).toEqual({
      ...reportNamed('r1'),
      title: 'Annual report',
    })
  })

  it('does nothing when the title is the same', async () => {
    const project = await freshProject()
    expect(await project.run(renameReport(R1, 'r1'))).toBeNull()
  })

  it('refuses no title, one that is too long, and a report that is not there', async () => {
    const project = await freshProject()
    const refusal = (title: string, id = R1) => project.run(renameReport(id, title))
    await expect(refusal(' \t ')).rejects.toEqual(new Refusal('name-empty'))
    await expect(refusal('x'.repeat(201))).rejects.toEqual(new Refusal('name-too-long'))
    await expect(refusal('x', 'no' as ReportId)).rejects.toEqual(new Refusal('report-missing'))
  })
})

describe('removing an import', () => {
  it('takes its batch and all its reports, and undoing brings them back', async () => {
    const project = await freshProject()
    const before = contentOf(await project.rows())
    await project.run(removeImport(BATCH.id))
    const { reports, batches, counts } = await project.rows()
    expect({ reports, batches, counts }).toEqual({
      reports: [],
      batches: [],
      counts: { reports: 0, annotations: 0, values: 0, corrections: 0 },
    })
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('takes its reports out of sets by hand, and undoing puts them back', async () => {
    const project = await freshProject()
    await project.run(saveSet({ name: 'North', members: [R1] }))
    await project.run(saveSet({ name: 'By rule', rule: '{}' }))
    const before = await project.reader.sets()
    await project.run(removeImport(BATCH.id))
    expect(await project.reader.sets()).toMatchObject([{ members: '' }, { members: null }])
    await project.undo()
    expect(await project.reader.sets()).toEqual(before)
  })

  it('refuses while one of its reports is coded, and no longer once that is undone', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf('r3' as ReportId, 0, 4), project.codes[0]))
    await expect(project.run(removeImport(BATCH.id))).rejects.toEqual(new Refusal('batch-coded'))
    expect((await project.rows()).reports).toHaveLength(3)
    await project.undo()
    expect(await project.run(removeImport(BATCH.id))).not.toBeNull()
  })

  it('refuses an import that is not there', async () => {
    const project = await freshProject()
    await expect(project.run(removeImport('no' as BatchId))).rejects.toEqual(
      new Refusal('batch-missing'),
    )
  })
})

describe('joining as a coder', () => {
  it('adds whoever acts, once', async () => {
    const project = await freshProject()
    const you = project.runnerOn(project.db, { ...project.actor, coderId: 'you' as CoderId })
    await you.run(joinAsCoder(' You '))
    expect(await you.run(joinAsCoder('You'))).toBeNull()
    expect((await project.rows()).coders.map(({ id, name }) => [id, name])).toEqual([
      ['me', 'Me'],
      ['you', 'You'],
    ])
  })
})

describe('removing reports', () => {
  it('takes them with all that hangs on them, and undoing brings everything back', async () => {
    const project = await freshProject()
    await project.run(saveSet({ name: 'North', members: [R1, 'r2' as ReportId] }))
    await project.run(setValue([R1], 'year', 2023))
    const before = contentOf(await project.rows())
    const entry = await project.run(removeReports([R1]))
    expect(entry).toMatchObject({ label: 'removeReports', about: 'r1' })
    const after = await project.rows()
    expect(after.reports.map(({ id }) => id)).toEqual(['r2', 'r3'])
    expect(after.batches).toHaveLength(1)
    expect(after.counts.values).toBe(0)
    expect(await project.reader.sets()).toMatchObject([{ members: 'r2' }])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('refuses all of them where one is coded, and one that is not there', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf('r3' as ReportId, 0, 4), project.codes[0]))
    const some = [R1, 'r3' as ReportId]
    await expect(project.run(removeReports(some))).rejects.toEqual(new Refusal('reports-coded'))
    await expect(project.run(removeReports(['no' as ReportId]))).rejects.toEqual(
      new Refusal('report-missing'),
    )
    expect((await project.rows()).reports).toHaveLength(3)
  })
})
