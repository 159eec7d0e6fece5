import { createHash } from 'node:crypto'
import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBlobs } from '../../electron/host/blobs'
import { checkFolder } from '../../electron/host/check-folder'
import { openJournal } from '../../electron/host/journal'
import { createProjectFolder, readManifest } from '../../electron/host/keeper'
import { rescueFolder } from '../../electron/host/rescue'
import { snapshotPath, writeSnapshot } from '../../electron/host/snapshots'
import type { WorkHelp } from '../../electron/host/works'
import type { Annotation } from '../../shared/domain/annotation'
import type { Code } from '../../shared/domain/code'
import type { CodeId, CoderId, Hash, ProjectId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH } from '../../shared/domain/project'
import type { Report } from '../../shared/domain/report'
import type { Host, TaskToken } from '../../shared/host'
import { type Change, invert } from '../../shared/journal/edit'
import { FRAME_HEADER_BYTES, frameOf, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { rowsIn } from '../../shared/journal/rows'
import { emptyState, fold, type ProjectState } from '../../shared/journal/state'
import { codeOf } from '../support/codes'
import { desktopDoor } from '../support/doors'
import { freshFolder } from '../support/folder'
import { BATCH, reportNamed } from '../support/project'
import { randomFrom } from '../support/random'

const PROJECT = 'p1' as ProjectId
const ENTRIES = 200
const SNAPSHOTS = [60, 120, 170]
const help: WorkHelp = { progress: () => {}, signal: new AbortController().signal }

/** Where a frame of the whole journal stands; `seq` is `null` for the head of a file. */
interface Frame {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly seq: number | null
}

let whole: string
let entries: JournalEntry[]
let frames: Frame[]
let texts: Hash[]

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'codicil-damage-'))
  texts = await makeProject(whole)
  entries = await entriesOf(whole, PROJECT)
  frames = await framesOf(whole)
  for (const seq of SNAPSHOTS) {
    await writeSnapshot({ folder: whole, seq, at: seq, reason: 'interval' }, help)
  }
}, 60_000)
afterAll(() => rm(whole, { recursive: true, force: true }))

