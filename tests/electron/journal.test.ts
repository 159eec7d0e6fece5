import { cp, type FileHandle, mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createJournal, openJournal } from '../../electron/host/journal'
import { HostError } from '../../shared/host'
import { scanFrames } from '../../shared/journal/frame'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'

const PROJECT = 'p1'

it('gives back what was appended, after closing and opening again', async () => {
  const folder = await journalOf(['a', 'b', 'c'])
  const journal = await openJournal(folder, PROJECT)
  expect(journal.lastSeq).toBe(3)
  expect((await journal.read(1)).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect((await journal.read(2))[0]).toEqual({ ...adding('b'), seq: 2 })
  expect(await journal.read(4)).toEqual([])
})

it('cut at any byte, opens as exactly the whole frames before the cut, or refuses', async () => {
  const names = ['a', 'b', 'c', 'd']
  const whole = await readFile(join(await journalOf(names), '000001.log'))
  const { frames } = scanFrames(whole)
  const folder = await freshFolder()
  for (let length = 0; length <= whole.length; length++) {
    await writeFile(join(folder, '000001.log'), whole.subarray(0, length))
    const entries = frames.filter(({ end }) => end <= length).length - 1
    if (entries < 0) {
      await expect(openJournal(folder, PROJECT)).rejects.toMatchObject({
        reason: 'journal-missing',
      })
    } else {
      const journal = await openJournal(folder, PROJECT)
      expect(await namesIn(journal)).toEqual(names.slice(0, entries))
      expect(journal.tornBytes).toBe(length - frames[entries]!.end)
      await journal.close()
    }
  }
})

it('goes on after any cut, twice, without touching what was cut', async () => {
  const whole = await readFile(join(await journalOf(['a', 'b', 'c']), '000001.log'))
  const { frames } = scanFrames(whole)
  for (let length = frames[0]!.end; length <= whole.length; length += 7) {
    const folder = await freshFolder()
    await writeFile(join(folder, '000001.log'), whole.subarray(0, length))
    const kept = frames.filter(({ end }) => end <= length).length - 1
    const expected = ['a', 'b', 'c'].slice(0, kept)
    for (const name of ['x', 'y']) {
      const journal = await openJournal(folder, PROJECT)
      expect(await journal.append(adding(name))).toBe(expected.length + 1)
      expected.push(name)
      await journal.close()
      const again = await openJournal(folder, PROJECT)
      expect(await namesIn(again)).toEqual(expected)
      expect(again.tornBytes).toBe(0)
      await again.close()
    }
    const first = await readFile(join(folder, '000001.log'))
    expect(first.subarray(0, length)).toEqual(whole.subarray(0, length))
  }
})

it('with any one byte changed, opens as whole frames before it, or refuses with its reason', async () => {
  const names = ['a', 'b', 'c']
  const whole = await readFile(join(await journalOf(names), '000001.log'))
  const { frames } = scanFrames(whole)
  const folder = await freshFolder()
  const last = frames.at(-1)!
  for (let at = 0; at < whole.length; at++) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= mask
      await writeFile(join(folder, '000001.log'), bytes)
      const opened = await openJournal(folder, PROJECT).catch((error: unknown) => error)
      if (at < last.start) {
        expect(opened).toMatchObject({ reason: 'journal-damaged' })
      } else if (opened instanceof Error) {
        expect(opened).toBeInstanceOf(HostError)
      } else {
        const journal = opened as Awaited<ReturnType<typeof openJournal>>
        expect(await namesIn(journal)).toEqual(names.slice(0, -1))
        expect(journal.tornBytes).toBe(last.end - last.start)
        await journal.close()
      }
      expect(await readFile(join(folder, '000001.log'))).toEqual(bytes)
    }
  }
})

