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
