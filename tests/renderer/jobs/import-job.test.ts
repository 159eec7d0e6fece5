import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { allReports, textOf } from '../../../renderer/data/reports'
import {
  type FileBytes,
  type ImportProgress,
  importFiles,
  titleOf,
} from '../../../renderer/jobs/import-job'
import type { CoderId, ProjectId } from '../../../shared/domain/id'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import { MAX_FILE_BYTES } from '../../../shared/extract/text-file'
import { HostError, type SessionToken } from '../../../shared/host'
import { encodeAs } from '../../support/encode'
import { file, folder, freshDb, vanished } from '../../support/import'

const REPORT =
  '各县\uff08市、区\uff09人民政府\uff0c市政府各部门\uff1a\r\n现将有关情况通报如下\uff0c请认真贯彻执行。\r\n'

/** A project to import into, with a clock that stands still unless it is moved. */
async function world() {
  const db = await freshDb()
  const kept = folder()
  const clock = { at: 1_700_000_000_000 }
  const told: ImportProgress[] = []
  const isCancelled = { value: false }
  const importing = (
    files: readonly FileBytes[],
    options: { encoding?: EncodingLabel; host?: typeof kept.host } = {},
  ) =>
    importFiles(
      {
        kind: 'import',
        projectId: 'p' as ProjectId,
        session: 's' as SessionToken,
        coderId: 'c' as CoderId,
        files: files.map(each => ({
          file: each,
          path: `folder/${each.name}`,
          encoding: options.encoding ?? null,
        })),
      },
      {
        db,
        host: options.host ?? kept.host,
        now: () => clock.at,
        random: () => 0.5,
      },
      {
        progress: progress => told.push(progress),
        isCancelled: () => isCancelled.value,
        alone: action => action(),
      },
    )
  return { db, ...kept, clock, told, isCancelled, importing }
}

it('keeps the canonical text, the original bytes and where they came from', async () => {
  const { db, blobs, importing } = await world()
  const bytes = encodeAs(REPORT, 'gb18030')
  await importing([file('云岭市 2023.txt', bytes)])
  const [report] = await allReports(db)
  const text = REPORT.replaceAll('\r\n', '\n')
  expect(report).toMatchObject({
    title: '云岭市 2023',
    fileName: '云岭市 2023.txt',
    encoding: 'gb18030',
    length: text.length,
    chars: text.length,
    addedAt: 1_700_000_000_000,
  })
  expect(await textOf(db, report!.textHash)).toBe(text)
  expect(new TextDecoder().decode(blobs.get(report!.textHash))).toBe(text)
  expect(Buffer.from(blobs.get(report!.originalHash)!)).toEqual(Buffer.from(bytes))
})

it('stores a file once when its bytes are those of its text', async () => {
  const { db, blobs, importing } = await world()
  await importing([file('a.txt', '云岭市')])
  const [report] = await allReports(db)
  expect(report!.originalHash).toBe(report!.textHash)
  expect(blobs.size).toBe(1)
})

it('writes one journal entry, and none when nothing new came in', async () => {
  const { entries, importing } = await world()
  const first = await importing([file('a.txt', '甲'), file('b.txt', '乙'), file('c.txt', '甲')])
  expect(first).toMatchObject({ imported: 2, known: 1, problems: [], cancelled: false })
  expect(entries).toMatchObject([
    {
      kind: 'import',
      coderId: 'c',
      batch: { imported: 2, known: 1, refused: 0, cancelled: false },
    },
  ])
  const again = await importing([file('d.txt', '乙'), file('e.txt', '')])
  expect(again).toMatchObject({ imported: 0, known: 1 })
  expect(entries).toHaveLength(1)
})

it('turns every bad file into a line and imports the rest', async () => {
  const { importing } = await world()
  const large = { ...vanished('large.txt'), size: MAX_FILE_BYTES + 1 }
  const result = await importing([
    vanished('gone.txt'),
    file('good.txt', '甲'),
    file('scan.pdf', '%PDF-1.7\n'),
    large,
  ])
  expect(result.imported).toBe(1)
  expect(result.problems).toEqual([
    { path: 'folder/gone.txt', problem: 'unreadable', details: {} },
    {
      path: 'folder/large.txt',
      problem: 'too-large',
      details: { size: MAX_FILE_BYTES + 1, limit: MAX_FILE_BYTES },
    },
    { path: 'folder/scan.pdf', problem: 'binary', details: { kind: 'pdf' } },
  ])
})

