import 'fake-indexeddb/auto'
import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { ProjectDb } from '../../../renderer/data/database'
import { fillTexts } from '../../../renderer/data/fill-texts'
import { discardWorkingCopy, openWorkingCopy } from '../../../renderer/data/rebuild'
import {
  type AuditOutcome,
  type AuditParts,
  type AuditWish,
  DETAILS_SHOWN,
  exportAudit,
  readTrail,
  type TrailAsk,
  type TrailNews,
} from '../../../renderer/jobs/trail-job'
import type { CoderId, Hash, ReportSetId } from '../../../shared/domain/id'
import { parseCsv } from '../../../shared/formats/csv'
import { type Host, HostError, type OpenedProject } from '../../../shared/host'
import type { TrailRow } from '../../../shared/journal/trail'
import { codeOf } from '../../support/codes'
import { desktopDoor } from '../../support/doors'
import { adding } from '../../support/entries'
import { freshFolder } from '../../support/folder'

// The stored folder of the first version is a small but real project: four reports in two
// encodings, characters beyond the basic plane, two coders, undo and redo.

const FIXTURE = resolve('tests/fixtures/folder-1/project')
const JUDGE = resolve('tests/support/check-audit.py')

interface World {
  readonly host: Host
  readonly db: ProjectDb
  readonly project: OpenedProject
  readonly folder: string
  run(wish?: Partial<AuditWish>, parts?: Partial<AuditParts>): Promise<AuditOutcome>
}

async function world(): Promise<World> {
  const root = await freshFolder()
  const folder = join(root, 'home/study')
  await mkdir(join(root, 'home'))
  await cp(FIXTURE, folder, { recursive: true })
  const { host } = await desktopDoor(root, folder)
  const { id } = await host.addProject((await host.choosePlace(null))!.token)
  const project = await host.openProject(id, { clientId: 'c', takeOver: false })
  const db = await openWorkingCopy(host, project, () => {})
  onTestFinished(async () => {
    db.close()
    await discardWorkingCopy(id)
  })
  return {
    host,
    db,
    project,
    folder,
    run: async (wish = {}, parts = {}) =>
      exportAudit(
        {
          kind: 'audit',
          session: project.session,
          project,
          database: db.name,
          place: (await host.exportPlace(project.session)).token,
          folderName: 'audit',
          seqs: null,
          total: project.lastSeq,
          protectForSpreadsheets: false,
          ...wish,
        },
        { host, db, progress: () => {}, isCancelled: () => false, ...parts },
      ),
  }
}

it('writes an audit trail that a judge in another language finds right', async () => {
  const { run, folder } = await world()
  const progress: number[] = []
  const outcome = await run({}, { progress: ({ done }) => progress.push(done) })
  if (outcome.kind !== 'written') throw new Error(outcome.kind)
  expect(progress.at(-1)).toBe(25)
  const names = await readdir(outcome.folder)
  expect(names.sort()).toEqual(['audit.csv', 'audit.jsonl', 'manifest.json'])
  const verdict = await judged(outcome.folder, folder)
  expect(verdict).toMatchObject({
    ok: true,
    failures: [],
    entries: 25,
    changes: outcome.changes,
    rows: { coders: 2, codes: 4, reports: 4, batches: 1, annotations: 8 },
  })
  expect(verdict.offsets).toBeGreaterThan(10)
})

it('is not fooled: the judge notices an offset that is one off', async () => {
  const { run, folder } = await world()
  const outcome = await run()
  if (outcome.kind !== 'written') throw new Error(outcome.kind)
  const path = join(outcome.folder, 'audit.jsonl')
  const lines = await readFile(path, 'utf8')
  await writeFile(
    path,
    lines.replace(/"start_cp":(\d+)/, (_, n) => `"start_cp":${Number(n) + 1}`),
  )
  await expect(judged(outcome.folder, folder)).rejects.toThrow('entry 4: after')
})

