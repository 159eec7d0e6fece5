// Offsets count UTF-16 units, exports count code points. The two differ only by the
// surrogate pairs before a place, so an index is the sorted list of where pairs start: the
// k-th pair starts at offset s, which is code point s - k. Most texts have no pair at all.

/** Converts between offsets and code points of one text. Places outside it are clamped. */
export interface CodePointIndex {
  /** How many code points stand before an offset. Inside a pair counts as the pair's start. */
  toCodePoint(offset: number): number
  /** The offset at which a code point starts; the text's length for the one after the last. */
  toOffset(codePoint: number): number
}

/** A half-open range of offsets. */
export interface CharacterRange {
  readonly start: number
  readonly end: number
}

/** How many code points a text has. A lone surrogate is one. */
export function codePointsIn(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at++) {
    if (isPairAt(text, at)) {
      count--
      at++
    }
  }
  return count
}

/**
 * Reads a text once, so that each later conversion takes a binary search over its surrogate
 * pairs, or nothing at all where it has none.
 */
export function codePointIndex(text: string): CodePointIndex {
  const { length } = text
  const pairs = pairStarts(text)
  const clamp = (place: number, last: number) => Math.min(Math.max(place, 0), last)
  if (pairs.length === 0) {
    return {
      toCodePoint: offset => clamp(offset, length),
      toOffset: codePoint => clamp(codePoint, length),
    }
  }
  return {
    toCodePoint(offset) {
      const place = clamp(offset, length)
      // A pair that starts before the place counts as one too many, also when the place is
      // inside it: then the subtraction leads back to its start.
      return place - countWhile(pairs.length, k => pairs[k]! < place)
    },
    toOffset(codePoint) {
      const place = clamp(codePoint, length - pairs.length)
      return place + countWhile(pairs.length, k => pairs[k]! - k < place)
    },
  }
}

/**
 * The smallest range around `[start, end)` that splits no surrogate pair. An empty range
 * stays empty and moves to the start of the pair that it stood in.
 */
export function clipToCharacters(text: string, start: number, end: number): CharacterRange {
  const from = start > 0 && isPairAt(text, start - 1) ? start - 1 : start
  if (start === end) return { start: from, end: from }
  return { start: from, end: end > 0 && isPairAt(text, end - 1) ? end + 1 : end }
}

function pairStarts(text: string): number[] {
  const starts: number[] = []
  for (let at = 0; at < text.length - 1; at++) {
    if (isPairAt(text, at)) {
      starts.push(at)
      at++
    }
  }
  return starts
}

/** Whether a high and a low surrogate stand at an offset. */
function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00
}

/** How many of the first `length` whole numbers hold, where all that hold come first. */
function countWhile(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low
}