it('reads a file in the encoding that was chosen and notes the damage', async () => {
  const { db, importing } = await world()
  const bytes = new Uint8Array([...encodeAs(REPORT, 'utf-8'), 0xff])
  expect((await importing([file('a.txt', bytes)])).problems).toMatchObject([
    { problem: 'broken-characters' },
  ])
  const { notes } = await importing([file('a.txt', bytes)], { encoding: 'utf-8' })
  expect(notes).toEqual([{ path: 'folder/a.txt', note: 'replaced' }])
  const [report] = await allReports(db)
  expect(await textOf(db, report!.textHash)).toMatch(/\ufffd$/)
})

it('leaves nothing to be seen when the disk refuses, and can be repeated', async () => {
  const { db, host, entries, importing } = await world()
  const full = { ...host, append: () => Promise.reject(new HostError('disk-full')) }
  await expect(importing([file('a.txt', '甲')], { host: full })).rejects.toThrow('disk-full')
  expect(await allReports(db)).toEqual([])
  const noRoom = { ...host, putBlobs: () => Promise.reject(new HostError('disk-full')) }
  const many = Array.from({ length: 350 }, (_, i) => file(`${i}.txt`, `报告${i}`))
  await expect(importing(many, { host: noRoom })).rejects.toThrow('disk-full')
  expect(entries).toEqual([])
  expect(await importing([file('a.txt', '甲')])).toMatchObject({ imported: 1 })
})

it('keeps what is in when it is cancelled, and skips it the next time', async () => {
  const { db, host, entries, isCancelled, importing } = await world()
  const many = Array.from({ length: 250 }, (_, i) => file(`${i}.txt`, `报告${i}`))
  const putBlobs: typeof host.putBlobs = (session, blobs) => {
    // The first call only says that writing begins.
    if (blobs.length > 0) isCancelled.value = true
    return host.putBlobs(session, blobs)
  }
  const stopped = await importing(many, { host: { ...host, putBlobs } })
  expect(stopped.cancelled).toBe(true)
  expect(stopped.imported).toBeGreaterThanOrEqual(100)
  expect(stopped.imported).toBeLessThan(250)
  expect(await db.reports.count()).toBe(stopped.imported)
  isCancelled.value = false
  const rest = await importing(many)
  expect(rest).toMatchObject({ imported: 250 - stopped.imported, known: stopped.imported })
  expect(entries).toHaveLength(2)
})

it('saves what is in the journal when the working copy cannot take it', async () => {
  const { host, importing } = await world()
  const ahead = { ...host, append: async () => ({ seq: 7 }) }
  const result = await importing([file('a.txt', '甲')], { host: ahead })
  expect(result).toMatchObject({ imported: 1, copyFailed: true })
})

it('reports progress at most ten times a second, and always the end', async () => {
  const { told, importing } = await world()
  await importing(Array.from({ length: 350 }, (_, i) => file(`${i}.txt`, `${i}`)))
  expect(told.map(({ done, total }) => [done, total])).toEqual([
    [100, 350],
    [350, 350],
  ])
  expect(told[1]).toMatchObject({ bytes: told[1]!.bytesTotal })
})

it('gives ids in the order of file names, numbers by their value', async () => {
  const { db, importing } = await world()
  await importing(['10.txt', '9.txt', '乙.txt', '1.txt'].map(name => file(name, name)))
  const reports = await db.reports.orderBy('id').toArray()
  expect(reports.map(({ fileName }) => fileName)).toEqual(['1.txt', '9.txt', '10.txt', '乙.txt'])
})

it('takes the file name without its ending for a title', () => {
  expect(titleOf('云岭市 2023 年报告.txt')).toBe('云岭市 2023 年报告')
  expect(titleOf('报告 v2.0')).toBe('报告 v2.0')
  expect(titleOf('报告')).toBe('报告')
  expect(titleOf('.txt')).toBe('.txt')
})

it('stores bytes that decode to the text, whatever the file says', async () => {
  const { db, blobs, importing } = await world()
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom<EncodingLabel>('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'),
      async (text, encoding) => {
        await importing([file('a.txt', encodeAs(text, encoding))], { encoding })
        for (const report of await db.reports.toArray()) {
          const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
          const stored = decoder.decode(blobs.get(report.textHash))
          expect(await textOf(db, report.textHash)).toBe(stored)
          expect(stored.length).toBe(report.length)
          expect([...stored].length).toBe(report.chars)
          expect(blobs.has(report.originalHash)).toBe(true)
        }
        await db.reports.clear()
      },
    ),
    { numRuns: 60 },
  )
})