describe('checking a folder', () => {
  const check = (folder: string, lastSeq = ENTRIES) =>
    checkFolder({ folder, projectId: PROJECT, lastSeq }, help)

  it('counts what it has read, and finds nothing in a sound one', async () => {
    const before = await bytesOf(whole)
    expect(await check(whole)).toEqual({
      journalFiles: 5,
      entries: ENTRIES,
      packs: 1,
      blobs: 3,
      bytes: expect.any(Number),
      tornBytes: 0,
      journal: null,
      damagedBlobs: [],
      missingBlobs: [],
      snapshots: 3,
      damagedSnapshots: [],
    })
    expect(await bytesOf(whole)).toEqual(before)
  })

  it('finds every single byte that is another one, wherever it stands in journal and snapshots', async () => {
    const folder = await copyOf(whole)
    for (const { path, bytes } of await filesIn(folder)) {
      if (!/journal|snapshots/.test(path)) continue
      for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 23))) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ 0x10
        await writeFile(path, changed)
        const report = await check(folder)
        const isSeen = report.journal !== null || report.damagedSnapshots.length > 0
        // Torn bytes were there before, and were never part of the journal.
        const isTorn = isTornPlace(path, at)
        expect([path, at, isSeen]).toEqual([path, at, !isTorn])
      }
      await writeFile(path, bytes)
    }
    expect((await check(folder)).journal).toBeNull()
  }, 60_000)

  it('names the texts whose bytes are damaged and those that are gone', async () => {
    const folder = await copyOf(whole)
    const pack = join(folder, 'blobs/000001.pack')
    const bytes = await readFile(pack)
    const spans = scanFrames(bytes).frames
    bytes[spans[0]!.end - 1]! ^= 1
    bytes[spans[1]!.start + 2]! ^= 1
    await writeFile(pack, bytes)
    const report = await check(folder)
    expect(report.damagedBlobs).toEqual([texts[0]])
    expect(report.missingBlobs).toEqual([texts[1]])
    expect(report.journal).toBeNull()
  })

  it('is content once a damaged text was stored again', async () => {
    const folder = await copyOf(whole)
    const pack = join(folder, 'blobs/000001.pack')
    const bytes = await readFile(pack)
    bytes[scanFrames(bytes).frames[0]!.end - 1]! ^= 1
    await writeFile(pack, bytes)
    const blobs = await openBlobs(join(folder, 'blobs'))
    await blobs.put([textOf(0)])
    await blobs.close()
    expect((await check(folder)).damagedBlobs).toEqual([])
  })

  it('minds no blob that no entry names', async () => {
    const folder = await copyOf(whole)
    const blobs = await openBlobs(join(folder, 'blobs'))
    await blobs.put([Buffer.from('an import that broke off')])
    await blobs.close()
    const pack = join(folder, 'blobs/000001.pack')
    const bytes = await readFile(pack)
    bytes[bytes.length - 1]! ^= 1
    await writeFile(pack, bytes)
    expect(await check(folder)).toMatchObject({ damagedBlobs: [], missingBlobs: [], blobs: 4 })
  })

  it('sees that a journal ends too early, be it from the writer or from a snapshot', async () => {
    const folder = await copyOf(whole)
    await rm(join(folder, 'journal/000005.log'))
    await rm(join(folder, 'journal/000004.log'))
    const entries = lastSeqBefore('000004.log')
    const short = { entries, journal: { file: '000003.log', what: 'short' } }
    expect(await check(folder)).toMatchObject(short)
    expect(await check(folder, 0)).toMatchObject(short)
    await rm(join(folder, 'snapshots'), { recursive: true })
    expect(await check(folder, 0)).toMatchObject({ journal: null })
  })

  it('says so when the journal is missing', async () => {
    const folder = await copyOf(whole)
    await rm(join(folder, 'journal'), { recursive: true })
    expect(await check(folder)).toMatchObject({ journal: { what: 'missing' } })
  })

  it('passes over a torn end', async () => {
    const folder = await copyOf(whole)
    await appendFile(join(folder, 'journal/000005.log'), 'CDCLgarbage')
    await appendFile(join(folder, 'blobs/000001.pack'), 'CDCLgarbage')
    expect(await check(folder)).toMatchObject({ journal: null, tornBytes: 11, missingBlobs: [] })
  })

  it('stops when it is not wanted any more', async () => {
    const controller = new AbortController()
    const progress = (phase: string) => {
      if (phase === 'blobs') controller.abort()
    }
    const work = checkFolder(
      { folder: whole, projectId: PROJECT, lastSeq: 0 },
      { progress, signal: controller.signal },
    )
    await expect(work).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('reads from the disk what an open project remembers differently', async () => {
    const { host, home } = await desktopDoor(await freshFolder())
    const place = (await host.about()).home.token
    const { id } = await host.createProject({ name: 'Study', coderName: 'Me', place })
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    for (const name of ['a', 'b', 'c']) {
      const after = codeOf(`code-${name}`)
      const changes: Change[] = [{ table: 'codes', id: after.id, before: null, after }]
      await host.append(session, editOf('addCode', changes))
    }
    const run = async () => {
      const task = await host.startTask({ kind: 'check-folder', session })
      return endOf(host, task)
    }
    expect(await run()).toMatchObject({ is: 'done', result: { entries: 4, journal: null } })
    const log = join(home, 'Study/journal/000001.log')
    const bytes = await readFile(log)
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    await writeFile(log, bytes)
    expect(await run()).toMatchObject({
      is: 'done',
      result: { journal: { file: '000001.log', what: 'frame' } },
    })
  })
})

