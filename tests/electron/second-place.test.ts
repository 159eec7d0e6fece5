import { copyFileSync } from 'node:fs'
import {
  appendFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { openKeeper, readManifest } from '../../electron/host/keeper'
import { mirrorFolder, prepareMirror } from '../../electron/host/second-place'
import { writeSnapshot } from '../../electron/host/snapshots'
import type { WorkHelp } from '../../electron/host/works'
import type { Hash } from '../../shared/domain/id'
import type { NewEntry } from '../../shared/journal/history'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { everythingIn, importing, PROJECT, studyFolder } from '../support/keeping'

const help: WorkHelp = { progress: () => {}, signal: new AbortController().signal }
const LOG = 'journal/000001.log'
const PACK = 'blobs/000001.pack'

it('makes a folder that opens as the project, with every entry and text', async () => {
  const { folder, target, mirror } = await mirrored()
  await writeSnapshot({ folder, seq: 3, at: 1, reason: 'by-hand' }, help)
  expect(await mirror()).toEqual({ seq: 5 })
  expect(await readManifest(target)).toEqual(await readManifest(folder))
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  expect(await readdir(join(target, 'snapshots'))).toEqual(['00000003.json.gz'])
  expect(basename(target)).toBe('Study (Codicil backup)')
})

it('adds what is new to the ends of the files, and writes to nothing else', async () => {
  const { folder, target, mirror } = await mirrored()
  await mirror()
  const before = await stat(join(target, LOG))
  const pack = await stat(join(target, PACK))
  await append(folder, adding('new'))
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  const after = await stat(join(target, LOG))
  expect([after.ino, after.size > before.size]).toEqual([before.ino, true])
  expect((await stat(join(target, PACK))).mtimeMs).toBe(pack.mtimeMs)
  const unchanged = await everythingIn(target)
  await mirror()
  expect(await everythingIn(target)).toEqual(unchanged)
})

it('cut off at any step, is no project or an earlier state with all its texts, and goes on', async () => {
  const { folder, target, mirror } = await mirrored()
  for (const more of ['first', 'second']) {
    let isDone = false
    for (let step = 1; !isDone; step++) {
      const cut = new AbortController()
      let steps = 0
      const progress = () => {
        if (++steps === step) cut.abort(new Error('cut off'))
      }
      isDone = await mirror({ progress, signal: cut.signal }).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ message: 'cut off' })
          return false
        },
      )
      if (await readManifest(target).then(Boolean, () => false)) await contentOf(target)
    }
    expect(await contentOf(target)).toEqual(await contentOf(folder))
    await append(folder, adding(more))
  }
})

it('goes on from whatever a crash or a bad disk has made of the copy', async () => {
  const { folder, target, mirror } = await mirrored()
  await mirror()
  const right = { log: await readFile(join(folder, LOG)), pack: await readFile(join(folder, PACK)) }
  const broken = (bytes: Buffer): Buffer[] => [
    bytes.subarray(0, -9),
    bytes.subarray(0, 20),
    Buffer.alloc(0),
    Buffer.concat([bytes.subarray(0, -9), Buffer.alloc(9)]),
    Buffer.concat([bytes.subarray(0, -40), Buffer.alloc(200)]),
    Buffer.concat([bytes.subarray(0, 60), Buffer.from([bytes[60]! ^ 1]), bytes.subarray(61)]),
    Buffer.concat([bytes, bytes.subarray(0, 30)]),
  ]
  for (const [file, bytes] of [
    [LOG, right.log],
    [PACK, right.pack],
  ] as const) {
    for (const some of broken(bytes)) {
      await writeFile(join(target, file), some)
      await mirror()
      expect(await readFile(join(target, file))).toEqual(bytes)
    }
    await rm(join(target, file))
    await mirror()
    expect(await readFile(join(target, file))).toEqual(bytes)
  }
  await writeFile(join(target, 'journal/000001.log.77.new'), 'half')
  await writeFile(join(target, 'journal/000002.log'), '')
  await mirror()
  expect(await readdir(join(target, 'journal'))).toEqual(['000001.log'])
})

