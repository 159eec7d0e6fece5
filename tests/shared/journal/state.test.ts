import { describe, expect, it } from 'vitest'
import { assignCode } from '../../../shared/commands/annotate'
import { deleteCode, describeCode } from '../../../shared/commands/codebook'
import { removeImport } from '../../../shared/commands/library'
import type { ReportId } from '../../../shared/domain/id'
import { annotationsOf, codesOf, emptyState, fold, forget } from '../../../shared/journal/state'
import { BATCH, foldAll, freshProject, passageOf } from '../../support/project'

const R1 = 'r1' as ReportId

describe('a folded journal', () => {
  it('has what the working copy has', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    await project.run(assignCode(passageOf(R1, 5, 9), a))
    await project.run(assignCode(passageOf(R1, 0, 4), b))
    await project.run(deleteCode(a, b))
    const state = foldAll(project.journal)
    expect(annotationsOf(state, R1)).toEqual(await project.reader.annotationsIn(R1))
    expect(codesOf(state)).toEqual(await project.reader.codes())
  })

  it('takes an import in and lets it go', async () => {
    const project = await freshProject()
    await project.run(removeImport(BATCH.id))
    const { reports, batches } = foldAll(project.journal)
    expect([reports.size, batches.size]).toEqual([0, 0])
  })

  it('refuses an entry that is not the next one', async () => {
    const { journal } = await freshProject()
    const state = emptyState()
    fold(state, journal[0]!)
    expect(() => fold(state, journal[0]!)).toThrow('entry 1 after 1')
    expect(() => fold(state, journal[2]!)).toThrow('entry 3 after 1')
  })

  it('keeps the entries that may be undone or redone, and forgets the others when told', async () => {
    const project = await freshProject()
    const [a] = project.codes
    await project.run(describeCode(a, { name: 'a1' }))
    await project.undo()
    await project.run(describeCode(a, { name: 'a2' }))
    const state = foldAll(project.journal)
    forget(state)
    expect([...state.undoable.keys()]).toEqual([...state.history.done, ...state.history.undone])
    expect(state.undoable.get(state.history.done.at(-1)!)).toEqual(project.journal.at(-1))
  })
})
