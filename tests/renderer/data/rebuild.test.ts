import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metaOf } from '../../../renderer/data/commit'
import { earlierNames } from '../../../renderer/data/database'
import { fillTexts } from '../../../renderer/data/fill-texts'
import { markupOf } from '../../../renderer/data/markup'
import { openWorkingCopy, type RebuildProgress } from '../../../renderer/data/rebuild'
import { textOf } from '../../../renderer/data/reports'
import { assignCode, removeAnnotation } from '../../../shared/commands/annotate'
import { addCode, deleteCode, describeCode } from '../../../shared/commands/codebook'
import { saveSet } from '../../../shared/commands/sets'
import { correctStructure } from '../../../shared/commands/structure'
import { addVariable, setValue } from '../../../shared/commands/variables'
import type { CodeId, Hash, ReportId } from '../../../shared/domain/id'
import { markupJson, NO_MARKUP } from '../../../shared/domain/markup'
import { HostError, type SessionToken } from '../../../shared/host'
import { type FreshProject, freshProject, passageOf, rowsOf, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId
const R2 = 'r2' as ReportId
const R3 = 'r3' as ReportId

/** A project in which something of every kind has been done, undone and redone. */
async function workedProject(): Promise<FreshProject> {
  const project = await freshProject()
  const [a, b] = project.codes
  await project.run(assignCode(passageOf(R1, 0, 4), a))
  await project.run(assignCode(passageOf(R1, 5, 9), b))
  await project.run(assignCode(passageOf(R2, 0, 4), b))
  await project.run(assignCode(passageOf(R3, 0, 4), b))
  const [gone] = await project.reader.annotationsIn(R3)
  await project.run(removeAnnotation(R3, gone!.id))
  await project.run(addVariable({ name: 'Staff', type: 'number', categories: [] }))
  const [variable] = await project.reader.variables()
  await project.run(setValue([R1, R2], variable!.id, 12))
  await project.run(setValue([R2], 'place', 'North'))
  await project.run(setValue([R2], variable!.id, null))
  await project.run(correctStructure(R1, { kind: 'split', start: 4, end: 4, level: 0 }))
  await project.run(correctStructure(R2, { kind: 'join', start: 4, end: 4, level: 0 }))
  await project.undo()
  await project.run(saveSet({ name: 'Some', members: [R1, R3] }))
  await project.run(deleteCode(a, b))
  await project.undo()
  await project.redo()
  await project.run(addCode({ name: 'd', color: '#445566', parentId: b }))
  await project.undo()
  return project
}

const ignore = () => {}
const FILLING = { session: 's' as SessionToken }

/** The working copy as opening the project anew makes it. */
async function reopened(project: FreshProject, wasSettled: boolean, onProgress = ignore) {
  project.db.close()
  return openWorkingCopy(project.host(), project.opened(wasSettled), onProgress)
}

describe('opening a project', () => {
  it('builds the same working copy from the journal as the one that was lost', async () => {
    const project = await workedProject()
    const rows = await project.rows()
    const db = await reopened(project, false)
    expect(await rowsOf(db)).toEqual(rows)
    expect((await metaOf(db)).seq).toBe(project.journal.length)
  })

  it('undoes and redoes after a rebuild as before', async () => {
    const project = await workedProject()
    const db = await reopened(project, false)
    const runner = project.runnerOn(db)
    await runner.redo()
    expect((await db.codes.toArray()).map(({ name }) => name).sort()).toEqual(['b', 'c', 'd'])
    await runner.undo()
    await runner.undo()
    expect((await db.codes.toArray()).map(({ name }) => name).sort()).toEqual(['a', 'b', 'c'])
  })

  it('brings the texts back while work goes on, each once', async () => {
    const project = await freshProject()
    const db = await reopened(project, false)
    const [report] = await db.reports.toArray()
    expect(await textOf(db, report!.textHash)).toBeNull()
    await fillTexts(db, project.host(), FILLING)
    expect(await textOf(db, report!.textHash)).toBe(TEXT)
    expect(await db.texts.count()).toBe(3)
    await fillTexts(db, { readBlobs: () => Promise.reject(new Error('asked again')) }, FILLING)
  })

  it('opens all the same when one text is lost, without that text', async () => {
    const project = await workedProject()
    const rows = await project.rows()
    project.db.close()
    const host = project.host()
    const lost = project.reports[1]!.textHash
    const readBlobs: typeof host.readBlobs = (session, hashes) =>
      hashes.includes(lost)
        ? Promise.reject(new HostError('blob-damaged', { hash: lost }))
        : host.readBlobs(session, hashes)
    const broken = { readJournal: host.readJournal, readBlobs } as typeof host
    const db = await openWorkingCopy(broken, project.opened(false), ignore)
    expect(await rowsOf(db)).toEqual(rows)
    await fillTexts(db, broken, FILLING)
    expect(await textOf(db, lost)).toBeNull()
    expect(await textOf(db, project.reports[0]!.textHash)).toBe(TEXT)
    expect(await textOf(db, project.reports[2]!.textHash)).toBe(TEXT)
  })

  it('brings markup back beside the texts', async () => {
    const project = await freshProject()
    const [report] = project.reports
    const markup = { ...NO_MARKUP, properties: { title: 'x' } }
    const hash = 'markup' as Hash
    const after = { ...report!, markupHash: hash }
    const change = { table: 'reports', id: report!.id, before: report!, after } as const
    await project.run(async () => ({ label: 'repair', about: '', changes: [change] }))
    const host = project.host()
    const readBlobs: typeof host.readBlobs = async (_, hashes) =>
      hashes.map(each => new TextEncoder().encode(each === hash ? markupJson(markup) : TEXT))
    const broken = { readJournal: host.readJournal, readBlobs } as typeof host
    project.db.close()
    const db = await openWorkingCopy(broken, project.opened(false), ignore)
    expect(await markupOf(db, { hash, length: TEXT.length })).toBeNull()
    await fillTexts(db, broken, FILLING)
    expect(await markupOf(db, { hash, length: TEXT.length })).toEqual(markup)
    expect(await textOf(db, report!.textHash)).toBe(TEXT)
  })

  it('clears away the copy that an earlier version of the program made', async () => {
    const project = await workedProject()
    const { id } = project.opened(false)
    const [earlier] = earlierNames(id)
    const old = new Dexie(earlier!)
    old.version(1).stores({ reports: 'id' })
    await old.open()
    old.close()
    const db = await reopened(project, true)
    expect(await rowsOf(db)).toEqual(project.folded())
    expect(await Dexie.exists(earlier!)).toBe(true)
    db.close()
    await reopened(project, false)
    expect(await Dexie.exists(earlier!)).toBe(false)
  })

  it('tells how far it has come, to the end', async () => {
    const project = await workedProject()
    const told: RebuildProgress[] = []
    project.db.close()
    await openWorkingCopy(project.host(), project.opened(false), step => told.push(step))
    const lastOf = (phase: RebuildProgress['phase']) =>
      told.filter(step => step.phase === phase).at(-1)
    const total = project.journal.length
    expect(lastOf('journal')).toEqual({ phase: 'journal', done: total, total })
  })

  it('keeps a sound copy that was closed, and only adds what the journal has more', async () => {
    const project = await workedProject()
    await project.db.texts.put({ hash: 'other' as Hash, text: '' })
    const [code] = await project.reader.codes()
    const { changes, label, about } = await project.plan(describeCode(code!.id, { name: 'far' }))
    // Another machine's entry: on disk, but not in this copy.
    const entry = { kind: 'do', of: null, label, about, changes } as const
    await project.append({ ...entry, at: 0, coderId: project.actor.coderId })
    const db = await reopened(project, true)
    expect((await db.codes.get(code!.id))?.name).toBe('far')
    expect(await db.texts.count()).toBe(1)
    expect(await rowsOf(db)).toEqual(project.folded())
  })

  it.each<[string, (project: FreshProject) => Promise<unknown>]>([
    ['has lost its reports', ({ db }) => db.reports.clear()],
    ['has lost annotations', ({ db }) => db.annotations.clear()],
    ['does not know what it holds', ({ db }) => db.meta.clear()],
    ['is ahead of the journal', async ({ journal }) => journal.splice(-1)],
    ['has lost values', ({ db }) => db.values.clear()],
    ['has lost a set', ({ db }) => db.sets.clear()],
    ['has lost own variables', ({ db }) => db.variables.clear()],
    ['has lost corrections', ({ db }) => db.corrections.clear()],
    [
      'has lost one annotation of several in a report',
      async ({ db }) => {
        const pack = (await db.annotations.toArray()).find(({ items }) => items.length > 1)!
        await db.annotations.put({ ...pack, items: pack.items.slice(1) })
      },
    ],
    ['has an older state of a code', ({ db }) => db.codes.toCollection().modify({ name: 'older' })],
    ['is gone', ({ db }) => db.delete()],
  ])('throws a copy away that %s', async (_, damage) => {
    const project = await workedProject()
    await damage(project)
    const db = await reopened(project, true)
    expect(await rowsOf(db)).toEqual(project.folded())
  })

  it('trusts no copy that was left open, however sound it looks', async () => {
    const project = await workedProject()
    const [code] = await project.reader.codes()
    await project.db.codes.put({ ...code!, id: 'ghost' as CodeId })
    const db = await reopened(project, false)
    expect(await rowsOf(db)).toEqual(project.folded())
  })
})

describe('a copy that is caught up', () => {
  it('equals one that is built anew, wherever it was left', async () => {
    const full = await workedProject()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: full.journal.length }), async count => {
        const project = await workedProject()
        const later = project.journal.splice(count)
        const early = await reopened(project, false)
        early.close()
        project.journal.push(...later)
        const db = await openWorkingCopy(project.host(), project.opened(true), ignore)
        expect(await rowsOf(db)).toEqual(project.folded())
      }),
      { numRuns: 12 },
    )
  })
})
