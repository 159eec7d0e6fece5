import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { ProjectDb } from '../../../renderer/data/database'
import {
  catchUp,
  discardViewCopy,
  makeViewCopy,
  snapshotRows,
  viewCopyName,
  viewCopyNames,
} from '../../../renderer/data/rebuild'
import { compareSnapshot } from '../../../renderer/jobs/compare-job'
import { assignCode } from '../../../shared/commands/annotate'
import { deleteCode, describeCode } from '../../../shared/commands/codebook'
import type { ReportId } from '../../../shared/domain/id'
import type { Host, SessionToken } from '../../../shared/host'
import { TABLE_NAMES } from '../../../shared/journal/edit'
import { rowsIn, type TableRow } from '../../../shared/journal/rows'
import {
  contentOf,
  type FreshProject,
  foldAll,
  freshProject,
  passageOf,
  rowsOf,
} from '../../support/project'

const NAME = '00000006'
const PART = 3
const R1 = 'r1' as ReportId

/** A host that has this project and one snapshot of it, which it hands out in small parts. */
function hostOf(project: FreshProject, snapshot: readonly TableRow[] = []): Host {
  return {
    ...project.host(),
    readSnapshot: async (_id, _name, from) => ({
      rows: structuredClone(snapshot.slice(from, from + PART)),
      next: from + PART < snapshot.length ? from + PART : null,
      tables: TABLE_NAMES,
    }),
  }
}

async function viewOf(project: FreshProject, snapshot: readonly TableRow[] | null) {
  const opened = { ...project.opened(false), isReadOnly: true }
  const name = viewCopyName(opened.id, `window${project.journal.length}`)
  const shown = snapshot ? { ...opened, snapshot: NAME } : opened
  const host = hostOf(project, snapshot ?? [])
  const db = await makeViewCopy(host, { project: shown, name, rows: 9 }, () => {})
  return { db, name, host }
}

describe('the copy of a window that only reads', () => {
  it('has every row of the present, and no texts', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    const { db } = await viewOf(project, null)
    expect(await rowsOf(db)).toEqual(await project.rows())
    expect(await db.texts.count()).toBe(0)
    await db.delete()
  })

  it('takes in what is coded elsewhere', async () => {
    const project = await freshProject()
    const { db, host } = await viewOf(project, null)
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    await project.undo()
    await project.redo()
    await catchUp(db, host, 'reading' as SessionToken)
    expect(await rowsOf(db)).toEqual(await project.rows())
    await db.delete()
  })

  it('has every row of a snapshot, tallies and sums right, and nothing to undo', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    const then = contentOf(await project.rows())
    const snapshot = [...rowsIn(foldAll(project.journal))]
    await project.run(deleteCode(project.codes[0], null))
    const { db } = await viewOf(project, snapshot)
    const rows = await rowsOf(db)
    expect(contentOf(rows)).toEqual(then)
    expect(rows.history).toEqual({ done: [], undone: [] })
    await db.delete()
  })

  it('is apart from the working copy, and found and removed by its name', async () => {
    const project = await freshProject()
    const { db, name } = await viewOf(project, null)
    db.close()
    expect(name).not.toBe(project.db.name)
    expect(await viewCopyNames()).toEqual([name])
    await discardViewCopy(name)
    expect(await viewCopyNames()).toEqual([])
    expect((await project.reader.codes()).length).toBe(3)
  })
})

describe('comparing a snapshot with the present', () => {
  it('tells what has changed from then until now', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    await project.run(assignCode(passageOf(R1, 0, 4), a))
    const snapshot = [...rowsIn(foldAll(project.journal))]
    await project.run(assignCode(passageOf(R1, 5, 9), b))
    await project.run(deleteCode(a, null))
    await project.run(describeCode(b, { name: 'z' }))
    const done: number[] = []
    const found = await compareSnapshot(
      { project: project.opened(true).id, snapshot: NAME, database: project.db.name },
      {
        db: new ProjectDb(project.db.name),
        host: hostOf(project, snapshot),
        progress: each => done.push(each.done),
      },
    )
    expect(found.codes.map(({ path, mark }) => [path, mark])).toEqual([
      ['a', 'removed'],
      ['z', 'renamed'],
    ])
    expect(found.annotations).toMatchObject({
      added: 1,
      removed: 1,
      changed: 0,
      first: expect.arrayContaining([
        expect.objectContaining({ mark: 'added', code: 'z', coder: 'Me', report: 'r1' }),
        expect.objectContaining({ mark: 'removed', code: 'a', quote: 'Wind' }),
      ]),
    })
    expect(done.at(-1)).toBe(snapshot.length)
  })
})

it('reads a snapshot part by part until there is no next', async () => {
  const project = await freshProject()
  const snapshot = [...rowsIn(foldAll(project.journal))]
  const parts: TableRow[][] = []
  for await (const { rows } of snapshotRows(
    hostOf(project, snapshot),
    project.opened(true).id,
    NAME,
  )) {
    parts.push([...rows])
  }
  expect(parts.map(part => part.length)).toEqual([3, 3, 2])
  expect(parts.flat()).toEqual(snapshot)
})
