import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eachInSlices, sortedInSlices } from '../../shared/slices'

it('sorts as arrays do, and keeps the order of equals', async () => {
  const item = fc.record({ key: fc.integer({ min: 0, max: 20 }), name: fc.string() })
  await fc.assert(
    fc.asyncProperty(fc.array(item, { size: 'large', maxLength: 1000 }), async items => {
      const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key
      expect(await sortedInSlices(items, byKey)).toEqual([...items].sort(byKey))
    }),
    { numRuns: 50 },
  )
})

it('lets others run in between', async () => {
  let turns = 0
  const timer = setInterval(() => turns++)
  const busy = () => {
    const until = performance.now() + 1
    while (performance.now() < until);
  }
  await eachInSlices(Array.from({ length: 200 }), busy)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})
