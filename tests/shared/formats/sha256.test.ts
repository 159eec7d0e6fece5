import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha256 } from '../../../shared/formats/sha256'

function hashOf(...pieces: Uint8Array[]): string {
  const hash = sha256()
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

it.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('gives the standard its own value for %j', (text, hash) => {
  expect(hashOf(bytesOf(text))).toBe(hash)
})

it('gives the standard its own value for a million times a', () => {
  const piece = new Uint8Array(10_000).fill(0x61)
  expect(hashOf(...Array.from({ length: 100 }, () => piece))).toBe(
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  )
})

it('agrees with Node on bytes in pieces of any length', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), pieces => {
      const expected = createHash('sha256')
      for (const piece of pieces) expected.update(piece)
      expect(hashOf(...pieces)).toBe(expected.digest('hex'))
    }),
    { numRuns: 500 },
  )
})