it('does not hand on damage of the source', async () => {
  const { folder, target, mirror } = await mirrored()
  await mirror()
  const sound = await contentOf(target)
  const log = await readFile(join(folder, LOG))
  await writeFile(join(folder, LOG), flipped(log, 400))
  await expect(mirror()).rejects.toMatchObject({ reason: 'journal-damaged' })
  await rm(join(folder, LOG))
  await expect(mirror()).rejects.toMatchObject({ reason: 'journal-missing' })
  expect(await contentOf(target)).toEqual(sound)

  await writeFile(join(folder, LOG), log)
  const keeper = await openKeeper(folder)
  const [hash] = await keeper.putBlobs([new TextEncoder().encode('second text')])
  await keeper.append(importing('s', hash!))
  await keeper.close()
  await writeFile(join(folder, PACK), flipped(await readFile(join(folder, PACK)), 60))
  await expect(mirror()).rejects.toMatchObject({ reason: 'blob-damaged' })
  const { entries, texts } = await contentOf(target)
  expect([entries.length, texts.length]).toEqual([6, 2])
})

it('finds old damage in a large file of the copy when all of it is compared', async () => {
  const { folder, target, mirror } = await mirrored()
  const keeper = await openKeeper(folder)
  await keeper.putBlobs([new Uint8Array(600_000).fill(7)])
  await keeper.close()
  await mirror()
  const right = await readFile(join(folder, PACK))
  await writeFile(join(target, PACK), flipped(right, 60))
  await append(folder, adding('new'))
  await mirror()
  expect(await readFile(join(target, PACK))).toEqual(right)
})

it('sets aside a copy that was worked in, and begins another', async () => {
  const { folder, target, mirror } = await mirrored()
  await mirror()
  await append(target, adding('only in the copy'))
  const worked = await contentOf(target)
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  const aside = `${target} (2)`
  expect(await contentOf(aside)).toEqual(worked)
  await append(folder, adding('mine'))
  await append(aside, adding('theirs'))
  await mirror()
  expect((await contentOf(aside)).entries).toHaveLength(7)
  expect(await contentOf(target)).toEqual(await contentOf(folder))
})

it('sets aside a damaged copy, which may hold more than the source', async () => {
  const { folder, target, mirror } = await mirrored()
  await mirror()
  await append(target, adding('only in the copy'))
  const damaged = flipped(await readFile(join(target, LOG)), 400)
  await writeFile(join(target, LOG), damaged)
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  expect(await readFile(join(`${target} (2)`, LOG))).toEqual(damaged)
  await mirror()
  expect(await readdir(dirname(target))).toHaveLength(2)
})

it('keeps what it has when the source was put back to an earlier state', async () => {
  const { folder, target, mirror } = await mirrored()
  const earlier = join(await freshFolder(), 'earlier')
  await cp(folder, earlier, { recursive: true })
  await append(folder, adding('late'))
  await mirror()
  const late = await contentOf(target)
  await rm(folder, { recursive: true })
  await cp(earlier, folder, { recursive: true })
  await append(folder, adding('otherwise'))
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  expect(await contentOf(`${target} (2)`)).toEqual(late)
})

it('is not made inside a project, nor over anything that is not this copy', async () => {
  const { folder, place, target, mirror } = await mirrored()
  for (const inside of [folder, join(folder, 'exports')]) {
    await mkdir(inside, { recursive: true })
    await expect(prepareMirror(folder, inside, PROJECT)).rejects.toMatchObject({
      reason: 'place-invalid',
    })
  }
  expect(await prepareMirror(folder, place, PROJECT)).toBe(target)
  const manifest = await readFile(join(folder, 'codicil.json'), 'utf8')
  await writeFile(join(target, 'codicil.json'), manifest.replace(PROJECT, 'other'))
  await expect(mirror()).rejects.toMatchObject({ reason: 'place-invalid' })
  expect(await prepareMirror(folder, place, PROJECT)).toBe(`${target} (2)`)
  expect(await readdir(join(target))).not.toContain('journal')
  await mkdir(`${target} (3)`)
  await rm(`${target} (2)`, { recursive: true })
  await mkdir(`${target} (2)`)
  expect(await prepareMirror(folder, place, PROJECT)).toBe(`${target} (4)`)
})

