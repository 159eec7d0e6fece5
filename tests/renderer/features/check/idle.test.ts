import { expect, it } from 'vitest'
import { CHECK_EVERY_MS, IDLE_MS, isCheckDue } from '../../../../renderer/features/check/idle'

const NOW = 1_800_000_000_000
const quiet = {
  now: NOW,
  activeAt: NOW - IDLE_MS,
  checkedAt: null,
  hasFailed: false,
  isBusy: false,
}

it('begins by itself when nothing was done for five minutes and it never ran here', () => {
  expect(isCheckDue(quiet)).toBe(true)
})

it('waits while somebody is there, or something is being saved', () => {
  expect(isCheckDue({ ...quiet, activeAt: NOW - IDLE_MS + 1 })).toBe(false)
  expect(isCheckDue({ ...quiet, isBusy: true })).toBe(false)
})

it('does not try again by itself what has failed, until the project is opened anew', () => {
  expect(isCheckDue({ ...quiet, hasFailed: true })).toBe(false)
})

it('runs at most once a week', () => {
  expect(isCheckDue({ ...quiet, checkedAt: NOW - CHECK_EVERY_MS + 1 })).toBe(false)
  expect(isCheckDue({ ...quiet, checkedAt: NOW - CHECK_EVERY_MS })).toBe(true)
})

it('is not put off for years by a clock that was set back', () => {
  expect(isCheckDue({ ...quiet, checkedAt: NOW + 10 * CHECK_EVERY_MS })).toBe(true)
})
