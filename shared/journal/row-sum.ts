import { crc32 } from './frame'

// A damaged browser store can lose a transaction from its middle without a word, and keep
// later ones. So every transaction carries forward a sum over all rows of researchers' work;
// when the sum of the rows that are there is another one, the working copy is not to be trusted.

const encoder = new TextEncoder()

/** What one row adds to the sum: its fields' checksum, whatever order they stand in. */
export function weightOf(row: object | null): number {
  if (!row) return 0
  return crc32(encoder.encode(JSON.stringify(row, Object.keys(row).sort())))
}

/** The sum after rows have come (positive) or gone (negative); stays below 2^32. */
export function addWeight(sum: number, weight: number): number {
  return (((sum + weight) % 2 ** 32) + 2 ** 32) % 2 ** 32
}

/** The sum over all of these rows. */
export function sumOf(rows: Iterable<object>): number {
  let sum = 0
  for (const row of rows) sum = addWeight(sum, weightOf(row))
  return sum
}
