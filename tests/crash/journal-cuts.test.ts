import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createJournal, openJournal } from '../../electron/host/journal'
import { HostError } from '../../shared/host'
import { scanFrames } from '../../shared/journal/frame'
import { adding } from '../support/entries'

// A journal of two hundred frames, cut short anywhere or with any byte changed, and gone on with
// twice. With CODICIL_ROUNDS of 500 and more every place is tried, else every place of the
// first and last frames and every so many bytes between.

const IS_THOROUGH = Number(process.env.CODICIL_ROUNDS ?? 30) >= 500
const ENTRIES = 200
const PROJECT = 'p1'
/** Prime, so that all places in a frame have their turn. */
const STRIDE = 251

interface Whole {
  readonly bytes: Buffer
  readonly names: readonly string[]
  /** Where each frame ends; the first is the file's head. */
  readonly ends: readonly number[]
  readonly places: readonly number[]
}

/** A folder in memory where there is such a place: thousands of flushes are not the point here. */
async function freshFolder(): Promise<string> {
  const memory = '/dev/shm'
  const folder = await mkdtemp(join(existsSync(memory) ? memory : tmpdir(), 'codicil-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function wholeJournal(): Promise<Whole> {
  const folder = join(await freshFolder(), 'journal')
  await mkdir(folder)
  await createJournal(folder, PROJECT)
  const journal = await openJournal(folder, PROJECT)
  const names = Array.from({ length: ENTRIES }, (_, i) => `entry-${i + 1}`)
  for (const name of names) await journal.append(adding(name))
  await journal.close()
  const bytes = await readFile(join(folder, '000001.log'))
  const ends = scanFrames(bytes).frames.map(({ end }) => end)
  const all = Array.from({ length: bytes.length }, (_, i) => i)
  const near = (i: number) => i < ends[1]! || i > ends[ends.length - 2]!
  const isEnd = new Set(ends.flatMap(end => [end - 1, end, end + 16]))
  const places = all.filter(i => IS_THOROUGH || near(i) || isEnd.has(i) || i % STRIDE === 0)
  return { bytes, names, ends, places }
}

it(
  'of 200 frames, cut at any byte, holds exactly the whole ones before, and goes on after it twice',
  async () => {
    const { bytes, names, ends, places } = await wholeJournal()
    const folder = await freshFolder()
    for (const length of places) {
      const cut = bytes.subarray(0, length)
      await only(folder, cut)
      const whole = ends.filter(end => end <= length).length - 1
      if (whole < 0) {
        await expect(openJournal(folder, PROJECT)).rejects.toMatchObject({
          reason: 'journal-missing',
        })
        continue
      }
      const expected = names.slice(0, whole)
      for (const name of ['x', 'y']) {
        const journal = await openJournal(folder, PROJECT)
        expect(await namesIn(journal)).toEqual(expected)
        await journal.append(adding(name))
        expected.push(name)
        await journal.close()
      }
      const last = await openJournal(folder, PROJECT)
      expect(await namesIn(last)).toEqual(expected)
      await last.close()
      expect((await readFile(join(folder, '000001.log'))).subarray(0, length).equals(cut)).toBe(
        true,
      )
    }
    console.log(`cuts: ${places.length} of ${bytes.length} places`)
  },
  IS_THOROUGH ? 3_600_000 : 120_000,
)

it(
  'of 200 frames, with any byte changed, is refused or ends before the last one, and is left as it is',
  async () => {
    const { bytes, names, ends, places } = await wholeJournal()
    const folder = await freshFolder()
    const path = join(folder, '000001.log')
    for (const at of places) {
      const changed = Buffer.from(bytes)
      changed[at]! ^= 0x40
      await only(folder, changed)
      const opened = await openJournal(folder, PROJECT).catch((error: unknown) => error)
      const digest = hashOf(changed)
      if (at < ends[ends.length - 2]!) {
        expect(opened).toMatchObject({ reason: 'journal-damaged' })
      } else if (opened instanceof Error) {
        expect(opened).toBeInstanceOf(HostError)
      } else {
        const journal = opened as Awaited<ReturnType<typeof openJournal>>
        const expected = names.slice(0, -1)
        expect(await namesIn(journal)).toEqual(expected)
        await journal.append(adding('x'))
        await journal.close()
        const again = await openJournal(folder, PROJECT)
        expect(await namesIn(again)).toEqual([...expected, 'x'])
        await again.close()
      }
      expect(hashOf(await readFile(path))).toBe(digest)
    }
    console.log(`changed bytes: ${places.length} of ${bytes.length} places`)
  },
  IS_THOROUGH ? 3_600_000 : 120_000,
)

/** Makes `bytes` the only file of a journal. */
async function only(folder: string, bytes: Buffer): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name))
  await writeFile(join(folder, '000001.log'), bytes)
}

async function namesIn(journal: Awaited<ReturnType<typeof openJournal>>): Promise<string[]> {
  const entries = await journal.read(1)
  return entries.map(entry => (entry.kind === 'import' ? '' : entry.about))
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
