import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unpackCopy } from '../../electron/host/zip-in'
import type { BatchId, CoderId, Hash, ProjectId, ReportId } from '../../shared/domain/id'
import type { Host, TaskResults, TaskState, TaskToken, TaskWish } from '../../shared/host'
import { frameOf, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { annotationAt } from '../support/annotations'
import { browserDoor, type Door, desktopDoor } from '../support/doors'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { deflatedZeros, type ZipEntry, zipOf } from '../support/zip'

const TEXT = '各市投资下降。Wind investment fell, and grid costs rose.'
const SUFFIX = ' (copy of 22 Nov 2026)'

// --- Saving and opening

it('opens elsewhere with every entry and text that it had, under its own id', async () => {
  const { host, id, session, folder } = await studied()
  const before = await entriesOf(host, session)
  const saved = await save(host, id)
  expect(saved).toMatchObject({
    name: 'Study 2026-11-22.codicil',
    folder: join(folder, 'exports'),
    missingBlobs: 0,
    url: null,
  })
  expect(await readdir(saved.folder)).toEqual([saved.name])
  expect(sha256(await bytesOf(saved))).toBe(saved.sha256)

  const other = await desktopDoor(await freshFolder())
  const opened = await open(other, await bytesOf(saved))
  expect(opened).toEqual({ project: id, name: 'Study', copyOf: null, missingBlobs: 0 })
  expect(await other.host.listProjects()).toMatchObject([{ id, name: 'Study', state: 'ready' }])
  const there = await other.host.openProject(id, { clientId: 'c', takeOver: false })
  expect(there).toMatchObject({ tornBytes: 0, lastSeq: before.length })
  expect(await entriesOf(other.host, there.session)).toEqual(before)
  expect(await other.host.readBlobs(there.session, [hashOf(TEXT)])).toEqual([utf8(TEXT)])
  expect(await readdir(there.folder)).toEqual(
    expect.arrayContaining(['blobs', 'codicil.json', 'journal']),
  )
})

it('is a zip that Python reads, of a folder that the reader in FORMAT.md reads', async () => {
  const { host, id, folder } = await studied()
  const saved = await save(host, id)
  const unpacked = await freshFolder()
  const script = [
    'import sys, zipfile',
    'copy = zipfile.ZipFile(sys.argv[1])',
    'assert copy.testzip() is None',
    'copy.extractall(sys.argv[2])',
    'print(chr(10).join(copy.namelist()))',
  ].join('\n')
  const path = join(saved.folder, saved.name)
  expect(python(script, path, unpacked)).toBe(
    'codicil.json\njournal/000001.log\nblobs/000001.pack\n',
  )
  const page = await readFile('electron/host/FORMAT.md', 'utf8')
  const reader = /```python\n([\s\S]*?)```/.exec(page)![1]!
  expect(python(reader, unpacked)).toBe(python(reader, folder))
  expect(python(reader, unpacked)).toBe('r\tc\t投资下降\n')
})

it('is added beside the project of which it is a copy, and both can be worked on', async () => {
  const { host, id, session, folder, home } = await studied()
  const copy = await bytesOf(await save(host, id))
  const here = { host, home }
  const name = `Study${SUFFIX}`
  const opened = await open(here, copy)
  expect(opened).toMatchObject({ name, copyOf: 'Study', missingBlobs: 0 })
  expect(opened.project).not.toBe(id)
  expect(await open(here, copy)).toMatchObject({ name: `${name} (2)`, copyOf: 'Study' })

  // Its journal goes on, over a second file as well, and is found sound again each time.
  for (const [i, seq] of [4, 5, 6].entries()) {
    const there = await host.openProject(opened.project, { clientId: 'c', takeOver: false })
    expect(there).toMatchObject({ name: i === 2 ? 'Renamed' : name, lastSeq: seq })
    await host.append(there.session, adding(`x${i}`))
    if (i === 1) await host.renameProject(opened.project, 'Renamed')
    await host.closeProject(there.session)
    if (i === 0) await appendFile(join(there.folder, 'journal/000001.log'), 'CDCL cut short')
  }
  expect(await host.append(session, adding('mine'))).toEqual({ seq: 5 })
  const manifest = await readFile(join(home, name, 'codicil.json'), 'utf8')
  expect(JSON.parse(manifest)).toMatchObject({ id: opened.project, study: id, name: 'Renamed' })
  expect(JSON.parse(await readFile(join(folder, 'codicil.json'), 'utf8'))).not.toHaveProperty(
    'study',
  )

  // A copy of the copy is the copy, for someone who has neither.
  const other = await desktopDoor(await freshFolder())
  const again = await open(other, await bytesOf(await save(host, opened.project)))
  expect(again).toMatchObject({ project: opened.project, name: 'Renamed', copyOf: null })
  const there = await other.host.openProject(again.project, { clientId: 'c', takeOver: false })
  expect(there).toMatchObject({ lastSeq: 7, tornBytes: 0 })
})

it('has one moment of the journal, whatever is written meanwhile', async () => {
  const { host, id, session } = await studied()
  let acknowledged = 4
  let isOver = false
  const coding = (async () => {
    for (let i = 0; !isOver; i++) acknowledged = (await host.append(session, adding(`k${i}`))).seq
  })()
  const before = acknowledged
  const saved = await save(host, id)
  const after = acknowledged
  isOver = true
  await coding
  const other = await desktopDoor(await freshFolder())
  await open(other, await bytesOf(saved))
  const there = await other.host.openProject(id, { clientId: 'c', takeOver: false })
  expect(there.lastSeq).toBeGreaterThanOrEqual(before)
  expect(there.lastSeq).toBeLessThanOrEqual(after)
  const all = await entriesOf(host, session)
  expect(await entriesOf(other.host, there.session)).toEqual(all.slice(0, there.lastSeq))
})

it('leaves out what a crash cut short, and the project need not be open', async () => {
  const { host, id, session, folder } = await studied()
  await host.closeProject(session)
  await appendFile(join(folder, 'journal/000001.log'), 'CDCL cut short')
  await appendFile(join(folder, 'blobs/000001.pack'), 'CDCL cut short')
  await writeFile(join(folder, 'journal/000002.log'), '')
  const saved = await save(host, id)
  const other = await desktopDoor(await freshFolder())
  await open(other, await bytesOf(saved))
  const there = await other.host.openProject(id, { clientId: 'c', takeOver: false })
  expect(there).toMatchObject({ lastSeq: 4, tornBytes: 0 })
})

it('can be saved and opened with a damaged text left out, and says so', async () => {
  const { host, id, session, folder } = await studied()
  await host.closeProject(session)
  const pack = join(folder, 'blobs/000001.pack')
  await writeFile(pack, flipped(await readFile(pack), 60))
  const saved = await save(host, id)
  expect(saved.missingBlobs).toBe(1)
  const other = await desktopDoor(await freshFolder())
  expect(await open(other, await bytesOf(saved))).toMatchObject({ missingBlobs: 1 })
})

it('refuses to save a project whose journal is damaged, and leaves nothing', async () => {
  const { host, id, session, folder } = await studied()
  await host.closeProject(session)
  const journal = join(folder, 'journal/000001.log')
  await writeFile(journal, flipped(await readFile(journal), 40))
  await expect(save(host, id)).rejects.toMatchObject({ reason: 'journal-damaged' })
  expect(await readdir(join(folder, 'exports'))).toEqual([])
})

it('never replaces a file, and takes any name that a file can have', async () => {
  const { host, id, home } = await studied()
  const place = (await host.about()).home.token
  const names: string[] = []
  for (const fileName of ['a/b.codicil', 'a b', ' A?B .CODICIL', '研究 2026-11-22.codicil']) {
    names.push((await save(host, id, { place, fileName })).name)
  }
  expect(names).toEqual([
    'a b.codicil',
    'a b (2).codicil',
    'A B.codicil',
    '研究 2026-11-22.codicil',
  ])
  expect(await readdir(home)).toEqual(expect.arrayContaining(names))
  await expect(save(host, id, { fileName: '...codicil' })).rejects.toMatchObject({
    reason: 'name-invalid',
  })
})

it('leaves nothing when it is cancelled, be it saving or opening', async () => {
  const { host, id, folder, home } = await studied()
  const copy = await bytesOf(await save(host, id))
  for (const kind of ['save-copy', 'open-copy'] as const) {
    const names = await everyName(home)
    const wish: TaskWish =
      kind === 'save-copy'
        ? { kind, project: id, place: null, fileName: 'cancelled' }
        : { kind, upload: await upload(host, copy), place: await homeOf(host), suffix: SUFFIX }
    const task = await host.startTask(wish)
    await host.cancelTask(task)
    expect(await host.taskState(task)).toEqual({ is: 'cancelled' })
    expect(await everyName(home)).toEqual(names)
  }
  expect(await readdir(join(folder, '../../data/uploads'))).toEqual([])
})

it('can be fetched from the browser door under the address that it names', async () => {
  const door = await browserDoor(await freshFolder())
  const { host, id } = await studied(door)
  const { url, bytes, sha256: sum } = await save(host, id)
  const reply = await fetch(door.origin + url, { headers: { cookie: door.cookie } })
  const fetched = new Uint8Array(await reply.arrayBuffer())
  expect(fetched.length).toBe(bytes)
  expect(sha256(fetched)).toBe(sum)
})

it('takes uploads of the size that was said, one after the other, and no larger ones', async () => {
  const { host, home } = await desktopDoor(await freshFolder())
  await expect(host.openUpload('x', 17 * 1024 ** 3)).rejects.toMatchObject({ reason: 'too-large' })
  const place = await homeOf(host)
  const short = await host.openUpload('x.codicil', 10)
  await host.writeUpload(short, utf8('12345'))
  const task = await host.startTask({ kind: 'open-copy', upload: short, place, suffix: '' })
  await expect(endOf(host, task)).rejects.toMatchObject({ reason: 'not-found' })
  await expect(host.writeUpload(short, utf8('123456'))).rejects.toMatchObject({
    reason: 'too-large',
  })
  await expect(host.writeUpload(short, utf8('1'))).rejects.toMatchObject({
    reason: 'not-found',
  })
  const tokens = []
  for (let i = 0; i < 4; i++) tokens.push(await host.openUpload('x', 1))
  await expect(host.openUpload('x', 1)).rejects.toMatchObject({ reason: 'too-busy' })
  for (const token of tokens) await host.abortUpload(token)
  expect(await readdir(join(home, '../data/uploads'))).toEqual([])
})

// --- Files from strangers

/** Files of a sound copy, to be made unsound. */
type Files = Readonly<Record<'manifest' | 'journal' | 'pack', Buffer>>

const MANIFEST = 'codicil.json'
const JOURNAL = 'journal/000001.log'
const PACK = 'blobs/000001.pack'

const sound = ({ manifest, journal, pack }: Files): ZipEntry[] => [
  { name: MANIFEST, data: manifest },
  { name: JOURNAL, data: journal },
  { name: PACK, data: pack },
]
const beside = (entry: Partial<ZipEntry>) => (files: Files) =>
  zipOf([...sound(files), { name: 'x', data: Buffer.from('x'), ...entry }])
const changed = (index: number, change: Partial<ZipEntry>) => (files: Files) =>
  zipOf(sound(files).map((entry, i) => (i === index ? { ...entry, ...change } : entry)))
const withManifest = (change: object) => (files: Files) => {
  const manifest = { ...JSON.parse(files.manifest.toString()), ...change }
  return changed(0, { data: Buffer.from(JSON.stringify(manifest)) })(files)
}
const withJournal = (change: (entries: StoredFrame[]) => StoredFrame[]) => (files: Files) =>
  changed(1, { data: framesOf(change(valuesIn(files.journal))) })(files)

const damaged = (what: string, file?: string) => ({
  reason: 'copy-damaged',
  details: file === undefined ? { what } : { file, what },
})

const HOSTILE: readonly [string, (files: Files) => Uint8Array, object][] = [
  [
    'climbs out of its folder',
    beside({ name: '../../evil.log' }),
    damaged('name', '../../evil.log'),
  ],
  [
    'climbs from a known folder',
    beside({ name: 'journal/../../000001.log' }),
    damaged('name', 'journal/../../000001.log'),
  ],
  ['names an absolute path', beside({ name: '/etc/passwd' }), damaged('name', '/etc/passwd')],
  ['names a drive', beside({ name: 'C:/x' }), damaged('name', 'C:/x')],
  [
    'uses backslashes',
    beside({ name: 'journal\\000002.log' }),
    damaged('name', 'journal\\000002.log'),
  ],
  [
    'has a NUL in a name',
    beside({ name: 'journal/000002.log\0.txt' }),
    damaged('name', 'journal/000002.log .txt'),
  ],
  ['turns a name round', beside({ name: '\u202egol.10' }), damaged('name', 'gol.10')],
  [
    'has an endless name',
    beside({ name: 'x'.repeat(60_000) }),
    damaged('name', `${'x'.repeat(79)}…`),
  ],
  ['has a lock with it', beside({ name: 'lock' }), damaged('name', 'lock')],
  [
    'has a folder as such',
    beside({ name: 'journal/', data: Buffer.alloc(0) }),
    damaged('name', 'journal/'),
  ],
  [
    'has another zip in it',
    files => beside({ name: 'inner.codicil', data: zipOf(sound(files)) })(files),
    damaged('name', 'inner.codicil'),
  ],
  [
    'has a zip for a pack',
    files => changed(2, { data: zipOf(sound(files)) })(files),
    damaged('frame', '000001.pack'),
  ],
  ['has a symbolic link', changed(2, { mode: 0o120777 }), damaged('kind', PACK)],
  ['has a device for a journal', changed(1, { mode: 0o020666 }), damaged('kind', JOURNAL)],
  ['is packed by another method', changed(1, { method: 99 }), damaged('kind', JOURNAL)],
  [
    'has a file twice',
    files => zipOf([...sound(files), sound(files)[1]!]),
    damaged('duplicate', JOURNAL),
  ],
  [
    'has two manifests',
    files => zipOf([...sound(files), sound(files)[0]!]),
    damaged('duplicate', MANIFEST),
  ],
  ['is encrypted', changed(1, { flags: 0x801 }), damaged('encrypted', JOURNAL)],
  ['is strongly encrypted', changed(1, { flags: 0x841 }), damaged('encrypted')],
  ['states a wrong checksum', changed(2, { crc: 12345 }), damaged('crc', PACK)],
  ['states too small a size', changed(1, { size: 100 }), damaged('size', JOURNAL)],
  ['states too large a size', changed(1, { size: 900_000 }), damaged('size', JOURNAL)],
  [
    'states a size beyond any',
    changed(1, { size: 0xfffffff0 }),
    { reason: 'too-large', details: { bytes: expect.any(Number) } },
  ],
  ['stores less than it states', changed(1, { method: 0, size: 100 }), damaged('size')],
  [
    'has other names before the data',
    changed(1, { localName: 'journal/000009.log' }),
    damaged('header', JOURNAL),
  ],
  ['has two files share their bytes', changed(2, { sharesDataOf: 1 }), damaged('header', PACK)],
  ['breaks off at the end', files => zipOf(sound(files)).subarray(0, -10), damaged('short')],
  ['breaks off in the middle', files => zipOf(sound(files)).subarray(0, 900), damaged('short')],
  ['breaks off at the beginning', files => zipOf(sound(files)).subarray(0, 10), damaged('short')],
  ['is no zip', () => Buffer.from('These are my notes.'.repeat(50)), damaged('not-zip')],
  ['is empty', () => Buffer.alloc(0), damaged('not-zip')],
  [
    'is a web page under another name',
    () => Buffer.from('<!doctype html><p>Sign in</p>'),
    damaged('not-zip'),
  ],
  [
    'is a zip without a project',
    () => zipOf([{ name: 'word/document.xml', data: Buffer.from('<x/>') }]),
    damaged('missing', MANIFEST),
  ],
  ['has no journal', files => zipOf(sound(files).slice(0, 1)), damaged('missing', 'journal')],
  [
    'has 70,000 files',
    () =>
      zipOf(
        Array.from({ length: 70_000 }, (_, i) => ({
          name: `${i}`,
          data: Buffer.alloc(0),
          method: 0,
        })),
      ),
    damaged('missing', MANIFEST),
  ],
  [
    'has 20,000 files and says so',
    () =>
      zipOf(
        Array.from({ length: 20_000 }, (_, i) => ({
          name: `${i}`,
          data: Buffer.alloc(0),
          method: 0,
        })),
      ),
    damaged('entries'),
  ],
  [
    'has a manifest that is no JSON',
    changed(0, { data: Buffer.from('{"codicil":') }),
    damaged('manifest', MANIFEST),
  ],
  [
    'has null for a manifest',
    changed(0, { data: Buffer.from('null') }),
    damaged('manifest', MANIFEST),
  ],
  [
    'has a manifest of a million bytes',
    changed(0, { data: Buffer.alloc(1_000_000) }),
    damaged('manifest', MANIFEST),
  ],
  ['has a path for an id', withManifest({ id: '../../x' }), damaged('manifest', MANIFEST)],
  [
    'comes from a later version',
    withManifest({ format: 2 }),
    { reason: 'newer-version', details: { format: 2 } },
  ],
  [
    'comes from a later version that has more files',
    files =>
      zipOf([
        { name: MANIFEST, data: Buffer.from('{"codicil":"project","format":7}') },
        ...sound(files).slice(1),
        { name: 'new/thing', data: Buffer.alloc(1) },
      ]),
    { reason: 'newer-version', details: { format: 7 } },
  ],
  [
    'has a journal of a later version',
    withJournal(([head, ...rest]) => [{ ...head, format: 9 }, ...rest]),
    { reason: 'newer-version', details: { format: 9 } },
  ],
  [
    'has the journal of another project',
    withManifest({ id: 'another' }),
    damaged('study', '000001.log'),
  ],
  [
    'has an entry changed and its frame mended',
    withJournal(entries => entries.map((each, i) => (i === 2 ? { ...each, at: 1 } : each))),
    damaged('chain', '000001.log'),
  ],
  [
    'has an entry taken out',
    withJournal(entries => entries.filter((_, i) => i !== 2)),
    damaged('chain', '000001.log'),
  ],
  [
    'has a second journal that follows nothing',
    files => zipOf([...sound(files), { name: 'journal/000002.log', data: files.journal }]),
    damaged('chain', '000002.log'),
  ],
  [
    'has entries of a shape that cannot be',
    withJournal(entries =>
      chained([
        ...entries,
        {
          kind: 'do',
          of: null,
          label: 'addCode',
          about: '',
          at: 0,
          coderId: 'me',
          changes: [{ table: 'codes', id: 'z', before: null, after: { id: 'z', name: 7 } }],
          seq: 5,
        },
      ]),
    ),
    damaged('entry', '000001.log'),
  ],
  [
    'has a row for the prototype',
    withJournal(entries =>
      chained([
        ...entries,
        {
          kind: 'do',
          of: null,
          label: 'addCode',
          about: '',
          at: 0,
          coderId: 'me',
          changes: [{ table: '__proto__', id: 'z', before: null, after: { id: 'z' } }],
          seq: 5,
        },
      ]),
    ),
    damaged('entry', '000001.log'),
  ],
  [
    'has a frame that is no JSON',
    files =>
      changed(1, { data: Buffer.concat([files.journal, frameOf(Buffer.from('{x'))]) })(files),
    damaged('entry', '000001.log'),
  ],
  [
    'has a torn journal',
    files => changed(1, { data: files.journal.subarray(0, -5) })(files),
    damaged('frame', '000001.log'),
  ],
  [
    'has a byte flipped in its journal',
    files => changed(1, { data: flipped(files.journal, 50) })(files),
    damaged('frame', '000001.log'),
  ],
  [
    'has a byte flipped in its texts',
    files => changed(2, { data: flipped(files.pack, 60) })(files),
    damaged('frame', '000001.pack'),
  ],
  [
    'has a text that is not what its hash says',
    files =>
      changed(2, { data: Buffer.from(frameOf(Buffer.concat([Buffer.alloc(32), utf8('x')]))) })(
        files,
      ),
    damaged('hash', '000001.pack'),
  ],
]

it.each(HOSTILE)('refuses a file that %s', async (_, make, expected) => {
  const files = await soundFiles()
  const door = await desktopDoor(await freshFolder())
  await expect(open(door, make(files))).rejects.toMatchObject(expected)
  expect(await everyName(door.home)).toEqual([])
  expect(await readdir(join(door.home, '../data/uploads'))).toEqual([])
  expect(await door.host.listProjects()).toEqual([])
})

it('opens the file that all of these are made from', async () => {
  const door = await desktopDoor(await freshFolder())
  const files = await soundFiles()
  expect(await open(door, zipOf(sound(files)))).toMatchObject({ name: 'Study', missingBlobs: 0 })
})

it('opens a file that lacks a text, and says how many', async () => {
  const door = await desktopDoor(await freshFolder())
  const bytes = zipOf(sound(await soundFiles()).slice(0, 2))
  expect(await open(door, bytes)).toMatchObject({ name: 'Study', missingBlobs: 1 })
  const [listed] = await door.host.listProjects()
  const there = await door.host.openProject(listed!.id, { clientId: 'c', takeOver: false })
  await expect(door.host.readBlobs(there.session, [hashOf(TEXT)])).rejects.toMatchObject({
    reason: 'blob-missing',
  })
})

it.each([
  ['texts', 2, Buffer.alloc(0)],
  ['a journal', 1, Buffer.alloc(0)],
  // Its header is right, so that only the payload can tell.
  ['one entry of a journal', 1, Buffer.from(frameOf(Buffer.alloc(200_000_000)).subarray(0, 16))],
] as const)('stops at the first of 1,000,000,000 zeros in %s', async (_, index, head) => {
  const folder = await freshFolder()
  const file = join(folder, 'bomb.codicil')
  const zeros = deflatedZeros(1000)
  const bomb = { deflated: zeros, size: 1_000_000_000, crc: 0 }
  const part = head.length === 0 ? bomb : { ...bomb, deflated: stored(head, zeros) }
  await writeFile(
    file,
    changed(index, { ...part, size: 1_000_000_000 + head.length })(await soundFiles()),
  )
  expect((await stat(file)).size).toBeLessThan(1_100_000)
  const into = join(folder, 'into')
  await mkdir(into)
  let most = 0
  const progress = (_phase: string, done: number) => {
    most = Math.max(most, done)
  }
  const unpacking = unpackCopy(
    { file, folder: into },
    { progress, signal: new AbortController().signal },
  )
  await expect(unpacking).rejects.toMatchObject({
    reason: 'copy-damaged',
    details: { what: 'frame' },
  })
  expect(most).toBeLessThan(100_000)
})

// --- Helpers

/** A project with a coder, a report, a code and an annotation, open for writing: four entries. */
async function studied(door?: Door) {
  const { host, home } = door ?? (await desktopDoor(await freshFolder()))
  const place = await homeOf(host)
  const { id } = await host.createProject({ name: 'Study', coderName: 'Ann', place })
  const { session, folder } = await host.openProject(id, { clientId: 'c', takeOver: false })
  const [hash] = await host.putBlobs(session, [utf8(TEXT)])
  await host.append(session, importOf(hash!))
  await host.append(session, adding('c'))
  const annotation = annotationAt(TEXT, 2, 6)
  await host.append(session, {
    ...(adding('c') as Exclude<NewEntry, { kind: 'import' }>),
    label: 'assignCode',
    changes: [{ table: 'annotations', id: annotation.id, before: null, after: annotation }],
  })
  return { host, home, id, session, folder }
}

function importOf(hash: Hash): NewEntry {
  const batchId = 'b' as BatchId
  const report = {
    id: 'r' as ReportId,
    batchId,
    title: 'r',
    fileName: 'r.txt',
    path: '',
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    encoding: 'utf-8' as const,
    textHash: hash,
    originalHash: hash,
    markupHash: null,
    length: TEXT.length,
    chars: TEXT.length,
    hanChars: 0,
    textVersion: 1,
    addedAt: 0,
  }
  const batch = { id: batchId, at: 0, imported: 1, known: 0, refused: 0, cancelled: false }
  return {
    kind: 'import',
    batch,
    reports: [report],
    variables: [],
    values: [],
    at: 0,
    coderId: 'me' as CoderId,
  }
}

function save(
  host: Host,
  project: ProjectId,
  options: Partial<Extract<TaskWish, { kind: 'save-copy' }>> = {},
): Promise<TaskResults['save-copy']> {
  const fileName = 'Study 2026-11-22.codicil'
  return host
    .startTask({ kind: 'save-copy', project, place: null, fileName, ...options })
    .then(task => endOf(host, task)) as Promise<TaskResults['save-copy']>
}

async function open({ host }: Pick<Door, 'host'>, bytes: Uint8Array) {
  const wish = {
    kind: 'open-copy',
    upload: await upload(host, bytes),
    place: await homeOf(host),
    suffix: SUFFIX,
  } as const
  return (await endOf(host, await host.startTask(wish))) as TaskResults['open-copy']
}

async function upload(host: Host, bytes: Uint8Array) {
  const token = await host.openUpload('copy.codicil', bytes.length)
  for (let at = 0; at < bytes.length; at += 1000_000) {
    // A Buffer would not cross: it has a JSON form of its own.
    await host.writeUpload(token, new Uint8Array(bytes.subarray(at, at + 1000_000)))
  }
  return token
}

async function endOf(host: Host, task: TaskToken): Promise<unknown> {
  for (;;) {
    const state: TaskState = await host.taskState(task)
    if (state.is === 'done') return state.result
    if (state.is !== 'running') throw state
    await new Promise(setImmediate)
  }
}

async function homeOf(host: Host) {
  return (await host.about()).home.token
}

async function entriesOf(host: Host, session: Parameters<Host['readJournal']>[0]) {
  const entries: JournalEntry[] = []
  for (;;) {
    const more = await host.readJournal(session, entries.length + 1)
    if (more.length === 0) return entries
    entries.push(...more)
  }
}

let made: Promise<Files> | null = null

/** What a sound copy of one small project holds. Made once; nobody changes it. */
function soundFiles(): Promise<Files> {
  made ??= (async () => {
    const { host, folder, session } = await studied()
    await host.closeProject(session)
    const [manifest, journal, pack] = await Promise.all(
      [MANIFEST, JOURNAL, PACK].map(name => readFile(join(folder, name))),
    )
    return { manifest: manifest!, journal: journal!, pack: pack! }
  })()
  return made
}

type StoredFrame = Record<string, unknown>

function valuesIn(journal: Buffer): StoredFrame[] {
  return scanFrames(journal).frames.map(({ start, end }) =>
    JSON.parse(journal.subarray(start + 16, end).toString()),
  )
}

function framesOf(values: readonly StoredFrame[]): Buffer {
  return Buffer.concat(values.map(value => frameOf(utf8(JSON.stringify(value)))))
}

/** Values each of which names the hash of the frame before it. */
function chained(values: readonly StoredFrame[]): StoredFrame[] {
  let prev = ''
  return values.map(value => {
    const next = { ...value, prev }
    prev = sha256(framesOf([next]))
    return next
  })
}

/** Raw deflate data: some bytes as they are, then data that was deflated before. */
function stored(bytes: Uint8Array, then: Uint8Array): Buffer {
  const block = Buffer.alloc(5)
  block.writeUInt16LE(bytes.length, 1)
  block.writeUInt16LE(~bytes.length & 0xffff, 3)
  return Buffer.concat([block, bytes, then])
}

function flipped(bytes: Uint8Array, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at]! ^= 0x10
  return copy
}

async function everyName(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true }).catch(() => [] as string[])).sort()
}

async function bytesOf({ folder, name }: { folder: string; name: string }): Promise<Uint8Array> {
  return readFile(join(folder, name))
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function hashOf(text: string): Hash {
  return sha256(utf8(text)) as Hash
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function python(script: string, ...args: string[]): string {
  return execFileSync('python3', ['-c', script, ...args], { encoding: 'utf8' })
}
