import { expect, it } from 'vitest'
import { NO_PACE, paceMeter } from '../../../renderer/jobs/pace'

const TOTAL = { files: 100, bytes: 1_000_000 }

it('tells nothing before anything has been done', () => {
  const meter = paceMeter(TOTAL, 0)
  expect(meter.at({ files: 0, bytes: 0 }, 500)).toEqual(NO_PACE)
  expect(meter.at({ files: 1, bytes: 10_000 }, 0)).toEqual(NO_PACE)
})

it('tells how fast it goes and what is left', () => {
  const meter = paceMeter(TOTAL, 1000)
  expect(meter.at({ files: 25, bytes: 250_000 }, 3000)).toEqual({
    filesPerSecond: 12.5,
    bytesPerSecond: 125_000,
    leftMs: 6000,
  })
  expect(meter.at(TOTAL, 9000).leftMs).toBe(0)
})

it('forgets how it went ten seconds ago', () => {
  const meter = paceMeter(TOTAL, 0)
  for (let second = 1; second <= 20; second++) meter.at({ files: second, bytes: 0 }, second * 1000)
  const { filesPerSecond } = meter.at({ files: 60, bytes: 0 }, 24_000)
  expect(filesPerSecond).toBeGreaterThan(4)
})

it('counts a file for something even where it is small', () => {
  const meter = paceMeter({ files: 100, bytes: 100 }, 0)
  expect(meter.at({ files: 50, bytes: 0 }, 1000).leftMs).toBeCloseTo(1000, -1)
})