describe('rescuing a folder', () => {
  const kinds = ['flip', 'cut out', 'zeroed file', 'missing file', 'many flips'] as const

  describe.each([
    ['with snapshots', true],
    ['without snapshots', false],
  ])('%s', (_, hasSnapshots) => {
    it.each(kinds)(
      'recovers what is left, and no row that never was: %s',
      async kind => {
        const random = randomFrom(kind.length + Number(hasSnapshots))
        for (let round = 0; round < 12; round++) {
          const folder = await copyOf(whole)
          if (!hasSnapshots) await rm(join(folder, 'snapshots'), { recursive: true })
          const lost = await damage(folder, kind, random)
          await expectRescued(folder, lost, hasSnapshots ? SNAPSHOTS : [])
        }
      },
      60_000,
    )

    it('recovers what is left when all is missing', async () => {
      const folder = await copyOf(whole)
      await rm(join(folder, 'journal'), { recursive: true })
      if (!hasSnapshots) {
        await rm(join(folder, 'snapshots'), { recursive: true })
        const to = join(await freshFolder(), 'new')
        await expect(rescue(folder, to)).rejects.toMatchObject({ reason: 'journal-missing' })
        await expect(readdir(to)).rejects.toThrow()
        return
      }
      await expectRescued(folder, frames, SNAPSHOTS)
    })
  })

  it('goes by an older snapshot when the last one is damaged, and by none that is not ours', async () => {
    const folder = await copyOf(whole)
    const lost = await damage(folder, 'zeroed file', () => 0)
    const last = snapshotPath(folder, { name: '00000170', isPinned: false })
    const bytes = await readFile(last)
    bytes[40]! ^= 1
    await writeFile(last, bytes)
    await expectRescued(folder, lost, [60, 120])

    const other = await copyOf(whole)
    const lostThere = await damage(other, 'zeroed file', () => 0)
    const { report } = await rescue(other, join(await freshFolder(), 'new'), 'another project')
      .then(report => ({ report, error: null }))
      .catch((error: unknown) => ({ report: null, error }))
    expect([report, lostThere.length > 0]).toEqual([null, true])
  })

  it('leaves out an entry that the disk had refused, even where the file that says so is damaged', async () => {
    const folder = await freshFolder()
    await makeProject(folder, 20)
    const log = join(folder, 'journal/000001.log')
    const before = await entriesOf(folder, PROJECT)
    const last = before.at(-1)!
    const given = codeOf('given-up')
    const prev = createHash('sha256')
      .update((await lastFrame(log)).bytes)
      .digest('hex')
    const journal = await openJournal(join(folder, 'journal'), PROJECT)
    // The frame comes whole onto the disk behind the writer's back, as when a flush fails.
    const { file } = await lastFrame(log)
    const refused = {
      ...editOf('addCode', [{ table: 'codes', id: given.id, before: null, after: given }]),
      seq: last.seq + 1,
      prev,
    }
    await journal.close()
    await appendFile(file, frameOf(Buffer.from(JSON.stringify(refused))))
    expect((await entriesOf(folder, PROJECT)).length).toBe(21)

    // The next file says that it does not count, and goes on with another entry of that number.
    const head = {
      codicil: 'journal',
      format: 1,
      project: PROJECT,
      after: last.seq,
      prev,
      continues: { file: '000001.log', bytes: (await lastFrame(log, 2)).end },
    }
    const headFrame = frameOf(Buffer.from(JSON.stringify(head)))
    const kept = codeOf('kept')
    const entry = {
      ...editOf('addCode', [{ table: 'codes', id: kept.id, before: null, after: kept }]),
      seq: last.seq + 1,
      prev: createHash('sha256').update(headFrame).digest('hex'),
    }
    const entryFrame = frameOf(Buffer.from(JSON.stringify(entry)))
    const second = join(folder, 'journal/000002.log')
    await writeFile(second, Buffer.concat([headFrame, entryFrame]))
    expect((await entriesOf(folder, PROJECT)).length).toBe(21)

    for (const isHeadDamaged of [false, true]) {
      const bytes = Buffer.concat([headFrame, entryFrame])
      if (isHeadDamaged) bytes[20]! ^= 1
      await writeFile(second, bytes)
      const to = join(await freshFolder(), 'new')
      const report = await rescue(folder, to)
      const codes = (await stateOf(to, 'new-id')).codes
      expect([codes.has(kept.id), codes.has(given.id)]).toEqual([true, false])
      expect(report).toMatchObject({ soundUntil: isHeadDamaged ? 20 : 21, lostEntries: 0 })
    }
  })

  it('makes a sound folder whose texts are all there, and says which are not', async () => {
    const folder = await copyOf(whole)
    await damage(folder, 'flip', () => 0.5)
    const pack = join(folder, 'blobs/000001.pack')
    const bytes = await readFile(pack)
    bytes[scanFrames(bytes).frames[2]!.end - 1]! ^= 1
    await writeFile(pack, bytes)
    const to = join(await freshFolder(), 'new')
    expect(await rescue(folder, to)).toMatchObject({ lostTexts: 1 })
    expect(await checkFolder({ folder: to, projectId: 'new-id', lastSeq: 0 }, help)).toMatchObject({
      journal: null,
      damagedBlobs: [texts[2]],
      missingBlobs: [],
    })
    const blobs = await openBlobs(join(to, 'blobs'))
    expect(await blobs.get([texts[0]!])).toEqual([new Uint8Array(textOf(0))])
    await blobs.close()
  })

  it('adds a project beside the damaged one, ready to be opened, and touches nothing else', async () => {
    const { host, home } = await desktopDoor(await freshFolder())
    const place = (await host.about()).home.token
    const { id, coderId } = await host.createProject({ name: 'Study', coderName: 'Me', place })
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    const codes = ['a', 'b', 'c'].map(name => codeOf(`code-${name}`))
    for (const after of codes) {
      const changes: Change[] = [{ table: 'codes', id: after.id, before: null, after }]
      await host.append(session, editOf('addCode', changes))
    }
    await host.closeProject(session)
    const log = join(home, 'Study/journal/000001.log')
    const bytes = await readFile(log)
    const spans = scanFrames(bytes).frames
    bytes[spans[3]!.start + 20]! ^= 1
    await writeFile(log, bytes)
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'journal-damaged',
    })

    const before = await bytesOf(join(home, 'Study'))
    const task = await host.startTask({ kind: 'rescue', project: id, suffix: '（找回）' })
    const state = await endOf(host, task)
    if (state.is !== 'done' || !('soundUntil' in state.result)) throw new Error(state.is)
    const { project: rescued, ...report } = state.result
    expect(report).toEqual({
      name: 'Study（找回）',
      counts: { reports: 0, codes: 2, coders: 1, annotations: 0 },
      soundUntil: 2,
      snapshotSeq: null,
      laterEntries: 1,
      partEntries: 0,
      lostEntries: 1,
      lostTexts: 0,
    })
    expect(await bytesOf(join(home, 'Study'))).toEqual(before)
    expect((await readdir(home)).filter(name => !name.startsWith('.')).sort()).toEqual([
      'Study',
      'Study（找回）',
    ])
    const listed = (await host.listProjects()).find(each => each.id === rescued)
    expect(listed).toMatchObject({ name: 'Study（找回）', state: 'ready' })
    const opened = await host.openProject(rescued, { clientId: 'c', takeOver: false })
    expect(opened.coderId).toBe(coderId)
    const [entry] = await host.readJournal(opened.session, 1)
    expect(entry).toMatchObject({ kind: 'do', label: 'rescue', about: 'Study', coderId })
  })

  it('cuts no character of a long name in two', async () => {
    const { host } = await desktopDoor(await freshFolder())
    const place = (await host.about()).home.token
    const name = `a${'𠮷'.repeat((MAX_NAME_LENGTH - 1) >> 1)}`
    const { id } = await host.createProject({ name, coderName: 'Me', place })
    const wish = { kind: 'rescue', project: id, suffix: ' (recovered)' } as const
    const state = await endOf(host, await host.startTask(wish))
    if (state.is !== 'done' || !('soundUntil' in state.result)) throw new Error(state.is)
    expect(state.result.name.isWellFormed()).toBe(true)
    expect(state.result.name).toMatch(/ \(recovered\)$/)
  })

  it('leaves nothing when it is cut off', async () => {
    const { host, home } = await desktopDoor(await freshFolder())
    const place = (await host.about()).home.token
    const { id } = await host.createProject({ name: 'Study', coderName: 'Me', place })
    const task = await host.startTask({ kind: 'rescue', project: id, suffix: '' })
    await host.cancelTask(task)
    expect(await readdir(home)).toEqual(['Study'])
    expect(await host.taskState(task)).toEqual({ is: 'cancelled' })
  })
})

