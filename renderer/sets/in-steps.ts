/** The longest that one step may hold the page up, in milliseconds. */
const STEP_MS = 8

/**
 * Filters in steps of a few milliseconds, so that the page can draw in between. Answers `null`
 * when it stopped because the answer was no longer wanted.
 */
export async function filteredInSteps<T>(
  items: readonly T[],
  isIn: (item: T) => boolean,
  isWanted: () => boolean,
): Promise<readonly T[] | null> {
  const found: T[] = []
  let until = performance.now() + STEP_MS
  for (const [at, item] of items.entries()) {
    if (at % 128 === 127 && performance.now() > until) {
      await new Promise(resolve => setTimeout(resolve))
      if (!isWanted()) return null
      until = performance.now() + STEP_MS
    }
    if (isIn(item)) found.push(item)
  }
  return isWanted() ? found : null
}
