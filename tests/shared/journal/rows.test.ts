import { expect, it } from 'vitest'
import type { ReportId } from '../../../shared/domain/id'
import { rowsIn, slicesOf } from '../../../shared/journal/rows'
import { emptyState } from '../../../shared/journal/state'
import { annotationAt } from '../../support/annotations'

it('lists any number of annotations of one report, by id', () => {
  const state = emptyState()
  const items = Array.from({ length: 200_000 }, (_, i) =>
    annotationAt('Wind', 0, 4, { id: String(200_000 - i).padStart(6, '0') }),
  )
  state.annotations.set('r' as ReportId, new Map(items.map(item => [item.id, item])))
  const ids = Array.from(rowsIn(state), ({ row }) => row.id)
  expect(ids).toEqual(items.map(({ id }) => id).reverse())
})

it('cuts rows by the bytes that they take as changes, and puts no empty slice before a large one', () => {
  const rowOf = (id: string, quote: string) =>
    ({ table: 'annotations', row: { ...annotationAt(quote, 0, quote.length, { id }) } }) as const
  const rows = [rowOf('a', '风'.repeat(1000)), rowOf('b', 'x'), rowOf('c', 'x'), rowOf('d', 'x')]
  const cut = (bytes: number) =>
    [...slicesOf(rows, bytes)].map(slice => slice.map(({ id }) => id).join(''))
  expect(cut(2500)).toEqual(['a', 'bcd'])
  expect(cut(100_000)).toEqual(['abcd'])
  expect(cut(1)).toEqual(['a', 'b', 'c', 'd'])
  expect([...slicesOf([], 100)]).toEqual([])
})
