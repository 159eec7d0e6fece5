import 'fake-indexeddb/auto'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createLocalHost } from '../../../electron/host/host'
import type { ProjectDb } from '../../../renderer/data/database'
import { catchUp, discardWorkingCopy, openWorkingCopy } from '../../../renderer/data/rebuild'
import {
  type ExportOutcome,
  type ExportParts,
  type ExportWish,
  exportDataset,
} from '../../../renderer/jobs/export-job'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type { AnnotationId, BatchId, CodeId, ReportId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'
import { parseCsv } from '../../../shared/formats/csv'
import { type Host, HostError, type OpenedProject } from '../../../shared/host'
import type { Change } from '../../../shared/journal/edit'
import { codePointsIn } from '../../../shared/text/code-points'
import { normalizeText } from '../../../shared/text/normalize'

const JUDGE = resolve('tests/support/check-dataset.py')

const leftovers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of leftovers.splice(0).reverse()) await clean()
})

/** Originals as a researcher has them, by file name. */
const FILES: Readonly<Record<string, string>> = {
  '1.txt': '一、风电投资下降，\r\n“电网”成本上升。\r\n',
  '2.txt': '\u{20bb7}野家：风电, "quoted"\r=1+1 风电\n',
  '10.txt': 'Nothing is coded here.\n',
}

interface World {
  readonly host: Host
  readonly db: ProjectDb
  readonly project: OpenedProject
  readonly reports: readonly Report[]
  readonly codes: readonly Code[]
  /** The folder that holds the originals. */
  readonly originals: string
  /** Codes every place where a text says `part`. */
  code(part: string, codeId: CodeId): Promise<void>
  edit(changes: Change[]): Promise<void>
  run(wish?: Partial<ExportWish>, parts?: Partial<ExportParts>): Promise<ExportOutcome>
}

async function freshWorld(files = FILES): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'codicil-export-'))
  leftovers.push(() => rm(root, { recursive: true, force: true }))
  const originals = join(root, 'originals')
  await mkdir(originals)
  for (const [name, text] of Object.entries(files)) await writeFile(join(originals, name), text)
  const local = await createLocalHost({
    version: '0.1.0',
    door: 'browser',
    dataFolder: join(root, 'data'),
    home: join(root, 'home'),
    askForFolder: null,
    threadFile: null,
    urlOfWritten: (sink, file) => `/written/${sink}/${file}`,
    now: () => 1_700_000_000_000,
  })
  leftovers.push(() => local.shutDown())
  const { host } = local
  const { home } = await host.about()
  const { id } = await host.createProject({ name: '研究', coderName: '王芳', place: home.token })
  const project = await host.openProject(id, { clientId: 'test', takeOver: false })
  const stamp = { at: 1_700_000_000_000, coderId: project.coderId! }

  const texts = Object.entries(files).map(([name, raw]) => [name, normalizeText(raw)] as const)
  const hashes = await host.putBlobs(
    project.session,
    texts.map(([, text]) => new TextEncoder().encode(text)),
  )
  const batchId = 'batch1' as BatchId
  const reports = texts.map(
    ([fileName, text], at): Report => ({
      id: `report${at}` as ReportId,
      batchId,
      title: fileName.replace('.txt', ''),
      fileName,
      path: '',
      row: null,
      format: 'txt',
      extractor: 'txt/1',
      encoding: 'utf-8',
      textHash: hashes[at]!,
      originalHash: hashes[at]!,
      markupHash: null,
      length: text.length,
      chars: codePointsIn(text),
      hanChars: 0,
      textVersion: 1,
      addedAt: stamp.at,
    }),
  )
  const batch = { id: batchId, at: stamp.at, imported: 3, known: 0, refused: 0, cancelled: false }
  await host.append(project.session, {
    kind: 'import',
    batch,
    reports,
    variables: [],
    values: [],
    ...stamp,
  })
  const opened = { ...project, wasSettled: false, lastSeq: 2 }
  const db = await openWorkingCopy(host, opened, () => {})
  leftovers.push(async () => {
    db.close()
    await discardWorkingCopy(id)
  })

  const edit = async (changes: Change[]) => {
    const about = { kind: 'do', of: null, label: 'assignCode', about: '' } as const
    await host.append(project.session, { ...about, changes, ...stamp })
    await catchUp(db, host, project.session)
  }
  const codes = ['风电', '电网', 'unused'].map(
    (name, at): Code => ({
      id: `0${at}codexxxxxxxxx${at}aaaaa` as CodeId,
      parentId: at === 1 ? ('00codexxxxxxxxx0aaaaa' as CodeId) : null,
      rank: at,
      name,
      color: '#112233',
      definition: '',
      include: '',
      exclude: '',
      example: '',
      digit: null,
      createdAt: stamp.at,
    }),
  )
  await edit(codes.map(after => ({ table: 'codes', id: after.id, before: null, after })))

  let made = 0
  return {
    host,
    db,
    project,
    reports,
    codes,
    originals,
    edit,
    code: async (part, codeId) => {
      const found = texts.flatMap(([, text], at) =>
        placesOf(part, text).map(
          (start): Annotation => ({
            id: `segment${made++}` as AnnotationId,
            reportId: reports[at]!.id,
            start,
            end: start + part.length,
            quote: part,
            codeId,
            coderId: stamp.coderId,
            memo: 'so, "because"',
            createdAt: stamp.at + made,
          }),
        ),
      )
      await edit(found.map(after => ({ table: 'annotations', id: after.id, before: null, after })))
    },
    run: async (wish = {}, parts = {}) =>
      exportDataset(
        {
          session: project.session,
          project: { id, name: project.name },
          place: (await host.exportPlace(project.session)).token,
          folderName: '数据集',
          protectForSpreadsheets: false,
          ...wish,
        },
        { db, host, progress: () => {}, isCancelled: () => false, ...parts },
      ),
  }
}

