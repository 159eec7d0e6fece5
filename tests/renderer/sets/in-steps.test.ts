import { expect, it } from 'vitest'
import { filteredInSteps } from '../../../renderer/sets/in-steps'

const MANY = Array.from({ length: 30_000 }, (_, at) => at)

it('answers what a filter in one go would', async () => {
  const isEven = (value: number) => value % 2 === 0
  expect(await filteredInSteps(MANY, isEven, () => true)).toEqual(MANY.filter(isEven))
  expect(await filteredInSteps([], isEven, () => true)).toEqual([])
})

it('lets others run in between, and stops when the answer is no longer wanted', async () => {
  let tested = 0
  let isWanted = true
  const slow = () => {
    tested++
    const until = performance.now() + 0.02
    while (performance.now() < until);
    return true
  }
  const answer = filteredInSteps(MANY, slow, () => isWanted)
  setTimeout(() => {
    isWanted = false
  })
  expect(await answer).toBeNull()
  expect(tested).toBeLessThan(MANY.length)
})
