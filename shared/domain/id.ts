declare const kind: unique symbol

/** A row's identity. The type parameter keeps a code's id from passing for a report's. */
export type Id<K extends string> = string & { readonly [kind]: K }

export type ProjectId = Id<'project'>
export type BatchId = Id<'batch'>
export type ReportId = Id<'report'>
export type CodeId = Id<'code'>
export type CoderId = Id<'coder'>
export type AnnotationId = Id<'annotation'>
export type VariableId = Id<'variable'>
export type CorrectionId = Id<'correction'>
export type ReportSetId = Id<'report-set'>

/** SHA-256 of some bytes, as 64 lower-case hexadecimal digits. */
export type Hash = Id<'hash'>

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

/**
 * A new id: 20 characters of Crockford's base 32, the first ten from the clock and the
 * other ten random. Sorted as text, ids come in order of creation to the millisecond.
 *
 * `nowMs` is milliseconds since the Unix epoch; `random` answers numbers in `[0, 1)` and
 * is called ten times.
 */
export function makeId(nowMs: number, random: () => number): string {
  let time = ''
  for (
    let left = Math.max(0, Math.floor(nowMs)), i = 0;
    i < 10;
    i++, left = Math.floor(left / 32)
  ) {
    time = DIGITS[left % 32] + time
  }
  let tail = ''
  for (let i = 0; i < 10; i++) tail += DIGITS[Math.floor(random() * 32)]
  return time + tail
}

/** Rows in the order of their ids. */
export function byId<R extends { readonly id: string }>(rows: Iterable<R>): R[] {
  return [...rows].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
