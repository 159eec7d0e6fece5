import { describe, expect, it } from 'vitest'
import type { CoderId } from '../../../shared/domain/id'
import type { TableRow } from '../../../shared/journal/rows'
import {
  climb,
  JOURNAL_FORMAT,
  type StoredEntry,
  type Upcasters,
  upcast,
  upcastRow,
} from '../../../shared/journal/upcast'
import { adding } from '../../support/entries'
import { BATCH, reportNamed } from '../../support/project'

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

describe('an entry of format 2', () => {
  const {
    path: _,
    row: __,
    hanChars: ___,
    format,
    extractor,
    markupHash,
    ...old
  } = reportNamed('r1')
  const since = { path: 'r1.txt', row: null, format, extractor, markupHash, hanChars: null }
  const today = { ...old, ...since }
  const stamp = { at: 0, coderId: 'me', seq: 1 }

  it('that is an import has text files and nothing else', () => {
    const entry = { kind: 'import', batch: BATCH, reports: [old], ...stamp }
    expect(upcast({ ...entry, prev: '' } as unknown as StoredEntry, 2)).toEqual({
      ...entry,
      reports: [today],
      variables: [],
      values: [],
    })
  })

  it('that changes reports has them in the shape of today before and after', () => {
    const renamed = { ...old, title: 'x' }
    const changes = [
      { table: 'reports', id: 'r1', before: old, after: renamed },
      { table: 'reports', id: 'r2', before: null, after: old },
      { table: 'codes', id: 'c', before: { id: 'c' }, after: null },
    ]
    const entry = { kind: 'do', of: null, label: 'renameReport', about: '', changes, ...stamp }
    expect(upcast({ ...entry, prev: '' } as unknown as StoredEntry, 1)).toEqual({
      ...entry,
      changes: [
        { ...changes[0], before: today, after: { ...today, title: 'x' } },
        { ...changes[1], after: today },
        changes[2],
      ],
    })
  })

  it.each([{ kind: 'import' }, { kind: 'do' }, { kind: 'import', reports: [null, 7] }, {}])(
    'of no sensible shape is left to whoever checks it: %j',
    entry => {
      expect(upcast({ ...entry, prev: '' } as unknown as StoredEntry, 2)).toMatchObject(entry)
    },
  )
})

it('takes a report that an older snapshot kept, and no other row', () => {
  const {
    path: _,
    row: __,
    hanChars: ___,
    format,
    extractor,
    markupHash,
    ...old
  } = reportNamed('r1')
  const stored = { table: 'reports', row: old } as unknown as TableRow
  const since = { path: 'r1.txt', row: null, format, extractor, markupHash, hanChars: null }
  const row = { ...old, ...since }
  expect(upcastRow(stored, 2)).toEqual({ table: 'reports', row })
  expect(upcastRow(stored, 3)).toBe(stored)
  const batch: TableRow = { table: 'batches', row: BATCH }
  expect(upcastRow(batch, 2)).toBe(batch)
})
