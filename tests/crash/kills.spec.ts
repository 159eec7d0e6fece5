import { test } from '@playwright/test'
import { liveThrough, type Told } from './lane'

// Nothing that the page called saved is ever lost. Each round works as a person would, kills
// the server, the browser or both at a random moment, may damage what a crash can damage, and
// starts again twice with new work in between: some damage shows only the second time.
//
// CODICIL_ROUNDS sets how many rounds, CODICIL_SEED which, CODICIL_LANES how many people work side
// by side. With neither of the first two the rounds are the same every time; who asks for a
// number of rounds gets others each time. The seed is printed.

const ROUNDS = Number(process.env.CODICIL_ROUNDS ?? 30)
const SEED = Number(process.env.CODICIL_SEED ?? (process.env.CODICIL_ROUNDS ? Date.now() % 1e6 : 1))
const LANES = Math.min(ROUNDS, Number(process.env.CODICIL_LANES ?? 3))

test('nothing acknowledged is lost, whatever is killed and whenever', async () => {
  test.setTimeout(120_000 + ROUNDS * 40_000)
  console.log(`crash rounds: ${ROUNDS}, seed ${SEED}, ${LANES} side by side`)
  const lanes: Told[] = Array.from({ length: LANES }, () => ({
    rounds: [],
    acknowledged: 0,
    rebuilt: 0,
  }))
  const lived = await Promise.allSettled(
    lanes.map((told, i) => {
      const rounds = Math.floor(ROUNDS / LANES) + (i < ROUNDS % LANES ? 1 : 0)
      return liveThrough(rounds, SEED + i, told)
    }),
  )
  const all = lanes.flatMap(({ rounds }, i) =>
    rounds.map((round, k) => `${i + 1}.${k + 1}: ${round}`),
  )
  console.log(all.join('\n'))
  const failed = lived.find(each => each.status === 'rejected')
  if (failed) {
    console.log(`crash: FAILED with seed ${SEED} (CODICIL_ROUNDS=${ROUNDS} CODICIL_LANES=${LANES})`)
    throw failed.reason
  }
  const sum = (of: 'acknowledged' | 'rebuilt') => lanes.reduce((n, lane) => n + lane[of], 0)
  console.log(
    `crash: ${ROUNDS} kills, ${sum('acknowledged')} acknowledged, 0 lost, ${sum('rebuilt')} working copies rebuilt (seed ${SEED})`,
  )
})
