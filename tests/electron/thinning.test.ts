import fc from 'fast-check'
import { expect, it } from 'vitest'
import { kept } from '../../electron/host/thinning'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 5, 15, 12)

it('keeps all of two hours, then one an hour, a day, a week and a month', () => {
  const every10Minutes = Array.from({ length: 6 * 24 * 500 }, (_, i) => i * 10 * 60_000)
  const left = ages(every10Minutes)
  expect(left.filter(age => age < 2 * HOUR)).toHaveLength(12)
  expect(left.filter(age => age >= 2 * HOUR && age < 2 * DAY)).toHaveLength(46)
  expect(left.filter(age => age >= 2 * DAY && age < 14 * DAY)).toHaveLength(12)
  expect(left.filter(age => age >= 14 * DAY && age < 56 * DAY).length).toBeLessThanOrEqual(8)
  expect(left.filter(age => age >= 56 * DAY).length).toBeLessThanOrEqual(11)
  expect(left.filter(age => age >= 56 * DAY).length).toBeGreaterThanOrEqual(9)
  expect(left.filter(age => age >= 361 * DAY)).toEqual([])
})

it('keeps the newest and the pinned however old they are', () => {
  const old = [1, 2, 3].map(seq => ({ seq, at: NOW - 900 * DAY + seq, isPinned: seq === 1 }))
  expect(kept(old, NOW).map(({ seq }) => seq)).toEqual([1, 3])
})

const snapshots = fc
  .array(
    fc.record({
      age: fc.oneof(
        fc.integer({ min: -HOUR, max: 4 * HOUR }),
        fc.integer({ min: 0, max: 60 * DAY }),
        fc.integer({ min: 0, max: 800 * DAY }),
      ),
      isPinned: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
    }),
    { maxLength: 200 },
  )
  .map(list => {
    const ordered = list.sort((a, b) => b.age - a.age)
    return ordered.map(({ age, isPinned }, i) => ({ seq: i + 1, at: NOW - age, isPinned }))
  })

it('keeps at most so many, and for every moment one that is near enough', () => {
  fc.assert(
    fc.property(snapshots, all => {
      const left = kept(all, NOW)
      const unpinned = left.filter(({ isPinned }) => !isPinned)
      const young = unpinned.filter(({ at }) => NOW - at < 2 * HOUR)
      expect(unpinned.length - young.length).toBeLessThanOrEqual(49 + 15 + 9 + 13 + 1)
      for (const each of all) {
        const age = NOW - each.at
        const reach = [
          [2 * HOUR, 1],
          [2 * DAY, HOUR],
          [14 * DAY, DAY],
          [56 * DAY, 7 * DAY],
          [360 * DAY, 30 * DAY],
        ].find(([upTo]) => age < upTo!)
        if (each.isPinned || age < 2 * HOUR || each === all.at(-1)) expect(left).toContain(each)
        else if (reach) {
          expect(left.some(({ at }) => at >= each.at && at - each.at < reach[1]!)).toBe(true)
        }
      }
    }),
  )
})

it('takes out nothing more when it is asked again, and is not fooled by thinning on the way', () => {
  fc.assert(
    fc.property(snapshots, fc.integer({ min: 0, max: 400 * DAY }), (all, later) => {
      const left = kept(all, NOW)
      expect(kept(left, NOW)).toEqual(left)
      // Thinned daily or not, what is there later is the same.
      expect(kept(left, NOW + later)).toEqual(kept(all, NOW + later))
    }),
  )
})

function ages(list: readonly number[]): number[] {
  const all = list.map((age, i) => ({ seq: list.length - i, at: NOW - age, isPinned: false }))
  return kept(all, NOW).map(({ at }) => NOW - at)
}