it('fails while its disk is away or a program has the copy open, and then goes on', async () => {
  const { folder, target, place, mirror } = await mirrored()
  await mirror()
  await rename(place, `${place}-away`)
  await expect(mirror()).rejects.toMatchObject({ reason: 'vanished' })
  expect(await stat(place).catch(() => null)).toBeNull()
  await mkdir(place)
  await expect(mirror()).rejects.toMatchObject({ reason: 'vanished' })
  expect(await readdir(place)).toEqual([])
  await rm(place, { recursive: true })
  await rename(`${place}-away`, place)
  const keeper = await openKeeper(target)
  await expect(mirror()).rejects.toMatchObject({ reason: 'locked' })
  await keeper.close()
  await append(folder, adding('new'))
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
})

it('follows pins and thinning, but keeps what its own age rules keep', async () => {
  const { folder, target, mirror } = await mirrored()
  const day = 86_400_000
  for (const [seq, at] of [
    [1, 10 * day],
    [2, 10 * day + 1],
    [3, 900 * day],
    [4, 901 * day],
  ] as const) {
    await writeSnapshot({ folder, seq, at, reason: 'interval' }, help)
  }
  await mirror(help, 900 * day)
  const snapshots = join(folder, 'snapshots')
  await rm(join(snapshots, '00000001.json.gz'))
  await rm(join(snapshots, '00000003.json.gz'))
  for (const name of ['00000002', '00000004']) {
    await rename(join(snapshots, `${name}.json.gz`), join(snapshots, `${name}.pinned.json.gz`))
  }
  await mirror(help, 901 * day)
  expect((await readdir(join(target, 'snapshots'))).sort()).toEqual([
    '00000002.pinned.json.gz',
    '00000003.json.gz',
    '00000004.pinned.json.gz',
  ])
})

it('takes in no entry without its text, whatever is written meanwhile, and no torn end', async () => {
  const { folder, target, mirror } = await mirrored()
  const later = join(await freshFolder(), 'later')
  await cp(folder, later, { recursive: true })
  const keeper = await openKeeper(later)
  const [hash] = await keeper.putBlobs([new TextEncoder().encode('second text')])
  await keeper.append(importing('s', hash!))
  await keeper.close()
  let isWritten = false
  const progress = (phase: string) => {
    if (phase !== 'copying-journal' || isWritten) return
    isWritten = true
    for (const file of [PACK, LOG]) copyFileSync(join(later, file), join(folder, file))
  }
  expect(await mirror({ ...help, progress })).toEqual({ seq: 5 })
  expect((await contentOf(target)).entries).toHaveLength(5)
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(later))
  await appendFile(join(folder, LOG), 'CDCL torn')
  await append(folder, adding('after'))
  await mirror()
  expect(await contentOf(target)).toEqual(await contentOf(folder))
  expect(await readFile(join(target, LOG), 'utf8')).not.toContain('CDCL torn')
})

async function mirrored() {
  const folder = await studyFolder()
  const place = join(await freshFolder(), 'stick')
  await mkdir(place)
  const target = await prepareMirror(folder, place, PROJECT)
  expect(dirname(target)).toBe(place)
  const mirror = (some = help, now = 0) =>
    mirrorFolder({ folder, target, now, isThorough: true }, some)
  return { folder, place, target, mirror }
}

/** All entries of a closed project, and the texts that they name. Fails when one is not there. */
async function contentOf(folder: string) {
  const copy = join(await freshFolder(), 'copy')
  await cp(folder, copy, { recursive: true })
  await rm(join(copy, 'lock'), { force: true })
  const keeper = await openKeeper(copy)
  const entries = await keeper.readJournal(1)
  const hashes = entries.flatMap(entry =>
    entry.kind === 'import' ? entry.reports.map(({ textHash }): Hash => textHash) : [],
  )
  const texts = (await keeper.readBlobs(hashes)).map(bytes => new TextDecoder().decode(bytes))
  await keeper.close()
  return { entries, texts }
}

async function append(folder: string, entry: NewEntry): Promise<void> {
  const keeper = await openKeeper(folder)
  await keeper.append(entry)
  await keeper.close()
}

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes)
  changed[at]! ^= 1
  return changed
}