async function endOf(host: Host, task: TaskToken) {
  for (;;) {
    const state = await host.taskState(task)
    if (state.is !== 'running') return state
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Rescues a damaged copy and compares the result with what the surviving frames say. */
async function expectRescued(
  folder: string,
  lost: readonly Frame[],
  snapshots: readonly number[],
): Promise<void> {
  const before = await bytesOf(folder)
  const to = join(await freshFolder(), 'new')
  const expected = expectedFrom(lost, snapshots)
  const report = await rescue(folder, to)
  expect(report).toMatchObject(expected.report)
  const rows = [...rowsIn(await stateOf(to, 'new-id'))]
  expect(new Map(rows.map(({ table, row }) => [`${table}/${row.id}`, row]))).toEqual(expected.rows)
  const ever = new Set(entries.flatMap(changesOf).map(({ after }) => JSON.stringify(after)))
  for (const { row } of rows) expect(ever).toContain(JSON.stringify(row))
  expect(await bytesOf(folder)).toEqual(before)
}

/** What there must be, worked out from which frames were hit and not from what is on disk. */
function expectedFrom(lost: readonly Frame[], snapshots: readonly number[]) {
  const gone = new Set(lost.flatMap(({ seq }) => seq ?? []))
  const firstHit = frames.findIndex(frame => lost.includes(frame))
  const sound = firstHit < 0 ? frames : frames.slice(0, firstHit)
  const soundUntil = Math.max(0, ...sound.map(({ seq }) => seq ?? 0))
  const snapshotSeq = snapshots.filter(seq => seq > soundUntil).at(-1) ?? null
  const base = snapshotSeq ?? soundUntil
  const rows = new Map<string, object>()
  const put = ({ table, id, after }: Change) => {
    if (after) rows.set(`${table}/${id}`, after)
    else rows.delete(`${table}/${id}`)
  }
  for (const entry of entries.slice(0, base)) for (const change of changesOf(entry)) put(change)
  let reached = base
  let laterEntries = 0
  let partEntries = 0
  let lostEntries = 0
  const known = Math.max(
    ...snapshots,
    ...frames.flatMap(frame => (lost.includes(frame) ? [] : (frame.seq ?? afterOf(frame)))),
  )
  for (const entry of entries.slice(base, Math.max(base, known))) {
    if (gone.has(entry.seq)) {
      lostEntries++
      continue
    }
    const isNext = entry.seq === reached + 1
    if (isNext) reached++
    const refused = changesOf(entry).filter(change => {
      const row = rows.get(`${change.table}/${change.id}`) ?? null
      const isFitting = isNext || same(row, change.before) || same(row, change.after)
      if (isFitting) put(change)
      return !isFitting
    })
    if (refused.length === 0) laterEntries++
    else partEntries++
  }
  return { rows, report: { soundUntil, snapshotSeq, laterEntries, partEntries, lostEntries } }
}

function same(a: object | null, b: object | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Damages the journal of a folder somewhere; answers the frames that were hit. */
async function damage(
  folder: string,
  kind: 'flip' | 'cut out' | 'zeroed file' | 'missing file' | 'many flips',
  random: () => number,
): Promise<Frame[]> {
  const names = [...new Set(frames.map(({ file }) => file))]
  const name = names[Math.floor(random() * names.length)]!
  const path = join(folder, 'journal', name)
  const bytes = await readFile(path)
  const inFile = frames.filter(({ file }) => file === name)
  const overlapping = (from: number, to: number) =>
    inFile.filter(({ start, end }) => start < to && end > from)
  switch (kind) {
    case 'flip':
    case 'many flips': {
      const hit = new Set<Frame>()
      for (let i = 0; i < (kind === 'flip' ? 1 : 15); i++) {
        const at = Math.floor(random() * bytes.length)
        bytes[at]! ^= 1 << Math.floor(random() * 8)
        for (const frame of overlapping(at, at + 1)) {
          // The same bit twice is no damage at all.
          if (payloadIsWhole(bytes, frame)) hit.delete(frame)
          else hit.add(frame)
        }
      }
      await writeFile(path, bytes)
      return [...hit]
    }
    case 'cut out': {
      const from = Math.floor(random() * bytes.length)
      const to = Math.min(bytes.length, from + 1 + Math.floor(random() * 3000))
      await writeFile(path, Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]))
      return overlapping(from, to)
    }
    case 'zeroed file':
      await writeFile(path, Buffer.alloc(bytes.length))
      return inFile
    case 'missing file':
      await rm(path)
      return inFile
  }
}

function payloadIsWhole(bytes: Buffer, { start, end }: Frame): boolean {
  return scanFrames(bytes.subarray(start, end)).frames.length === 1
}

function rescue(from: string, to: string, projectId: string = PROJECT) {
  const named = { id: 'new-id', name: 'New', about: 'Old', at: 5, coderId: null }
  return rescueFolder({ from, to, projectId, ...named }, help)
}

async function stateOf(folder: string, id: string): Promise<ProjectState> {
  expect((await readManifest(folder)).id).toBe(id)
  const state = emptyState()
  for (const entry of await entriesOf(folder, id)) fold(state, entry)
  return state
}

/**
 * A folder with so many entries of every kind in four journal files, three texts, and torn
 * ends that were set aside.
 */
async function makeProject(folder: string, count = ENTRIES): Promise<Hash[]> {
  const random = randomFrom(7)
  const coder = { id: 'me' as CoderId, name: 'Me', createdAt: 1 }
  const addCoder: Change = { table: 'coders', id: coder.id, before: null, after: coder }
  const project = { id: PROJECT, name: 'Old', createdAt: 1 }
  await createProjectFolder(folder, project, editOf('addCoder', [addCoder]))
  const blobs = await openBlobs(join(folder, 'blobs'))
  const hashes = await blobs.put([0, 1, 2].map(textOf))
  await blobs.close()
  const state = emptyState()
  for (const entry of await entriesOf(folder, PROJECT)) fold(state, entry)
  let done: (NewEntry & { kind: 'do' }) | null = null
  while (state.seq < count) {
    // A new file begins behind each torn end.
    if (state.seq % 50 === 49) {
      const names = (await readdir(join(folder, 'journal'))).sort()
      await appendFile(join(folder, 'journal', names.at(-1)!), 'CDCL cut short')
    }
    const journal = await openJournal(join(folder, 'journal'), PROJECT)
    for (
      let until = Math.min(count, state.seq + 50 - ((state.seq + 1) % 50));
      state.seq < until;
    ) {
      const made: NewEntry = nextEntry(state, done, hashes, random)
      done = made.kind === 'do' ? { ...made, kind: 'do' } : null
      const seq = await journal.append(made)
      fold(state, { ...made, seq })
    }
    await journal.close()
  }
  return hashes
}

function nextEntry(
  state: ProjectState,
  done: (NewEntry & { kind: 'do' }) | null,
  hashes: readonly Hash[],
  random: () => number,
): NewEntry {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]
  const at = state.seq
  if (at === 5) {
    const reports = ['r1', 'r2', 'r3'].map(
      (name, i): Report => ({
        ...reportNamed(name),
        textHash: hashes[i]!,
        originalHash: hashes[i]!,
      }),
    )
    return {
      kind: 'import',
      batch: BATCH,
      reports,
      variables: [],
      values: [],
      at,
      coderId: 'me' as CoderId,
    }
  }
  const code = pick([...state.codes.values()])
  const report = pick([...state.reports.values()])
  const annotation = pick([...state.annotations.values()].flatMap(items => [...items.values()]))
  const dice = random()
  if (done && dice < 0.15) {
    return { ...done, kind: 'undo', of: state.seq, changes: invert(done.changes) }
  }
  if (!code || dice < 0.3) {
    const after = codeOf(`code-${at}`)
    return editOf('addCode', [{ table: 'codes', id: after.id, before: null, after }])
  }
  if (!report || dice < 0.5) {
    const after: Code = { ...code, name: `name ${at}` }
    return editOf('renameCode', [{ table: 'codes', id: code.id, before: code, after }])
  }
  if (annotation && dice < 0.6) {
    const { id } = annotation
    return editOf('removeCoding', [{ table: 'annotations', id, before: annotation, after: null }])
  }
  const after = {
    id: `annotation-${at}`,
    reportId: report.id,
    start: 0,
    end: 4,
    quote: 'Text',
    codeId: code.id as CodeId,
    coderId: 'me',
    memo: '',
    createdAt: at,
  } as Annotation
  return editOf('assignCode', [{ table: 'annotations', id: after.id, before: null, after }])
}

