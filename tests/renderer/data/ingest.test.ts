import { expect, it } from 'vitest'
import { canonicalOf, ingestTexts } from '../../../renderer/data/ingest'
import type { Hash } from '../../../shared/domain/id'
import { folder } from '../../support/import'

it('refuses a text that UTF-8 cannot keep', async () => {
  await expect(canonicalOf('报告\ud800')).rejects.toThrow(RangeError)
})

it('names a text by the hash of its bytes', async () => {
  const { utf8, hash } = await canonicalOf('abc')
  expect([...utf8]).toEqual([97, 98, 99])
  expect(hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it('keeps texts, originals and markup in the folder, each under its hash', async () => {
  const { put, blobs } = folder()
  const same = { ...(await canonicalOf('甲')), original: null, markup: null }
  const markup = new TextEncoder().encode('{}')
  const original = new Uint8Array([0xd2, 0xd2])
  const other = { ...(await canonicalOf('乙')), original, markup }
  const kept = await ingestTexts(put, [same, other])
  expect(kept[0]).toEqual({ originalHash: same.hash, markupHash: null })
  expect(blobs.get(kept[1]!.originalHash)).toEqual(original)
  expect(blobs.get(kept[1]!.markupHash!)).toEqual(markup)
  expect(blobs.get(other.hash)).toEqual(other.utf8)
  expect(blobs.size).toBe(4)
})

it('does not trust a folder that got other bytes', async () => {
  const text = { ...(await canonicalOf('甲')), original: null, markup: null }
  const wrong = async () => ['0'.repeat(64) as Hash]
  await expect(ingestTexts(wrong, [text])).rejects.toThrow('stored as')
})
