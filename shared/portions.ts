/** How much one portion holds at most. */
export interface PortionSize {
  readonly weight: number
  readonly count?: number
}

/** Cuts items into portions, in order; one that is too heavy by itself is a portion of its own. */
export function* portions<T>(
  items: Iterable<T>,
  weightOf: (item: T) => number,
  { weight, count = Number.POSITIVE_INFINITY }: PortionSize,
): Generator<T[]> {
  let portion: T[] = []
  let heavy = 0
  for (const item of items) {
    const each = weightOf(item)
    if (portion.length > 0 && (portion.length === count || heavy + each > weight)) {
      yield portion
      portion = []
      heavy = 0
    }
    portion.push(item)
    heavy += each
  }
  if (portion.length > 0) yield portion
}
