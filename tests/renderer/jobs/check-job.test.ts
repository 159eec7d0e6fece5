import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { distrust } from '../../../renderer/data/compare'
import { canonicalOf } from '../../../renderer/data/ingest'
import { openWorkingCopy } from '../../../renderer/data/rebuild'
import { type CheckParts, checkProject } from '../../../renderer/jobs/check-job'
import { assignCode } from '../../../shared/commands/annotate'
import { describeCode } from '../../../shared/commands/codebook'
import type { CodeId, Hash, ReportId } from '../../../shared/domain/id'
import { type Host, HostError, type SessionToken } from '../../../shared/host'
import { annotationAt } from '../../support/annotations'
import { type FreshProject, freshProject, passageOf, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId
const SESSION = 'session' as SessionToken

/** A project with two annotations and something to undo and redo. */
async function codedProject(): Promise<FreshProject> {
  const project = await freshProject()
  await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
  await project.run(assignCode(passageOf(R1, 5, 15), project.codes[1]))
  await project.run(describeCode(project.codes[2], { name: 'z' }))
  await project.undo()
  return project
}

function check(
  project: FreshProject,
  parts: Partial<CheckParts> = {},
  damagedBlobs: readonly Hash[] = [],
) {
  const { id } = project.opened(true)
  return checkProject(
    { session: SESSION, project: id, lost: { damagedBlobs, missingBlobs: [] } },
    {
      db: project.db,
      host: project.host(),
      progress: () => {},
      isCancelled: () => false,
      ...parts,
    },
  )
}

describe('checking a project', () => {
  it('finds nothing where nothing is wrong, and counts what it looked at', async () => {
    const project = await codedProject()
    const rows = await project.rows()
    expect(await check(project)).toEqual({
      entries: project.journal.length,
      reports: 3,
      annotations: 2,
      findings: [],
      lostBlobs: [],
      wrongTexts: 0,
      copy: null,
    })
    expect(await project.rows()).toEqual(rows)
  })

  it('says which rows of the working copy differ from the folder, and how many', async () => {
    const project = await codedProject()
    const [a, b] = project.codes
    await project.db.codes.update(a, { name: 'tampered' })
    await project.db.codes.delete(b)
    const pack = (await project.db.annotations.get(R1))!
    await project.db.annotations.put({ ...pack, items: pack.items.slice(1) })
    const checked = await check(project)
    expect(checked?.copy).toEqual({
      rows: { codes: 2, annotations: 1 },
      tallies: 2,
      history: false,
      sum: true,
    })
    // What the working copy says of the work is not taken for the work.
    expect(checked?.findings).toEqual([])
  })

  it('counts tallies anew', async () => {
    const project = await codedProject()
    await project.db.tallies.put({ id: project.codes[0], uses: 7 })
    await project.db.tallies.put({ id: 'nobody' as CodeId, uses: 1 })
    expect((await check(project))?.copy).toMatchObject({ rows: {}, tallies: 2, sum: false })
  })

  it('compares what Undo and Redo would do', async () => {
    const project = await codedProject()
    await project.db.undoable.clear()
    expect((await check(project))?.copy).toMatchObject({ rows: {}, history: true })
  })

  it('is not led astray by what is coded while it goes on', async () => {
    const project = await codedProject()
    const host = project.host()
    let isFirst = true
    const readJournal: Host['readJournal'] = async (session, from) => {
      if (isFirst) {
        isFirst = false
        await project.run(assignCode(passageOf(R1, 16, 20), project.codes[0]))
      }
      return host.readJournal(session, from)
    }
    const checked = await check(project, { host: { ...host, readJournal } })
    expect(checked).toMatchObject({ annotations: 2, copy: null })
  })

  it('finds annotations that do not quote their text', async () => {
    const project = await codedProject()
    const host = project.host()
    const readBlobs: Host['readBlobs'] = async (_, hashes) =>
      hashes.map(() => new TextEncoder().encode(TEXT.replace('Wind', 'Sand')))
    const checked = await check(project, { host: { ...host, readBlobs } })
    expect(checked?.findings).toMatchObject([{ kind: 'quote-differs', about: 'Wind' }])
  })

  it('finds any number of them in one report', async () => {
    const project = await codedProject()
    const host = project.host()
    const many = Array.from({ length: 200_000 }, (_, i) => {
      const after = { ...annotationAt('Wind', 0, 4, { id: `m${i}` }), reportId: R1, quote: 'Sand' }
      return { table: 'annotations', id: after.id, before: null, after } as const
    })
    const readJournal: Host['readJournal'] = async (session, from) =>
      (await host.readJournal(session, from)).map(entry =>
        entry.kind === 'do' && entry.label === 'assignCode' ? { ...entry, changes: many } : entry,
      )
    const checked = await check(project, { host: { ...host, readJournal } })
    const quotes = checked?.findings.filter(({ kind }) => kind === 'quote-differs')
    expect(quotes).toHaveLength(200_000)
  })

  it('names texts that are lost, and knows which the working copy still has', async () => {
    const project = await codedProject()
    const text = 'A text that is still there.'
    const { hash } = await canonicalOf(text)
    const lost = 'text-r2' as Hash
    await project.db.texts.bulkPut([
      { hash, text },
      { hash: lost, text: 'another text' },
    ])
    const host = project.host()
    const readBlobs: Host['readBlobs'] = async (session, hashes) => {
      if (hashes.includes(lost)) throw new HostError('blob-damaged', { hash: lost })
      return host.readBlobs(session, hashes)
    }
    const checked = await check(project, { host: { ...host, readBlobs } }, [hash])
    expect(checked?.lostBlobs).toEqual([
      { hash, what: 'text', title: '', isInCopy: true },
      { hash: lost, what: 'text', title: 'r2', isInCopy: false },
    ])
  })

  it('sees a text of the working copy that is not the one in the folder', async () => {
    const project = await codedProject()
    await project.db.texts.put({ hash: 'text-r1' as Hash, text: `${TEXT} And more.` })
    await project.db.texts.put({ hash: 'text-r2' as Hash, text: TEXT })
    expect((await check(project))?.wrongTexts).toBe(1)
  })

  it('ends without an answer as soon as it is cancelled', async () => {
    const project = await codedProject()
    let asked = 0
    expect(await check(project, { isCancelled: () => ++asked > 1 })).toBeNull()
    expect(asked).toBe(2)
  })
})

it('finds nothing any more once a distrusted working copy was opened again', async () => {
  const project = await codedProject()
  await project.db.tallies.clear()
  await distrust(project.db)
  project.db.close()
  const db = await openWorkingCopy(project.host(), project.opened(true), () => {})
  expect((await check(project, { db }))?.copy).toBeNull()
  expect(await db.tallies.count()).toBe(3)
})