function placesOf(part: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    places.push(at)
  }
  return places
}

/** A world in which two codes are used, some of it beyond the basic plane. */
async function codedWorld(): Promise<World> {
  const world = await freshWorld()
  await world.code('风电', world.codes[0]!.id)
  await world.code('“电网”成本上升。\n', world.codes[1]!.id)
  await world.code('\u{20bb7}野家', world.codes[1]!.id)
  return world
}

function written(outcome: ExportOutcome) {
  if (outcome.kind !== 'written') throw new Error('nothing was written')
  return outcome
}

interface Verdict {
  readonly code: number
  readonly ok: boolean
  readonly quotes_found: number
  readonly failures: readonly string[]
}

function judge(folder: string, originals: string): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    execFile('python3', [JUDGE, folder, originals], (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(stderr))
      else resolve({ ...JSON.parse(stdout), code: error ? Number(error.code) : 0 })
    })
  })
}

async function tablesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort()
  const texts = await Promise.all(names.map(name => readFile(join(folder, name), 'utf8')))
  return Object.fromEntries(names.map((name, at) => [name, texts[at]!]))
}

const exportsOf = ({ project }: World) =>
  readdir(join(project.folder, 'exports')).catch(() => [] as string[])

it('writes a dataset that an independent judge accepts', async () => {
  const world = await codedWorld()
  const { folder, files, counts } = written(await world.run())
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, failures: [] })
  expect(files.map(({ name, rows }) => [name, rows])).toEqual([
    ['segments.csv', counts.segments],
    ['report_code.csv', 3],
    ['codebook.csv', 3],
    ['manifest.json', null],
  ])
  expect(counts).toMatchObject({ reports: 3, reportsWithoutSegments: 1, segmentsNotIntact: 0 })
  expect(counts.segments).toBe(5)
})

it('lists reports as the library does, numbers by their value', async () => {
  const world = await codedWorld()
  const { folder } = written(await world.run())
  const { 'report_code.csv': table } = await tablesIn(folder)
  const rows = parseCsv(table!).slice(1)
  expect(rows.map(({ cells }) => cells[2])).toEqual(['1.txt', '2.txt', '10.txt'])
})

it('gives the same bytes for the same project, every time', async () => {
  const world = await codedWorld()
  const [one, two] = [written(await world.run()), written(await world.run())]
  expect(one.folder).not.toBe(two.folder)
  expect(await tablesIn(one.folder)).toEqual(await tablesIn(two.folder))
})

it('satisfies the judge also when texts are guarded for spreadsheets', async () => {
  const world = await codedWorld()
  const { reports, codes } = world
  const text = normalizeText(FILES['2.txt']!)
  const start = text.indexOf('=1+1')
  const after: Annotation = {
    id: 'formula' as AnnotationId,
    reportId: reports[1]!.id,
    start,
    end: start + 4,
    quote: '=1+1',
    codeId: codes[2]!.id,
    coderId: world.project.coderId!,
    memo: '',
    createdAt: 0,
  }
  await world.edit([{ table: 'annotations', id: after.id, before: null, after }])
  const { folder } = written(await world.run({ protectForSpreadsheets: true }))
  expect((await tablesIn(folder))['segments.csv']).toContain(",'=1+1,")
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, failures: [] })
})

it('reads a text from the folder where the working copy lacks it', async () => {
  const world = await codedWorld()
  await world.db.texts.clear()
  const { folder } = written(await world.run())
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, failures: [] })
})

it('exports annotations whose text is lost, and says so', async () => {
  const world = await codedWorld()
  await world.db.texts.clear()
  const pack = join(world.project.folder, 'blobs', '000001.pack')
  await writeFile(
    pack,
    (await readFile(pack)).map(byte => 255 - byte),
  )
  const { counts } = written(await world.run())
  expect(counts.segments).toBe(5)
  expect(counts.segmentsNotIntact).toBe(counts.segments)
})

