import fc from 'fast-check'
import { expect, it } from 'vitest'
import { boxOf, moved, moveOf } from '../../../../renderer/features/report-table/range'

const extent = { lines: 30, columns: 5, page: 10 }

it('goes where the keys of spreadsheets go, and never out of the table', () => {
  const at = { line: 12, column: 2 }
  const go = (key: string, ctrlKey = false) =>
    moved(at, moveOf({ key, ctrlKey, metaKey: false })!, extent)
  expect([
    go('ArrowUp'),
    go('PageDown'),
    go('PageUp', false),
    go('Home'),
    go('End', true),
    go('ArrowDown', true),
    go('ArrowLeft', true),
  ]).toEqual([
    { line: 11, column: 2 },
    { line: 22, column: 2 },
    { line: 2, column: 2 },
    { line: 12, column: 0 },
    { line: 29, column: 4 },
    { line: 29, column: 2 },
    { line: 12, column: 0 },
  ])
  expect(moved({ line: 0, column: 0 }, 'up', extent)).toEqual({ line: 0, column: 0 })
  expect(moveOf({ key: 'a', ctrlKey: false, metaKey: false })).toBeNull()
})

it('has both corners in the box, whichever way it was drawn', () => {
  const spot = fc.record({ line: fc.nat(9), column: fc.nat(9) })
  fc.assert(
    fc.property(spot, spot, (anchor, head) => {
      const box = boxOf({ anchor, head })
      expect(box).toEqual(boxOf({ anchor: head, head: anchor }))
      for (const { line, column } of [anchor, head]) {
        expect(line >= box.top && line < box.bottom).toBe(true)
        expect(column >= box.left && column < box.right).toBe(true)
      }
    }),
  )
})
