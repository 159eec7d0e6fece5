import { cp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readJournalFiles } from '../../electron/host/journal-files'
import {
  findSnapshots,
  openSnapshot,
  readSnapshot,
  readSnapshotHead,
  type SnapshotWish,
  writeSnapshot,
} from '../../electron/host/snapshots'
import { rowsIn, type TableRow } from '../../shared/journal/rows'
import { emptyState, fold } from '../../shared/journal/state'
import { annotationAt } from '../support/annotations'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { assigning, PROJECT, studyFolder } from '../support/keeping'

const help = { progress: () => {}, signal: new AbortController().signal }

it('holds just the rows that the project had after that entry', async () => {
  const folder = await studyFolder([adding('later')])
  for (const seq of [1, 2, 5, 6]) {
    const snapshot = await writeSnapshot(wishFor(folder, seq), help)
    const { head, rows } = await readSnapshot(folder, snapshot.name)
    expect(rows).toEqual(await rowsAfter(folder, seq))
    expect(head).toMatchObject({ seq, project: PROJECT, name: '研究', counts: snapshot.counts })
  }
  const { snapshots, damaged } = await findSnapshots(folder, PROJECT)
  expect(snapshots.map(({ name }) => name)).toEqual([
    '00000006',
    '00000005',
    '00000002',
    '00000001',
  ])
  expect(snapshots[1]).toMatchObject({
    seq: 5,
    at: 7,
    reason: 'by-hand',
    isPinned: false,
    counts: {
      reports: 1,
      codes: 2,
      coders: 0,
      annotations: 2,
      variables: 0,
      values: 0,
      corrections: 0,
      sets: 0,
    },
  })
  expect(damaged).toEqual([])
})

it('names the journal frame that it stands for', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 3), help)
  const journal = await readJournalFiles(join(folder, 'journal'), PROJECT)
  expect((await readSnapshotHead(folder, '00000003')).prev).toBe(await journal.hashAt(3))
})

it('is the same bytes for the same state', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 4), help)
  const first = await readFile(join(folder, 'snapshots/00000004.json.gz'))
  await rm(join(folder, 'snapshots'), { recursive: true })
  await writeSnapshot(wishFor(folder, 4), help)
  expect(await readFile(join(folder, 'snapshots/00000004.json.gz'))).toEqual(first)
})

it('refuses a state that the journal does not reach, and leaves no file', async () => {
  const folder = await studyFolder()
  await expect(writeSnapshot(wishFor(folder, 9), help)).rejects.toMatchObject({
    reason: 'vanished',
  })
  expect(await readdir(folder)).not.toContain('snapshots')
})

it('is not taken of a damaged journal', async () => {
  const folder = await studyFolder()
  const log = join(folder, 'journal/000001.log')
  const bytes = await readFile(log)
  bytes[400]! ^= 1
  await writeFile(log, bytes)
  await expect(writeSnapshot(wishFor(folder, 2), help)).rejects.toMatchObject({
    reason: 'journal-damaged',
  })
})

it('cut at any byte or with any byte changed, is refused or reads exactly as it was', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 5), help)
  const whole = await readFile(join(folder, 'snapshots/00000005.json.gz'))
  const right = await readSnapshot(folder, '00000005')
  const path = join(folder, 'snapshots/00000005.json.gz')
  const refused = async (bytes: Buffer) => {
    await writeFile(path, bytes)
    return readSnapshot(folder, '00000005').then(
      read => {
        expect(read).toEqual(right)
        return false
      },
      (error: unknown) => {
        expect(error).toMatchObject({ reason: 'snapshot-damaged' })
        return true
      },
    )
  }
  for (let length = 0; length < whole.length; length++) {
    expect(await refused(whole.subarray(0, length))).toBe(true)
  }
  expect(await refused(Buffer.concat([whole, Buffer.from([0])]))).toBe(true)
  expect(await refused(Buffer.concat([whole, whole]))).toBe(true)
  for (const mask of [0x01, 0xff]) {
    for (let at = 0; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= mask
      // Single bits that stand in no code of the packing may change: the content is the same.
      const isRefused = await refused(bytes)
      if (mask === 0xff) expect([at, isRefused]).toEqual([at, true])
    }
  }
}, 120_000)

it('with a byte of its content changed, is refused', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 5), help)
  const path = join(folder, 'snapshots/00000005.json.gz')
  const content = gunzipSync(await readFile(path))
  for (let at = 0; at < content.length; at += 3) {
    const changed = Buffer.from(content)
    changed[at]! ^= 1
    await writeFile(path, packed(changed))
    await expect(readSnapshot(folder, '00000005')).rejects.toMatchObject({
      reason: 'snapshot-damaged',
    })
  }
})