it('checks the files before the last one as strictly as the last', async () => {
  const folder = await journalOf(['a', 'b'])
  const first = join(folder, '000001.log')
  const torn = (await readFile(first)).subarray(0, -3)
  await writeFile(first, torn)
  const journal = await openJournal(folder, PROJECT)
  await journal.append(adding('c'))
  await journal.close()
  const second = join(folder, '000002.log')
  expect(await namesIn(await openJournal(folder, PROJECT))).toEqual(['a', 'c'])

  const counting = scanFrames(torn).end
  for (const [path, upTo] of [
    [first, counting],
    [second, scanFrames(await readFile(second)).frames[0]!.end],
  ] as const) {
    const sound = await readFile(path)
    for (let at = 0; at < upTo; at += 5) {
      const bytes = Buffer.from(sound)
      bytes[at]! ^= 0x10
      await writeFile(path, bytes)
      await expect(openJournal(folder, PROJECT)).rejects.toMatchObject({
        reason: 'journal-damaged',
      })
    }
    await writeFile(path, sound)
  }
})

it('passes over a file whose beginning failed, and refuses a gap or a stranger', async () => {
  const folder = await journalOf(['a', 'b'])
  await writeFile(join(folder, '000002.log'), 'CDCL')
  const journal = await openJournal(folder, PROJECT)
  expect(journal.tornBytes).toBe(4)
  await journal.append(adding('c'))
  await journal.close()
  expect(await readdir(folder)).toEqual(['000001.log', '000002.log', '000003.log'])
  expect(await namesIn(await openJournal(folder, PROJECT))).toEqual(['a', 'b', 'c'])

  await expect(openJournal(folder, 'another')).rejects.toMatchObject({ reason: 'journal-damaged' })
  const without = await freshFolder()
  await cp(join(folder, '000003.log'), join(without, '000003.log'))
  await expect(openJournal(without, PROJECT)).rejects.toMatchObject({ reason: 'journal-damaged' })
})

it('refuses a journal of a newer version and leaves it as it is', async () => {
  const folder = await journalOf(['a'])
  const path = join(folder, '000001.log')
  const { frameOf } = await import('../../shared/journal/frame')
  const head = {
    codicil: 'journal',
    format: 99,
    project: PROJECT,
    after: 0,
    prev: '',
    continues: null,
  }
  const bytes = frameOf(new TextEncoder().encode(JSON.stringify(head)))
  await writeFile(path, bytes)
  await expect(openJournal(folder, PROJECT)).rejects.toMatchObject({
    reason: 'newer-version',
    details: { format: 99 },
  })
  expect(new Uint8Array(await readFile(path))).toEqual(bytes)
})

it('does not bring back a frame that was written but never reported as saved', async () => {
  const folder = await journalOf(['a'])
  const journal = await openJournal(folder, PROJECT)
  const probe = await open(join(folder, '000001.log'))
  const handles = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  const { datasync } = handles
  handles.datasync = () => Promise.reject(Object.assign(new Error('disk'), { code: 'EIO' }))
  await expect(journal.append(adding('given up'))).rejects.toThrow('disk')
  handles.datasync = datasync
  await journal.close()
  const again = await openJournal(folder, PROJECT)
  expect(await namesIn(again)).toEqual(['a'])
  await again.append(adding('b'))
  await again.close()
  expect(await namesIn(await openJournal(folder, PROJECT))).toEqual(['a', 'b'])
})

it('reads long journals in parts that follow one another', async () => {
  const folder = await freshFolder()
  await createJournal(folder, PROJECT)
  const journal = await openJournal(folder, PROJECT)
  const long = 'x'.repeat(900_000)
  for (let i = 0; i < 12; i++) await journal.append(adding(`${i}${long}`))
  const seqs: number[] = []
  for (let from = 1; ; ) {
    const entries = await journal.read(from)
    if (entries.length === 0) break
    expect(entries.length).toBeLessThan(12)
    seqs.push(...entries.map(({ seq }) => seq))
    from = seqs.at(-1)! + 1
  }
  expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
})

async function journalOf(names: readonly string[]): Promise<string> {
  const folder = join(await freshFolder(), 'journal')
  await mkdir(folder)
  await createJournal(folder, PROJECT)
  const journal = await openJournal(folder, PROJECT)
  for (const name of names) await journal.append(adding(name))
  await journal.close()
  return folder
}

async function namesIn(journal: Awaited<ReturnType<typeof openJournal>>): Promise<string[]> {
  const entries = await journal.read(1)
  return entries.map(entry => (entry.kind === 'import' ? '' : entry.about))
}
