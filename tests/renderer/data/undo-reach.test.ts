import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { openWorkingCopy } from '../../../renderer/data/rebuild'
import { assignCode } from '../../../shared/commands/annotate'
import { deleteCode, describeCode } from '../../../shared/commands/codebook'
import type { Command } from '../../../shared/commands/command'
import { stateReader } from '../../../shared/commands/state-reader'
import type { Annotation } from '../../../shared/domain/annotation'
import type { AnnotationId, ReportId } from '../../../shared/domain/id'
import { UNDO_REACH } from '../../../shared/journal/history'
import { fold } from '../../../shared/journal/state'
import { contentOf, foldAll, freshProject, passageOf, rowsOf } from '../../support/project'

const R1 = 'r1' as ReportId
const BEYOND = 5

it('reaches 1,000 edits back after a restart, and forth again after another', async () => {
  const project = await freshProject()
  const [code] = project.codes
  project.db.close()

  // The edits are planned on the folded journal, as a program without a window would.
  const state = foldAll(project.journal)
  const perform = async (command: Command) => {
    const edit = await command(stateReader(state), project.actor)
    const by = { at: project.actor.now(), coderId: project.actor.coderId }
    await project.append({ kind: 'do', of: null, ...edit, ...by })
    fold(state, project.journal.at(-1)!)
  }
  for (let i = 0; i < BEYOND; i++) await perform(describeCode(code, { name: `n${i}` }))
  const early = contentOf(project.folded())
  for (let i = 0; i < UNDO_REACH; i++) {
    if (i < 50) await perform(assignCode(passageOf(R1, i, i + 3), code))
    else await perform(describeCode(code, { name: `n${BEYOND + i}`, definition: `d${i}` }))
  }
  const late = contentOf(project.folded())

  const rebuilt = await openWorkingCopy(project.host(), project.opened(false), () => {})
  const first = project.runnerOn(rebuilt)
  let undone = 0
  while (await first.undo()) undone++
  expect(undone).toBe(UNDO_REACH)
  expect(contentOf(await rowsOf(rebuilt))).toEqual(early)
  rebuilt.close()

  const settled = await openWorkingCopy(project.host(), project.opened(true), () => {})
  const second = project.runnerOn(settled)
  let redone = 0
  while (await second.redo()) redone++
  expect(redone).toBe(UNDO_REACH)
  expect(contentOf(await rowsOf(settled))).toEqual(late)
  settled.close()
}, 300_000)

it('takes a bulk edit of 2,000 rows back in one step, and does it again in one', async () => {
  const project = await freshProject()
  const [a, b] = project.codes
  const changes = Array.from({ length: 2000 }, (_, i) => {
    const id = `bulk${String(i).padStart(5, '0')}` as AnnotationId
    const passage = passageOf(`r${1 + (i % 3)}` as ReportId, i % 40, (i % 40) + 5)
    const made = { coderId: project.actor.coderId, memo: `${i}`, createdAt: i }
    const after: Annotation = { ...passage, ...made, id, codeId: a }
    return { table: 'annotations' as const, id, before: null, after }
  })
  const length = project.journal.length
  await project.run(async () => ({ label: 'assignCode', about: 'a', changes }))
  const coded = contentOf(await project.rows())
  await project.run(deleteCode(a, b))
  const deleted = contentOf(await project.rows())
  expect(project.journal.length).toBe(length + 2)

  await project.undo()
  expect(contentOf(await project.rows())).toEqual(coded)
  await project.undo()
  expect((await project.rows()).annotations).toEqual([])
  await project.redo()
  await project.redo()
  expect(contentOf(await project.rows())).toEqual(deleted)
  expect(project.journal.length).toBe(length + 6)
}, 60_000)