it('of a later version or another entry is refused by name', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 5), help)
  const path = join(folder, 'snapshots/00000005.json.gz')
  await rename(path, join(folder, 'snapshots/00000006.json.gz'))
  await expect(readSnapshot(folder, '00000006')).rejects.toMatchObject({
    reason: 'snapshot-damaged',
  })
  await expect(readSnapshot(folder, '00000005')).rejects.toMatchObject({
    reason: 'snapshot-missing',
  })
  const head = { codicil: 'snapshot', format: 3, more: 'unknown' }
  await writeFile(path, packed(Buffer.from(`${JSON.stringify(head)}\n`)))
  await expect(readSnapshotHead(folder, '00000005')).rejects.toMatchObject({
    reason: 'newer-version',
    details: { format: 3 },
  })
})

it('of another project, or unreadable, is listed as damaged', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 4), help)
  await writeSnapshot(wishFor(folder, 5), help)
  await writeFile(join(folder, 'snapshots/00000005.json.gz'), 'no gzip')
  await writeFile(join(folder, 'snapshots/notes.txt'), 'not ours')
  expect(await findSnapshots(folder, PROJECT)).toMatchObject({
    snapshots: [{ seq: 4 }],
    damaged: ['00000005.json.gz'],
  })
  expect((await findSnapshots(folder, 'other')).damaged).toHaveLength(2)
  expect(await findSnapshots(await freshFolder(), PROJECT)).toEqual({ snapshots: [], damaged: [] })
})

it('unpacks to a limit, however little there is to unpack', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 5), help)
  const path = join(folder, 'snapshots/00000005.json.gz')
  await writeFile(path, packed(Buffer.alloc(80 * 1024 * 1024)))
  await expect(readSnapshotHead(folder, '00000005')).rejects.toMatchObject({
    reason: 'snapshot-damaged',
  })
})

it('answers its rows in parts that follow one another', async () => {
  const changes = Array.from({ length: 60 }, (_, i) => {
    const after = { ...annotationAt('x', 0, 1, { id: `a${i}` }), memo: '长'.repeat(60_000) }
    return { table: 'annotations', id: after.id, before: null, after } as const
  })
  const bulk = { ...assigning(0, 1), changes } as ReturnType<typeof assigning>
  const folder = await studyFolder([bulk])
  await writeSnapshot(wishFor(folder, 6), help)
  const file = await openSnapshot(folder, '00000006')
  const rows: TableRow[] = []
  let parts = 0
  for (let from: number | null = 0; from !== null; parts++) {
    const part = file.part(from)
    expect(part.rows.length).toBeGreaterThan(0)
    rows.push(...part.rows)
    from = part.next
  }
  expect(parts).toBeGreaterThan(2)
  expect(rows).toEqual(await rowsAfter(folder, 6))
  for (const from of [1, 5, 10 ** 9]) {
    expect(() => file.part(from)).toThrow(expect.objectContaining({ reason: 'invalid-call' }))
  }
})

it('takes away what a crash has left, but not what another process may be writing', async () => {
  const folder = await studyFolder()
  await writeSnapshot(wishFor(folder, 4), help)
  const old = join(folder, 'snapshots/00000003.json.gz.1.2.new')
  await writeFile(old, 'half')
  await utimes(old, 0, 0)
  await writeFile(join(folder, 'snapshots/00000002.json.gz.1.2.new'), 'half')
  await writeSnapshot(wishFor(folder, 5), help)
  expect((await readdir(join(folder, 'snapshots'))).sort()).toEqual([
    '00000002.json.gz.1.2.new',
    '00000004.json.gz',
    '00000005.json.gz',
  ])
})

it('leaves nothing when it is cut off, and may be taken of a copy that is being written to', async () => {
  const folder = await studyFolder()
  const cut = new AbortController()
  const progress = (phase: string) => {
    if (phase === 'writing-snapshot') cut.abort(new Error('cut off'))
  }
  const wish = wishFor(folder, 5)
  await expect(writeSnapshot(wish, { progress, signal: cut.signal })).rejects.toThrow(
    /cut off|aborted/,
  )
  expect(await readdir(join(folder, 'snapshots'))).toEqual([])
  const copy = join(await freshFolder(), 'copy')
  await cp(folder, copy, { recursive: true })
  const log = join(copy, 'journal/000001.log')
  await writeFile(log, (await readFile(log)).subarray(0, -7))
  expect(await writeSnapshot(wishFor(copy, 4), help)).toMatchObject({ seq: 4 })
})

function wishFor(folder: string, seq: number): SnapshotWish {
  return { folder, seq, at: 7, reason: 'by-hand' }
}

async function rowsAfter(folder: string, seq: number): Promise<TableRow[]> {
  const state = emptyState()
  await readJournalFiles(join(folder, 'journal'), PROJECT, entry => {
    if (entry.seq <= seq) fold(state, entry)
  })
  return [...rowsIn(state)]
}

/** Packed as snapshots are, with whatever content. */
function packed(content: Buffer): Buffer {
  const bytes = gzipSync(content)
  bytes[8] = 0
  bytes[9] = 255
  return bytes
}
