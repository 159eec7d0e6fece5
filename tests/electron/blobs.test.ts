import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openBlobs } from '../../electron/host/blobs'
import type { Hash } from '../../shared/domain/id'
import { scanFrames } from '../../shared/journal/frame'
import { freshFolder } from '../support/folder'

it('gives back what was put, over closing and opening, and stores it once', async () => {
  const folder = await freshFolder()
  const items = [bytesOf('报告'), bytesOf(''), bytesOf('报告'), new Uint8Array(256 * 1024).fill(7)]
  const blobs = await openBlobs(folder)
  const hashes = await blobs.put(items)
  expect(hashes).toEqual(items.map(hashOf))
  expect(await blobs.get(hashes)).toEqual(items)
  const { size } = await stat(join(folder, '000001.pack'))
  expect(await blobs.put(items)).toEqual(hashes)
  await blobs.close()

  const again = await openBlobs(folder)
  expect(await again.put(items)).toEqual(hashes)
  expect((await again.get(hashes)).map(hashOf)).toEqual(hashes)
  await again.close()
  expect((await stat(join(folder, '000001.pack'))).size).toBe(size)
  expect(await readdir(folder)).toEqual(['000001.pack'])
})

it('names the hash of what it does not have', async () => {
  const blobs = await openBlobs(await freshFolder())
  const absent = hashOf(bytesOf('absent'))
  await expect(blobs.get([absent])).rejects.toMatchObject({
    reason: 'blob-missing',
    details: { hash: absent },
  })
  expect(await blobs.put([])).toEqual([])
  expect(await blobs.get([])).toEqual([])
})

it('keeps any bytes, many at once, in the order asked for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 200 }),
      async items => {
        const blobs = await openBlobs(await freshFolder())
        const hashes = await blobs.put(items)
        const got = await blobs.get([...hashes].reverse())
        await blobs.close()
        expect(got.map(hashOf)).toEqual([...hashes].reverse())
      },
    ),
    { numRuns: 25 },
  )
})

it('cut at any byte, has the whole ones before the cut, and takes the others again', async () => {
  const items = [bytesOf('one'), bytesOf(''), bytesOf('three, a little longer')]
  const hashes = items.map(hashOf)
  const whole = await packOf(items)
  const { frames } = scanFrames(whole)
  for (let length = 0; length <= whole.length; length++) {
    const folder = await freshFolder()
    await writeFile(join(folder, '000001.pack'), whole.subarray(0, length))
    const blobs = await openBlobs(folder)
    for (const [i, hash] of hashes.entries()) {
      if (frames[i]!.end <= length) expect(await blobs.get([hash])).toEqual([items[i]])
      else await expect(blobs.get([hash])).rejects.toMatchObject({ reason: 'blob-missing' })
    }
    expect(await blobs.put(items)).toEqual(hashes)
    expect((await blobs.get(hashes)).map(hashOf)).toEqual(hashes)
    await blobs.close()
    const again = await openBlobs(folder)
    expect((await again.get(hashes)).map(hashOf)).toEqual(hashes)
    await again.close()
    // What was cut short is left as it was found, and never written after.
    const isCut = length > 0 && !frames.some(({ end }) => end === length)
    if (isCut) expect((await stat(join(folder, '000001.pack'))).size).toBe(length)
  }
})

it('with any one byte changed, gives right bytes or none, and takes them again', async () => {
  const items = [bytesOf('first'), bytesOf('second')]
  const hashes = items.map(hashOf)
  const whole = await packOf(items)
  for (let at = 0; at < whole.length; at++) {
    const folder = await freshFolder()
    const changed = Uint8Array.from(whole)
    changed[at]! ^= 0x20
    await writeFile(join(folder, '000001.pack'), changed)
    const blobs = await openBlobs(folder)
    for (const [i, hash] of hashes.entries()) {
      const got = await blobs.get([hash]).catch((error: { reason: string }) => error.reason)
      expect(['blob-missing', 'blob-damaged', String([items[i]])]).toContain(String(got))
    }
    await blobs.put(items)
    expect((await blobs.get(hashes)).map(hashOf)).toEqual(hashes)
    await blobs.close()
    const again = await openBlobs(folder)
    expect((await again.get(hashes)).map(hashOf)).toEqual(hashes)
    await again.close()
  }
})

async function packOf(items: readonly Uint8Array[]): Promise<Buffer> {
  const folder = await freshFolder()
  const blobs = await openBlobs(folder)
  await blobs.put(items)
  await blobs.close()
  return readFile(join(folder, '000001.pack'))
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function hashOf(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex') as Hash
}

it('loses only what damage has hit, not what stands behind it', async () => {
  const folder = await freshFolder()
  const blobs = await openBlobs(folder)
  const three = ['a', 'b', 'c'].map(name => new TextEncoder().encode(name.repeat(500)))
  const hashes = await blobs.put(three)
  await blobs.close()
  const path = join(folder, '000001.pack')
  const sound = await readFile(path)
  const frame = sound.length / 3
  for (const at of [frame, frame + 5, frame + 9, frame + 13, frame + 20, frame + 100]) {
    const bytes = Buffer.from(sound)
    bytes[at]! ^= 0xff
    await writeFile(path, bytes)
    const again = await openBlobs(folder)
    expect(await again.get([hashes[0]!, hashes[2]!])).toEqual([three[0], three[2]])
    await expect(again.get([hashes[1]!])).rejects.toMatchObject({
      reason: expect.stringMatching(/^blob-(missing|damaged)$/),
    })
    expect(await again.put([three[1]!])).toEqual([hashes[1]])
    expect(await again.get([hashes[1]!])).toEqual([three[1]])
    await again.close()
    await rm(join(folder, '000002.pack'), { force: true })
  }
})