it('writes only the entries asked for, with the names of their moment', async () => {
  const { run, folder } = await world()
  const outcome = await run({ seqs: Uint32Array.from([4, 11, 20]) })
  if (outcome.kind !== 'written') throw new Error(outcome.kind)
  const verdict = await judged(outcome.folder, folder)
  expect(verdict).toMatchObject({ ok: true, entries: 3 })
  const [head, ...rows] = parseCsv(await readFile(join(outcome.folder, 'audit.csv'), 'utf8'))
  const at = (name: string) => head!.cells.indexOf(name)
  expect([...new Set(rows.map(({ cells }) => cells[at('seq')]))]).toEqual(['4', '11', '20'])
  expect(rows[0]!.cells[at('code_path')]).toBe('制度建设 / 立法')
})

it('guards cells against spreadsheets when asked to, and only then', async () => {
  const { run, folder } = await world()
  const quotes = async (protectForSpreadsheets: boolean) => {
    const outcome = await run({ protectForSpreadsheets, folderName: `a${protectForSpreadsheets}` })
    if (outcome.kind !== 'written') throw new Error(outcome.kind)
    expect(await judged(outcome.folder, folder)).toMatchObject({ ok: true })
    return readFile(join(outcome.folder, 'audit.csv'), 'utf8')
  }
  expect(await quotes(false)).toContain(',=1+1 此行以等号开头')
  const guarded = await quotes(true)
  expect(guarded).toContain(",'=1+1 此行以等号开头")
  expect(guarded).not.toContain(',=1+1')
})

it('exports passages of a report whose text is lost without offsets', async () => {
  const { run, db, host, project } = await world()
  await fillTexts(db, host, { session: project.session })
  const lost = (await db.reports.toArray()).find(({ fileName }) => /^03/.test(fileName))!
  await db.texts.delete(lost.textHash)
  const readBlobs = async (_: unknown, [hash]: readonly Hash[]): Promise<Uint8Array[]> => {
    throw new HostError('blob-missing', { hash: hash! })
  }
  const outcome = await run({}, { host: { ...callsOf(host), readBlobs } as Host })
  if (outcome.kind !== 'written') throw new Error(outcome.kind)
  const [head, ...rows] = parseCsv(await readFile(join(outcome.folder, 'audit.csv'), 'utf8'))
  const at = (name: string) => head!.cells.indexOf(name)
  const passages = rows.filter(({ cells }) => cells[at('table')] === 'annotations')
  const without = passages.filter(({ cells }) => cells[at('start')] === '')
  expect(new Set(without.map(({ cells }) => cells[at('report_id')]))).toEqual(new Set([lost.id]))
  expect(without.length).toBeGreaterThan(0)
  expect(without.length).toBeLessThan(passages.length)
})

it('leaves nothing when it is cancelled, before or in the middle', async () => {
  const { run, folder } = await world()
  for (const after of [0, 3, 27]) {
    let asked = 0
    expect(await run({}, { isCancelled: () => asked++ >= after })).toEqual({ kind: 'cancelled' })
    expect(await readdir(join(folder, 'exports')).catch(() => [])).toEqual([])
  }
})

it('tells all rows, then new ones when asked to look, then ends', async () => {
  const { host, project } = await world()
  const told = readAlong(host, project)
  await told.until('ready')
  expect(told.rows().map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1))
  await host.append(project.session, {
    ...adding('new'),
    coderId: project.coderId ?? ('me' as CoderId),
  })
  told.ask({ kind: 'look' })
  await told.until('ready')
  expect(told.rows().at(-1)).toMatchObject({ seq: 26, action: 'addCode', about: 'new' })
  told.ask({ kind: 'end' })
  await told.end
})

