import { expect, it } from 'vitest'
import { type GridPlace, nextPlace } from '../../../../renderer/features/coverage/grid-keys'

const SIZE = { lines: 30, columns: 5, page: 10 }

function lead(key: string, from: GridPlace, isMod = false) {
  const to = nextPlace({ key, isMod }, from, SIZE)
  return to && [to.line, to.column]
}

it('moves by one cell, and stays at the edges', () => {
  const corner = { line: 0, column: 0 }
  expect(['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight'].map(key => lead(key, corner))).toEqual(
    [
      [0, 0],
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  )
  expect(lead('ArrowRight', { line: 29, column: 4 })).toEqual([29, 4])
})

it('moves by pages, to the ends of a line, and with Control to the ends of the grid', () => {
  const middle = { line: 15, column: 2 }
  expect([
    lead('PageUp', middle),
    lead('PageDown', { line: 25, column: 2 }),
    lead('Home', middle),
    lead('End', middle),
    lead('Home', middle, true),
    lead('End', middle, true),
    lead('ArrowDown', middle, true),
    lead('ArrowLeft', middle, true),
  ]).toEqual([
    [5, 2],
    [29, 2],
    [15, 0],
    [15, 4],
    [0, 0],
    [29, 4],
    [29, 2],
    [15, 0],
  ])
})

it('leaves all other keys to others', () => {
  expect(lead('a', { line: 1, column: 1 })).toBeNull()
})