function editOf(
  label: 'addCode' | 'addCoder' | 'renameCode' | 'removeCoding' | 'assignCode',
  changes: readonly Change[],
): NewEntry & { kind: 'do' } {
  return { kind: 'do', of: null, label, about: '', changes, at: 0, coderId: 'me' as CoderId }
}

function changesOf(entry: JournalEntry): readonly Change[] {
  if (entry.kind !== 'import') return entry.changes
  return [
    { table: 'batches', id: entry.batch.id, before: null, after: entry.batch },
    ...entry.reports.map(
      after => ({ table: 'reports', id: after.id, before: null, after }) as const,
    ),
  ]
}

function textOf(i: number): Buffer {
  return Buffer.from(`Text number ${i}. `.repeat(20))
}

async function entriesOf(folder: string, id: string): Promise<JournalEntry[]> {
  const journal = await openJournal(join(folder, 'journal'), id)
  const entries: JournalEntry[] = []
  while (entries.length < journal.lastSeq) entries.push(...(await journal.read(entries.length + 1)))
  await journal.close()
  return entries
}

async function framesOf(folder: string): Promise<Frame[]> {
  const found: Frame[] = []
  for (const file of (await readdir(join(folder, 'journal'))).sort()) {
    const bytes = await readFile(join(folder, 'journal', file))
    for (const { start, end } of scanFrames(bytes).frames) {
      const value = JSON.parse(bytes.toString('utf8', start + FRAME_HEADER_BYTES, end))
      found.push({ file, start, end, seq: value.seq ?? null })
    }
  }
  return found
}