it('tells the first changes of a large entry in full, and how many there are', async () => {
  const { host, project } = await world()
  const changes = Array.from({ length: 1000 }, (_, i) => {
    const after = codeOf(`c${i}`, { definition: i === 0 ? '长'.repeat(5000) : '' })
    return { table: 'codes' as const, id: after.id, before: null, after }
  })
  const coderId = 'me' as CoderId
  const edit = { kind: 'do', of: null, label: 'loadCodebook', about: 'x' } as const
  await host.append(project.session, { ...edit, at: 0, coderId, changes })
  const told = readAlong(host, project)
  await told.until('ready')
  told.ask({ kind: 'detail', seq: 26 })
  const detail = await told.until('detail')
  if (detail.kind !== 'detail') throw new Error('no detail')
  expect([detail.seq, detail.total, detail.changes.length]).toEqual([26, 1000, DETAILS_SHOWN])
  expect(detail.changes[0]).toMatchObject({ table: 'codes', mark: 'added', name: 'c0' })
  const definition = detail.changes[0]!.fields.find(({ field }) => field === 'definition')!
  expect(String(definition.after).length).toBeLessThan(1100)
  told.ask({ kind: 'end' })
  await told.end
})

it('tells of a set which reports came and which left, by their titles', async () => {
  const { host, project, db } = await world()
  const reports = await db.reports.toArray()
  const members = reports.slice(0, 2).map(({ id }) => id)
  const set = { id: 's' as ReportSetId, name: 'North', rule: null, createdAt: 0 }
  const before = { ...set, members: members[0]! }
  const after = { ...set, members: members[1]! }
  const edit = { kind: 'do', of: null, about: 'North', at: 0, coderId: 'me' as CoderId } as const
  const change = { table: 'sets', id: set.id } as const
  const saved = { ...change, before: null, after: before }
  await host.append(project.session, { ...edit, label: 'saveSet', changes: [saved] })
  const moved = { ...change, before, after }
  await host.append(project.session, { ...edit, label: 'changeSet', changes: [moved] })
  const told = readAlong(host, project)
  await told.until('ready')
  told.ask({ kind: 'detail', seq: 27 })
  const detail = await told.until('detail')
  if (detail.kind !== 'detail') throw new Error('no detail')
  const [left, came] = reports.map(({ title }) => title)
  expect(detail.changes[0]!.fields).toEqual([{ field: 'members', before: left, after: came }])
  told.ask({ kind: 'end' })
  await told.end
})

/** A reader and what it has told; `until` waits for the next news of a kind. */
function readAlong(host: Host, { session, lastSeq }: OpenedProject) {
  const asked: TrailAsk[] = []
  const rows: TrailRow[] = []
  const news: TrailNews[] = []
  let wake = () => {}
  let tellNews = () => {}
  const next = async (): Promise<TrailAsk> => {
    for (;;) {
      const ask = asked.shift()
      if (ask) return ask
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const tell = (item: TrailNews) => {
    if (item.kind === 'rows') rows.push(...item.rows)
    news.push(item)
    tellNews()
  }
  const end = readTrail({ kind: 'read', session, total: lastSeq }, { host, tell, next })
  return {
    end,
    rows: () => rows,
    ask: (ask: TrailAsk) => {
      asked.push(ask)
      wake()
    },
    until: async (kind: TrailNews['kind']): Promise<TrailNews> => {
      for (;;) {
        const item = news.shift()
        if (item?.kind === kind) return item
        if (item) continue
        await new Promise<void>(resolve => {
          tellNews = resolve
        })
      }
    },
  }
}

/** The calls of a host that an export makes, as an object that can be spread. */
function callsOf(host: Host): Partial<Host> {
  const { about, readJournal, readBlobs, hashOfEntry, openSink, writeSink, closeSink, abortSink } =
    host
  return { about, readJournal, readBlobs, hashOfEntry, openSink, writeSink, closeSink, abortSink }
}

interface Verdict {
  readonly ok: boolean
  readonly entries: number
  readonly changes: number
  readonly offsets: number
  readonly failures: readonly string[]
}

function judged(exported: string, project: string): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    execFile('python3', [JUDGE, exported, project], (error, stdout, stderr) =>
      error ? reject(new Error(`${stdout}${stderr}`)) : resolve(JSON.parse(stdout) as Verdict),
    )
  })
}
