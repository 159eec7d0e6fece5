import { expect, it } from 'vitest'
import type { CoderId } from '../../../shared/domain/id'
import {
  climb,
  JOURNAL_FORMAT,
  type StoredEntry,
  type Upcasters,
  upcast,
} from '../../../shared/journal/upcast'
import { adding } from '../../support/entries'

const STORED: StoredEntry = { ...adding('x'), coderId: 'me' as CoderId, seq: 7, prev: 'abc' }

it.each(Array.from({ length: JOURNAL_FORMAT }, (_, i) => i + 1))(
  'reads an entry of format %i, and takes the hash of the chain off',
  format => {
    expect(upcast(STORED, format)).toEqual({ ...adding('x'), coderId: 'me', seq: 7 })
  },
)

it.each([0, -1, 1.5, Number.NaN, JOURNAL_FORMAT + 1])('refuses a format %d', format => {
  expect(() => upcast(STORED, format)).toThrow('no such journal format')
})

it('takes an old entry through every format on the way, in order', () => {
  const by: Upcasters = {
    1: ({ who, ...entry }) => ({ ...entry, coder: who }),
    2: entry => ({ ...entry, coder: `${entry.coder}!` }),
    3: ({ coder, ...entry }) => ({ ...entry, coderId: coder }),
  }
  expect(climb({ seq: 1, who: 'Ann' }, 1, { to: 4, by })).toEqual({ seq: 1, coderId: 'Ann!' })
  expect(climb({ seq: 1, coder: 'Ann' }, 3, { to: 4, by })).toEqual({ seq: 1, coderId: 'Ann' })
  expect(climb({ seq: 1 }, 4, { to: 4, by })).toEqual({ seq: 1 })
})

it('does not pass over a format that has no way to the next', () => {
  const by: Upcasters = { 1: entry => entry }
  expect(() => climb({}, 1, { to: 3, by })).toThrow('no way from journal format 2')
})
