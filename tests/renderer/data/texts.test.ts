import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readText, readTexts, textSlices } from '../../../renderer/data/texts'
import type { Hash } from '../../../shared/domain/id'
import { HostError, type SessionToken } from '../../../shared/host'
import { freshDb } from '../../support/import'

const session = 's' as SessionToken

/** A folder with some texts, and what it was asked for. */
function folderOf(texts: Readonly<Record<string, string>>) {
  const asked: Hash[][] = []
  const readBlobs = async (_session: SessionToken, hashes: readonly Hash[]) => {
    asked.push([...hashes])
    const missing = hashes.find(hash => texts[hash] === undefined)
    if (missing) throw new HostError('blob-missing', { hash: missing })
    return hashes.map(hash => new TextEncoder().encode(texts[hash]))
  }
  return { asked, host: { readBlobs } }
}

it('reads texts in the working copy, else in the folder, in the order asked for', async () => {
  const db = await freshDb()
  await db.texts.put({ hash: 'b' as Hash, text: 'kept' })
  const { asked, host } = folderOf({ a: 'one', b: 'other', c: '\ufeffthree' })
  const hashes = ['c', 'b', 'a', 'c'] as Hash[]
  expect(await readTexts({ db, host, session }, hashes)).toEqual([
    '\ufeffthree',
    'kept',
    'one',
    '\ufeffthree',
  ])
  expect(asked).toEqual([['c', 'a']])
  expect(await readTexts({ db, host, session }, [])).toEqual([])
})

it('answers null for what is lost, and the others all the same', async () => {
  const db = await freshDb()
  const { host } = folderOf({ a: 'one', c: 'three' })
  const hashes = ['a', 'b', 'c', 'd'] as Hash[]
  expect(await readTexts({ db, host, session }, hashes)).toEqual(['one', null, 'three', null])
  expect(await readText({ db, host, session }, 'd' as Hash)).toBeNull()
})

it('passes on what keeps the folder from answering', async () => {
  const db = await freshDb()
  const host = { readBlobs: () => Promise.reject(new HostError('session-ended')) }
  await expect(readText({ db, host, session }, 'a' as Hash)).rejects.toThrow(HostError)
})

it('cuts into slices of few enough and short enough texts, and leaves none out', () => {
  const length = fc.oneof(fc.nat(20), fc.nat(800_000))
  fc.assert(
    fc.property(fc.array(length, { maxLength: 400 }), lengths => {
      const slices = [...textSlices(lengths, each => each)]
      expect(slices.flat()).toEqual(lengths)
      for (const slice of slices) {
        expect(slice.length).toBeLessThan(50)
        const sum = slice.reduce((total, each) => total + each, 0)
        expect(slice.length === 1 || sum <= 400_000).toBe(true)
      }
    }),
  )
})
