import type { Hash } from '../domain/id'

// SHA-256 (FIPS 180-4), in pieces: the web platform hashes only what is whole in memory, and
// an export's manifest needs the hashes of files that never are.

/** A hash that is being computed. */
export interface Sha256 {
  update(bytes: Uint8Array): void
  /** The hash of all that was given. Nothing may follow. */
  digest(): Hash
}

/** Starts a hash. */
export function sha256(): Sha256 {
  const state = Uint32Array.from(FRACTIONS_OF_ROOTS.start)
  const block = new Uint8Array(64)
  const view = new DataView(block.buffer)
  const words = new Uint32Array(64)
  let inBlock = 0
  let total = 0

  return {
    update(bytes) {
      total += bytes.length
      for (let at = 0; at < bytes.length; ) {
        const taken = Math.min(64 - inBlock, bytes.length - at)
        block.set(bytes.subarray(at, at + taken), inBlock)
        inBlock += taken
        at += taken
        if (inBlock === 64) {
          compress(state, view, words)
          inBlock = 0
        }
      }
    },
    digest() {
      block[inBlock++] = 0x80
      if (inBlock > 56) {
        block.fill(0, inBlock)
        compress(state, view, words)
        inBlock = 0
      }
      block.fill(0, inBlock)
      view.setUint32(56, Math.floor(total / 2 ** 29))
      view.setUint32(60, (total % 2 ** 29) * 8)
      compress(state, view, words)
      return Array.from(state, word => word.toString(16).padStart(8, '0')).join('') as Hash
    },
  }
}

/** Works one block of 64 bytes into the state. */
function compress(state: Uint32Array, block: DataView, w: Uint32Array): void {
  for (let i = 0; i < 16; i++) w[i] = block.getUint32(i * 4)
  for (let i = 16; i < 64; i++) {
    const early = w[i - 15]!
    const late = w[i - 2]!
    const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const first = (h + s1 + ((e & f) ^ (~e & g)) + FRACTIONS_OF_ROOTS.rounds[i]! + w[i]!) | 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

/**
 * The standard's constants: the first 32 bits of the fractions of the square roots of the
 * first 8 primes, and of the cube roots of the first 64.
 */
const FRACTIONS_OF_ROOTS = {
  start: [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
  ],
  rounds: Uint32Array.of(
    0x428a2f98,
    0x71374491,
    0xb5c0fbcf,
    0xe9b5dba5,
    0x3956c25b,
    0x59f111f1,
    0x923f82a4,
    0xab1c5ed5,
    0xd807aa98,
    0x12835b01,
    0x243185be,
    0x550c7dc3,
    0x72be5d74,
    0x80deb1fe,
    0x9bdc06a7,
    0xc19bf174,
    0xe49b69c1,
    0xefbe4786,
    0x0fc19dc6,
    0x240ca1cc,
    0x2de92c6f,
    0x4a7484aa,
    0x5cb0a9dc,
    0x76f988da,
    0x983e5152,
    0xa831c66d,
    0xb00327c8,
    0xbf597fc7,
    0xc6e00bf3,
    0xd5a79147,
    0x06ca6351,
    0x14292967,
    0x27b70a85,
    0x2e1b2138,
    0x4d2c6dfc,
    0x53380d13,
    0x650a7354,
    0x766a0abb,
    0x81c2c92e,
    0x92722c85,
    0xa2bfe8a1,
    0xa81a664b,
    0xc24b8b70,
    0xc76c51a3,
    0xd192e819,
    0xd6990624,
    0xf40e3585,
    0x106aa070,
    0x19a4c116,
    0x1e376c08,
    0x2748774c,
    0x34b0bcb5,
    0x391c0cb3,
    0x4ed8aa4a,
    0x5b9cca4f,
    0x682e6ff3,
    0x748f82ee,
    0x78a5636f,
    0x84c87814,
    0x8cc70208,
    0x90befffa,
    0xa4506ceb,
    0xbef9a3f7,
    0xc67178f2,
  ),
} as const
