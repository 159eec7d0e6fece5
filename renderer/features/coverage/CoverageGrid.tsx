import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
} from 'react'
import type { CoverageTotals } from '../../../shared/analysis/coverage'
import type { CoverageLine } from '../../../shared/analysis/coverage-lines'
import type { ReportRow } from '../../../shared/analysis/report-row'
import { useWords } from '../../locale/use-words'
import type { CoverageLook } from '../../session/coverage'
import { isComposing } from '../../ui/composing'
import { CellTip } from './CellTip'
import { CoverageLineRow } from './CoverageLineRow'
import { type GridPlace, nextPlace } from './grid-keys'
import { useHover } from './use-hover'

interface CoverageGridProps {
  readonly years: readonly number[]
  readonly lines: readonly CoverageLine[]
  /** Of all places that are shown. */
  readonly totals: CoverageTotals
  readonly places: number
  readonly look: CoverageLook
  onMove(cell: NonNullable<CoverageLook['cell']>): void
  /** Enter or a double click on reports: those of a cell, or of a place for its head. */
  onOpen(line: CoverageLine, column: number): void
  onFold(key: string): void
  onCopy(): void
}

const HEAD = 40
const ROW = 38
const PLACE = 264
const YEAR = 84

/**
 * Places by years. The grid itself has the focus and says which cell is current; of its rows and
 * columns only those in view exist.
 */
export function CoverageGrid(props: CoverageGridProps) {
  const { years, lines, totals, places, look, onMove, onOpen, onFold, onCopy } = props
  const { mode, duty, cell } = look
  const { t, number } = useWords()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { hovered, follow, forget } = useHover(scroller)
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
    overscan: 10,
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: years.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => YEAR,
    paddingStart: PLACE,
    scrollPaddingStart: PLACE,
    overscan: 3,
  })

  const current = currentOf(cell, lines, years)
  const go = ({ line, column }: GridPlace) => {
    const to = lines[line]
    if (to === undefined) return
    onMove({ line: to.key, year: years[column - 1] ?? null })
    rows.scrollToIndex(line, { align: 'auto' })
    if (column > 0) columns.scrollToIndex(column - 1, { align: 'auto' })
  }
  const act = ({ line, column }: GridPlace) => {
    const at = lines[line]
    if (at?.kind === 'group') onFold(at.key)
    else if (at) onOpen(at, column)
  }

  // Who comes back from a report finds the cell that they left by.
  const onReturn = useEffectEvent(() => {
    if (cell !== null && current.line > 0) rows.scrollToIndex(current.line, { align: 'center' })
  })
  useEffect(() => onReturn(), [])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (isComposing(event) || event.altKey || lines.length === 0) return
    const isMod = event.ctrlKey || event.metaKey
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD) / ROW) - 1)
    const size = { lines: lines.length, columns: years.length + 1, page }
    const to = nextPlace({ key: event.key, isMod }, current, size)
    if (to) go(to)
    else if (event.key === 'Enter' || event.key === ' ') act(current)
    else if (isMod && event.key.toLowerCase() === 'c' && !event.shiftKey) onCopy()
    else return
    forget()
    event.preventDefault()
  }
  const onClick = (event: MouseEvent) => {
    const at = placeAt(event.target)
    if (at === null) return
    go(at)
    const line = lines[at.line]
    if (line?.kind === 'group' && at.column === 0) onFold(line.key)
  }
  const onDoubleClick = (event: MouseEvent) => {
    const at = placeAt(event.target)
    if (at !== null && lines[at.line]?.kind === 'place') act(at)
  }

  const shownColumns = columns.getVirtualItems()
  const shownRows = rows.getVirtualItems()
  const isDrawn =
    shownRows.some(({ index }) => index === current.line) &&
    (current.column === 0 || shownColumns.some(({ index }) => index === current.column - 1))
  const gridProps = {
    role: 'grid',
    tabIndex: 0,
    onKeyDown,
    onClick,
    onDoubleClick,
    onPointerOver: (event: PointerEvent) => follow(placeAt(event.target), event.target),
    onPointerLeave: forget,
    onScroll: forget,
    'aria-label': t('coverage.title'),
    'aria-rowcount': lines.length + 1,
    'aria-colcount': years.length + 1,
    ...(isDrawn ? { 'aria-activedescendant': `${id}-${current.line}-${current.column}` } : {}),
  }
  const tipLine = hovered === null ? undefined : lines[hovered.place.line]

  return (
    <div
      ref={scroller}
      className={cell === null ? 'coverage-grid' : 'coverage-grid has-current'}
      {...gridProps}
    >
      <div
        role="presentation"
        className="coverage-sheet"
        style={{ blockSize: rows.getTotalSize(), inlineSize: columns.getTotalSize() }}
      >
        <div className="coverage-head" {...HEAD_ROW}>
          <div className="coverage-corner" {...columnHead(1)}>
            <span>{t('coverage.place')}</span>
            <span className="coverage-count">
              {number(totals.present)}/{number(totals.cells)}
            </span>
          </div>
          {shownColumns.map(({ index, start }) => (
            <div
              key={index}
              className="coverage-year"
              {...columnHead(index + 2)}
              style={{ insetInlineStart: start }}
            >
              <span>{years[index]}</span>
              <span
                className="coverage-count"
                title={t('coverage.ofPlaces', {
                  n: number(totals.byYear[index] ?? 0),
                  all: number(places),
                })}
              >
                {number(totals.byYear[index] ?? 0)}/{number(places)}
              </span>
            </div>
          ))}
        </div>
        {shownRows.map(({ index, start }) => {
          const line = lines[index]
          if (line === undefined) return null
          return (
            <CoverageLineRow
              key={line.key}
              id={`${id}-${index}`}
              line={line}
              index={index}
              top={start}
              years={years}
              columns={shownColumns}
              mode={mode}
              duty={duty}
              current={index === current.line ? current.column : null}
            />
          )
        })}
      </div>
      {hovered !== null && tipLine?.kind === 'place' && (
        <CellTip
          anchor={hovered.element}
          row={tipLine.row}
          year={years[hovered.place.column - 1] ?? null}
          reports={reportsAt(tipLine, hovered.place.column)}
          duty={duty}
          onClose={forget}
        />
      )}
    </div>
  )
}

/** The reports of a cell; of a place's head, all of the place. */
export function reportsAt(line: CoverageLine, column: number): readonly ReportRow[] {
  if (line.kind === 'group') return []
  return column === 0 ? line.row.cells.flat() : (line.row.cells[column - 1] ?? [])
}

const HEAD_ROW = { role: 'row', 'aria-rowindex': 1 }

function columnHead(column: number) {
  return { role: 'columnheader', 'aria-colindex': column }
}

/** The current cell, or the first where there is none any more. */
function currentOf(
  cell: CoverageLook['cell'],
  lines: readonly CoverageLine[],
  years: readonly number[],
): GridPlace {
  const line = cell === null ? 0 : lines.findIndex(({ key }) => key === cell.line)
  const column = cell?.year == null ? (cell === null ? 1 : 0) : years.indexOf(cell.year) + 1
  return { line: Math.max(0, line), column: Math.min(column, years.length) }
}

function placeAt(target: EventTarget): GridPlace | null {
  const element = target instanceof Element ? target.closest('[data-column]') : null
  if (!(element instanceof HTMLElement)) return null
  return { line: Number(element.dataset.line), column: Number(element.dataset.column) }
}