it('exports what does not match and what has lost its code, and reports it', async () => {
  const world = await codedWorld()
  const code = world.codes[0]!
  const [pack] = await world.db.annotations.toArray()
  const before = pack!.items[0]!
  await world.edit([
    { table: 'annotations', id: before.id, before, after: { ...before, quote: '水电' } },
    { table: 'codes', id: code.id, before: code, after: null },
  ])
  const { folder, counts } = written(await world.run())
  expect(counts.segmentsNotIntact).toBe(1)
  expect(counts.segmentsWithUnknownCode).toBe(3)
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, failures: [] })
})

it('writes tables with headings for a project in which nothing is coded', async () => {
  const world = await freshWorld()
  const { folder, counts } = written(await world.run())
  expect(counts.segments).toBe(0)
  expect(parseCsv((await tablesIn(folder))['segments.csv']!)).toHaveLength(1)
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, failures: [] })
})

it('shows one moment of the project, although coding goes on', async () => {
  const world = await codedWorld()
  const { db, host } = world
  const quiet = written(await world.run())
  let isDone = false
  const busy: Host = {
    ...host,
    openSink: async (...args) => {
      const sink = await host.openSink(...args)
      await world.code('野家', world.codes[2]!.id)
      isDone = true
      return sink
    },
  }
  const during = written(await world.run({}, { db, host: busy }))
  expect(isDone).toBe(true)
  expect(await tablesIn(during.folder)).toEqual(await tablesIn(quiet.folder))
})

it('leaves nothing when it is cancelled', async () => {
  const world = await codedWorld()
  let isCancelled = false
  const outcome = await world.run(
    {},
    {
      progress: ({ done }) => {
        isCancelled = done === 3
      },
      isCancelled: () => isCancelled,
    },
  )
  expect(outcome).toEqual({ kind: 'cancelled' })
  expect(await exportsOf(world)).toEqual([])
})

it('leaves nothing when the disk fails, and passes on why', async () => {
  const world = await codedWorld()
  const failing: Host = {
    ...world.host,
    writeSink: (sink, name, bytes) =>
      name === 'codebook.csv'
        ? Promise.reject(new HostError('disk-full'))
        : world.host.writeSink(sink, name, bytes),
  }
  await expect(world.run({}, { host: failing })).rejects.toThrow(new HostError('disk-full'))
  expect(await exportsOf(world)).toEqual([])
})

it('writes in pieces of at most 256 KB, and says how far it has come', async () => {
  const long = '风'.repeat(200_000)
  const world = await freshWorld({ '1.txt': long, '2.txt': `${long}。` })
  await world.code(long, world.codes[0]!.id)
  const sizes: number[] = []
  const seen: number[] = []
  const watched: Host = {
    ...world.host,
    writeSink: (sink, name, bytes) => {
      sizes.push(bytes.length)
      return world.host.writeSink(sink, name, bytes)
    },
  }
  const { folder } = written(
    await world.run({}, { host: watched, progress: ({ done }) => seen.push(done) }),
  )
  expect(Math.max(...sizes)).toBe(256 * 1024)
  expect(seen).toEqual([0, 1, 2])
  expect(await judge(folder, world.originals)).toMatchObject({ code: 0, quotes_found: 2 })
})

/** A change to one file of an export, and what the judge must say of it. */
const TAMPERED: readonly [file: string, from: string | RegExp, to: string, complaint: RegExp][] = [
  ['segments.csv', ',2,风电,', ',2,水电,', /does not say the quote/],
  ['segments.csv', '\ufeff', '', /no byte order mark/],
  ['segments.csv', '\r\n', '\n', /LF or CR alone/],
  ['segments.csv', /Z,1\r\n$/, 'Z,1,1\r\n', /record \d+ has 17 cells/],
  ['segments.csv', /Z,1\r\n$/, 'Z,0\r\n', /intact and manifest differ/],
  ['segments.csv', /\r\n[^\r]*\r\n$/, '\r\n', /n_segments/],
  ['report_code.csv', ',1,1,', ',2,1,', /n_0aaaaa/],
  ['report_code.csv', ',0,0\r\n', ',0,1\r\n', /b_2aaaaa/],
  ['codebook.csv', 'n_0aaaaa', 'n_9aaaaa', /columns are not those/],
  ['manifest.json', /"sha256": "./, '"sha256": "x', /sha256/],
  ['manifest.json', /"rows": \d/, '"rows": 9', /rows/],
]

it.each(TAMPERED)('the judge refuses %s with %s changed', async (file, from, to, complaint) => {
  const world = await codedWorld()
  const { folder } = written(await world.run())
  const copy = `${folder} tampered`
  await cp(folder, copy, { recursive: true })
  const path = join(copy, file)
  const text = await readFile(path, 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  await writeFile(path, changed)
  const { code, failures } = await judge(copy, world.originals)
  expect(code).toBe(1)
  expect(failures.join('\n')).toMatch(complaint)
})
