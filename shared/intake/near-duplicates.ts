import type { Span } from '../domain/structure'

// Which texts are nearly the same, found without comparing all with all. A text is the set of
// its stretches of five characters, letters and digits only. Of that set a sketch keeps the
// smallest hash in each of 256 bins: the share of bins in which two sketches agree estimates how
// alike the sets are. Only texts that agree in all eight bins of some band are compared at all.

/** From this likeness on, two texts count as nearly the same. */
export const NEARLY_SAME = 0.8

/** What {@link nearDuplicateFinder} keeps of a text: a kilobyte. */
export type Sketch = Uint32Array

/** A text that is nearly the same as an earlier one. */
export interface NearDuplicate<K> {
  readonly of: K
  /** The share of stretches that both have among those that either has, estimated; 0 to 1. */
  readonly similarity: number
}

/** Finds, for each text that is added, the earlier one most like it. */
export interface NearDuplicateFinder<K> {
  /** Compares with everything added before. `null` when nothing is nearly the same. */
  add(id: K, sketch: Sketch): NearDuplicate<K> | null
  /** The one added that is most like a text, which is not added. */
  match(sketch: Sketch): NearDuplicate<K> | null
}

/**
 * Starts with no texts. The work for each text is bounded, however many there are and however
 * alike: a crowd of equals is compared with its first members only.
 */
export function nearDuplicateFinder<K>(): NearDuplicateFinder<K> {
  const added: { readonly id: K; readonly sketch: Sketch }[] = []
  const buckets = new Map<number, number[]>()

  const match = (sketch: Sketch): NearDuplicate<K> | null => {
    const compared = new Set<number>()
    let best: NearDuplicate<K> | null = null
    for (let band = 0; band < BANDS; band++) {
      for (const at of buckets.get(bandKey(sketch, band)) ?? []) {
        if (compared.has(at)) continue
        compared.add(at)
        const other = added[at]!
        const similarity = likenessOf(sketch, other.sketch)
        if (similarity >= NEARLY_SAME && similarity > (best?.similarity ?? 0)) {
          best = { of: other.id, similarity }
        }
      }
    }
    return best
  }

  return {
    match,
    add(id, sketch) {
      const best = match(sketch)
      for (let band = 0; band < BANDS; band++) {
        const key = bandKey(sketch, band)
        const bucket = buckets.get(key)
        if (!bucket) buckets.set(key, [added.length])
        else if (bucket.length < CROWD) bucket.push(added.length)
      }
      added.push({ id, sketch })
      return best
    },
  }
}

/**
 * The sketch of a text without its `asides`, which are in order. White space, punctuation, the
 * width of letters and digits and their case make no difference. `null` for a text of fewer than
 * {@link SHORTEST} characters, of which nothing can be said.
 */
export function sketchOf(text: string, asides: readonly Span[] = []): Sketch | null {
  const sketch = new Uint32Array(BINS).fill(EMPTY)
  const window = new Uint32Array(STRETCH)
  let count = 0
  let hash = 0
  let next = 0
  for (let at = 0; at < text.length; at++) {
    const aside = asides[next]
    if (aside && at >= aside.start) {
      next++
      at = Math.max(at, aside.end) - 1
      continue
    }
    const unit = FOLDS[text.charCodeAt(at)]!
    if (unit === 0) continue
    const slot = count % STRETCH
    hash = (Math.imul(hash, BASE) + unit - Math.imul(window[slot]!, BASE_OUT)) | 0
    window[slot] = unit
    count++
    if (count < STRETCH) continue
    const mixed = mix(hash)
    const bin = mixed >>> 24
    const value = mixed & 0xffffff
    if (value < sketch[bin]!) sketch[bin] = value
  }
  return count < SHORTEST ? null : filled(sketch)
}

/** How alike two texts are by their sketches, 0 to 1. */
export function likenessOf(a: Sketch, b: Sketch): number {
  let same = 0
  for (let bin = 0; bin < BINS; bin++) if (a[bin] === b[bin]) same++
  return same / BINS
}

/** In characters that count. */
const SHORTEST = 100
const STRETCH = 5
const BINS = 256
const BANDS = 32
const ROWS = BINS / BANDS
/** As many texts of one bucket are compared with. */
const CROWD = 24
const EMPTY = 0xffffffff
const BASE = 0x9e3779b1
const BASE_OUT = Array.from({ length: STRETCH }).reduce<number>(
  product => Math.imul(product, BASE),
  1,
)

/**
 * A UTF-16 unit as it is compared, or 0 for one that does not count: white space, punctuation,
 * symbols. Halves of pairs count, so that rare characters do.
 */
function folded(unit: number): number {
  if (unit >= 0x3400 && unit <= 0xfaff) return unit
  const narrow = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit
  if (narrow >= 0x30 && narrow <= 0x39) return narrow
  const lower = narrow | 0x20
  if (lower >= 0x61 && lower <= 0x7a && narrow < 0x80) return lower
  return narrow >= 0xc0 && narrow < 0x2000 && narrow !== 0xd7 && narrow !== 0xf7 ? narrow : 0
}

/** {@link folded} of every unit: asking a table takes half the time. */
const FOLDS = Uint16Array.from({ length: 0x10000 }, (_, unit) => folded(unit))

/** Spreads a number over 32 bits: each bit of it changes half of them. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Fills the bins that a short text has left empty from the next one that it has not. */
function filled(sketch: Sketch): Sketch {
  const own = sketch.slice()
  for (let bin = 0; bin < BINS; bin++) {
    let distance = 0
    while (own[(bin + distance) % BINS] === EMPTY) distance++
    if (distance > 0) sketch[bin] = (own[(bin + distance) % BINS]! + distance * 0x1000001) >>> 0
  }
  return sketch
}

/** One number for the bins of a band; which band is part of it. */
function bandKey(sketch: Sketch, band: number): number {
  let high = band
  let low = ~band
  for (let bin = band * ROWS; bin < (band + 1) * ROWS; bin++) {
    high = mix(high ^ sketch[bin]!)
    low = mix(Math.imul(low, 31) + sketch[bin]!)
  }
  // 53 bits: chance meetings of two bands do not matter, but cost a comparison.
  return high * 2 ** 21 + (low >>> 11)
}
