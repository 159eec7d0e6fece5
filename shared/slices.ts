// Long work on the page, cut into tasks so short that nobody feels them. What is short is over
// before anyone is let in between, so that it stays in the order in which it was asked for.

const SLICE_MS = 8

/**
 * Takes steps for a few milliseconds at a time, with a turn for others in between. Answers at
 * once when the first few milliseconds were enough.
 */
export function inSlices<T>(steps: Iterator<unknown, T>): T | Promise<T> {
  const until = Date.now() + SLICE_MS
  do {
    const step = steps.next()
    if (step.done) return step.value
  } while (Date.now() < until)
  return pause().then(() => inSlices(steps))
}

/** Does something with each item, as {@link inSlices} does. */
export function eachInSlices<T>(
  items: Iterable<T>,
  action: (item: T) => void,
): void | Promise<void> {
  function* steps(): Generator<undefined, void> {
    for (const item of items) {
      action(item)
      yield
    }
  }
  return inSlices(steps())
}

/** Sorts items as `toSorted` does, stably, and as {@link inSlices} does long work. */
export function sortedInSlices<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
): T[] | Promise<T[]> {
  function* steps(): Generator<undefined, T[]> {
    let runs: T[][] = []
    for (let at = 0; at < items.length; at += RUN) {
      runs.push(items.slice(at, at + RUN).sort(compare))
      yield
    }
    while (runs.length > 1) {
      const merged: T[][] = []
      for (let at = 0; at < runs.length; at += 2) {
        merged.push(yield* merging(runs[at]!, runs[at + 1] ?? [], compare))
      }
      runs = merged
    }
    return runs[0] ?? []
  }
  return inSlices(steps())
}

/** Items that are sorted at once, or merged: comparing words of people takes a microsecond. */
const RUN = 64

function* merging<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
): Generator<undefined, T[]> {
  const merged: T[] = []
  let at = 0
  let other = 0
  while (at < left.length || other < right.length) {
    const isLeft =
      other >= right.length || (at < left.length && compare(left[at]!, right[other]!) <= 0)
    merged.push(isLeft ? left[at++]! : right[other++]!)
    if (merged.length % RUN === 0) yield
  }
  return merged
}

/** A message to oneself: unlike a timer, it is not held up where nobody looks at the page. */
function pause(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
