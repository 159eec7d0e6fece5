import { inSlices } from '../../shared/slices'

/**
 * Filters as `inSlices` does long work. Answers `null` when it stopped because the answer was no
 * longer wanted.
 */
export async function filteredInSteps<T>(
  items: readonly T[],
  isIn: (item: T) => boolean,
  isWanted: () => boolean,
): Promise<readonly T[] | null> {
  function* steps(): Generator<undefined, readonly T[] | null> {
    const found: T[] = []
    for (const item of items) {
      if (isIn(item)) found.push(item)
      yield
      if (!isWanted()) return null
    }
    return found
  }
  const found = await inSlices(steps())
  return isWanted() ? found : null
}
