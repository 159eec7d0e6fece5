import type { Snapshot } from '../../shared/host'

// Snapshots get fewer the older they are. Each rule divides the time before now into pieces
// and keeps the last snapshot of each; what no rule keeps is thinned out.

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How long each spacing reaches back. Months are thirty days: the pieces only need to be even. */
const RULES: readonly { readonly every: number; readonly reach: number }[] = [
  { every: HOUR, reach: 2 * DAY },
  { every: DAY, reach: 14 * DAY },
  { every: 7 * DAY, reach: 8 * 7 * DAY },
  { every: 30 * DAY, reach: 12 * 30 * DAY },
]

/**
 * Which snapshots thinning leaves: all of the last two hours, then the last of each hour for
 * two days, of each day for 14, of each week for 8, of each month for 12; those that are pinned
 * and the newest always. One from the future, by a clock that was wrong, counts as taken now.
 */
export function kept<S extends Pick<Snapshot, 'seq' | 'at' | 'isPinned'>>(
  snapshots: readonly S[],
  now: number,
): S[] {
  const newestFirst = [...snapshots].sort((a, b) => b.at - a.at || b.seq - a.seq)
  const newest = snapshots.reduce<S | null>((a, b) => (a && a.seq > b.seq ? a : b), null)
  const taken = new Set<string>()
  const isKept = new Set<S>()
  for (const each of newestFirst) {
    const age = Math.max(0, now - each.at)
    if (each.isPinned || each === newest || age < 2 * HOUR) isKept.add(each)
    for (const { every, reach } of RULES) {
      if (age >= reach) continue
      // Pieces of the calendar, not of the age: a snapshot stays in its piece as time passes.
      const piece = `${every}/${Math.floor(each.at / every)}`
      if (taken.has(piece)) continue
      taken.add(piece)
      isKept.add(each)
    }
  }
  return snapshots.filter(each => isKept.has(each))
}
