import { expect, it } from 'vitest'
import { latestOnly } from '../../../../renderer/features/coverage/latest-only'

/** Work that ends when the test says so, and what was told of it. */
function bench() {
  const begun: number[] = []
  const told: unknown[] = []
  const ends: (() => void)[] = []
  const latest = latestOnly(
    (input: number) => {
      begun.push(input)
      return new Promise<number>((resolve, reject) => {
        ends.push(() => (input < 0 ? reject(input) : resolve(input)))
      })
    },
    { onDone: answer => told.push(answer), onError: error => told.push({ error }) },
  )
  const finish = async () => {
    ends.shift()?.()
    await new Promise(resolve => setTimeout(resolve))
  }
  return { begun, told, latest, finish }
}

it('ends what it has begun, and then takes only the last of what was asked meanwhile', async () => {
  const { begun, told, latest, finish } = bench()
  for (const input of [1, 2, 3, 4]) latest.ask(input)
  await finish()
  expect(told).toEqual([1])
  expect(begun).toEqual([1, 4])
  await finish()
  expect(told).toEqual([1, 4])
})

it('goes on after a failure, which is told', async () => {
  const { told, latest, finish } = bench()
  latest.ask(-1)
  latest.ask(2)
  await finish()
  await finish()
  expect(told).toEqual([{ error: -1 }, 2])
})

it('tells nothing once it is ended', async () => {
  const { begun, told, latest, finish } = bench()
  latest.ask(1)
  latest.ask(2)
  latest.end()
  await finish()
  expect([begun, told]).toEqual([[1], []])
})

it('tells at once what is answered at once', () => {
  const told: number[] = []
  const latest = latestOnly((input: number) => input * 2, {
    onDone: answer => told.push(answer),
    onError: () => {},
  })
  latest.ask(1)
  latest.ask(2)
  expect(told).toEqual([2, 4])
})
