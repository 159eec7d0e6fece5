import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ComponentProps, memo } from 'react'
import { isVariableColumn } from '../../../shared/analysis/report-row'
import { CellInput } from './CellInput'
import type { Column } from './columns'
import type { Line } from './lines'
import { part } from './part'

/** A column that is in view beside the first. */
export interface ShownColumn {
  readonly column: Column
  /** Its place among all columns. */
  readonly at: number
  /** Pixels from the table's edge. */
  readonly start: number
}

interface GridRowProps {
  readonly line: Line
  readonly index: number
  /** Pixels from the table's top. */
  readonly top: number
  readonly height: number
  readonly gutter: number
  readonly first: Column
  readonly others: readonly ShownColumn[]
  /** The selected columns, half-open; -1 for none. */
  readonly from: number
  readonly to: number
  /** The column of the current cell; -1 where it is in another row. */
  readonly current: number
  /** The field of the current cell. */
  readonly input: ComponentProps<typeof CellInput> | null
  wordsOf(line: Line & { kind: 'row' }, column: Column): string
  groupWords(line: Line & { kind: 'group' }): string
}

/** One line of the table. Drawn again only when something in it has changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { line, index, top, height, gutter, first, others, from, to, current, input } = props
  const { wordsOf, groupWords } = props
  const frame = {
    ...part('row', { 'aria-rowindex': index + 2 }),
    'data-line': index,
    style: { insetBlockStart: top, blockSize: height },
  }
  if (line.kind === 'group') {
    return (
      <div {...frame} className="grid-row grid-group" data-column={0}>
        <div
          className="grid-cell grid-group-cell"
          {...part('gridcell', { 'aria-expanded': line.isOpen })}
          data-head={current >= 0 || undefined}
        >
          <span className="grid-fold">
            {line.isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          </span>
          {groupWords(line)}
          {input && <CellInput key="input" {...input} />}
        </div>
      </div>
    )
  }
  const cell = (column: Column, at: number) => {
    const isSelected = at >= from && at < to
    const value = isVariableColumn(column.key) ? line.row.values.get(column.key) : undefined
    return {
      ...part('gridcell', { 'aria-colindex': at + 2, 'aria-selected': isSelected }),
      'data-column': at,
      'data-key': column.key,
      'data-selected': isSelected || undefined,
      'data-head': at === current || undefined,
      // How sure it is, for its looks: what only asks or was inferred is not what was read.
      'data-origin': value?.origin,
      'data-number': typeof value?.value === 'number' || NUMBERS.has(column.key) || undefined,
    }
  }
  const content = (column: Column, at: number) => (
    <>
      <span className="grid-words">{wordsOf(line, column)}</span>
      {at === current && input && <CellInput key={column.key} {...input} />}
    </>
  )
  return (
    <div {...frame} className="grid-row">
      <div
        className="grid-gutter"
        {...part('rowheader', { 'aria-colindex': 1 })}
        data-column={-1}
        style={{ inlineSize: gutter }}
      >
        {line.number}
      </div>
      <div
        {...cell(first, 0)}
        className="grid-cell grid-fixed"
        style={{ insetInlineStart: gutter, inlineSize: first.width }}
      >
        {content(first, 0)}
      </div>
      {others.map(({ column, at, start }) => (
        <div
          key={column.key}
          {...cell(column, at)}
          className="grid-cell grid-moving"
          style={{ insetInlineStart: start, inlineSize: column.width }}
        >
          {content(column, at)}
        </div>
      ))}
    </div>
  )
})

const NUMBERS = new Set<string>(['chars', 'hanChars', 'uses'])
