import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { answerOf, type CoverageQuestion } from '../../../shared/analysis/coverage-cell'
import type { CoverageLine } from '../../../shared/analysis/coverage-lines'
import { useWords } from '../../locale/use-words'
import { CellMark } from './CellMark'
import { longWords } from './cell-words'
import { placeFacts } from './place-facts'

/** A column that is in view: which year, counted from 0, and where it begins in pixels. */
export interface ShownColumn {
  readonly index: number
  readonly start: number
}

interface CoverageLineRowProps {
  /** With the number of a column behind it, a cell's id; the head's is 0, the first year's 1. */
  readonly id: string
  readonly line: CoverageLine
  readonly index: number
  /** Pixels from the grid's top. */
  readonly top: number
  readonly years: readonly number[]
  readonly columns: readonly ShownColumn[]
  readonly mode: CoverageQuestion['mode']
  readonly duty: CoverageQuestion['duty']
  /** The number of the current cell's column when it is in this line; else `null`. */
  readonly current: number | null
}

/** A place with its years, or a group of places with how many of them have a report. */
export const CoverageLineRow = memo(function CoverageLineRow(props: CoverageLineRowProps) {
  const { id, line, index, top, years, columns, mode, duty, current } = props
  const words = useWords()
  const { t, number } = words
  const isGroup = line.kind === 'group'
  const name = isGroup ? line.label || t('coverage.unknown') : line.row.place.name
  const present = isGroup ? line.totals.present : line.row.present
  const cells = isGroup ? line.totals.cells : years.length

  const saidOf = (at: number) =>
    isGroup
      ? t('coverage.ofPlaces', { n: number(line.totals.byYear[at]!), all: number(line.places) })
      : longWords(words, answerOf(line.row.cells[at]!, { mode, duty }), mode)
  const cellProps = (column: number, role: 'rowheader' | 'gridcell') => ({
    role,
    id: `${id}-${column}`,
    'aria-colindex': column + 1,
    'data-line': index,
    'data-column': column,
    'data-current': current === column || undefined,
  })
  // The grid has the focus and names the current cell: none of them is focused itself.
  const rowProps = { role: 'row', 'aria-rowindex': index + 2 }

  return (
    <div
      {...rowProps}
      className={isGroup ? 'coverage-row coverage-group' : 'coverage-row'}
      style={{ insetBlockStart: top }}
    >
      <div
        {...cellProps(0, 'rowheader')}
        {...(isGroup ? { 'aria-expanded': !line.isFolded } : {})}
        className="coverage-place"
      >
        {isGroup && (
          <span className="coverage-fold" aria-hidden>
            {line.isFolded ? <ChevronRight /> : <ChevronDown />}
          </span>
        )}
        <span className="coverage-name">
          <span className="coverage-name-main">{name}</span>
          <span className="coverage-name-facts">
            {isGroup
              ? t('coverage.places', { count: line.places, n: number(line.places) })
              : placeFacts(line.row.place)}
          </span>
        </span>
        <span className="coverage-count">
          {number(present)}/{number(cells)}
        </span>
      </div>
      {columns.map(({ index: at, start }) => (
        <div
          key={at}
          {...cellProps(at + 1, 'gridcell')}
          className="coverage-cell"
          style={{ insetInlineStart: start }}
        >
          <span className="visually-hidden">
            {t('coverage.cell.name', { place: name, year: years[at], said: saidOf(at) })}
          </span>
          {isGroup ? (
            <span className="coverage-share" aria-hidden>
              {number(line.totals.byYear[at]!)}/{number(line.places)}
            </span>
          ) : (
            <CellMark answer={answerOf(line.row.cells[at]!, { mode, duty })} words={words} />
          )}
        </div>
      ))}
    </div>
  )
})