/** The entry after which a file's head says that it goes on. */
function afterOf(head: Frame): number {
  return Math.max(0, ...frames.slice(0, frames.indexOf(head)).map(({ seq }) => seq ?? 0))
}

function lastSeqBefore(file: string): number {
  return Math.max(...frames.filter(frame => frame.file < file).map(({ seq }) => seq ?? 0))
}

function isTornPlace(path: string, at: number): boolean {
  const inFile = frames.filter(({ file }) => path.endsWith(join('journal', file)))
  return inFile.length > 0 && inFile.every(({ end }) => end <= at)
}

/** The last frame of a file, or the one so many before it. */
async function lastFrame(file: string, fromEnd = 1) {
  const bytes = await readFile(file)
  const { start, end } = scanFrames(bytes).frames.at(-fromEnd)!
  return { file, end, bytes: bytes.subarray(start, end) }
}

async function copyOf(folder: string): Promise<string> {
  const copy = join(await freshFolder(), 'copy')
  await cp(folder, copy, { recursive: true })
  return copy
}

async function filesIn(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    names
      .filter(each => each.isFile())
      .map(async each => {
        const path = join(each.parentPath, each.name)
        return { path, bytes: await readFile(path) }
      }),
  )
}

/** Every file's content by a checksum, to see that nothing has changed. */
async function bytesOf(folder: string): Promise<Record<string, string>> {
  const files = await filesIn(folder)
  return Object.fromEntries(
    files.map(({ path, bytes }) => [path, createHash('sha256').update(bytes).digest('hex')]).sort(),
  )
}
