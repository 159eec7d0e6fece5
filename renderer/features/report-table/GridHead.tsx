import { memo, type ReactNode } from 'react'
import type { Column } from './columns'
import type { ShownColumn } from './GridRow'
import { part } from './part'

interface GridHeadProps {
  /** Pixels. */
  readonly gutter: number
  /** Pixels. */
  readonly height: number
  readonly first: Column | null
  readonly others: readonly ShownColumn[]
  renderHead(column: Column): ReactNode
}

/** The row of column heads. Scrolling down does not draw it again: its menus are costly. */
export const GridHead = memo(function GridHead(props: GridHeadProps) {
  const { gutter, height, first, others, renderHead } = props
  return (
    <div
      className="grid-head"
      {...part('row', { 'aria-rowindex': 1 })}
      style={{ blockSize: height }}
    >
      <div
        className="grid-gutter grid-corner"
        {...part('columnheader', { 'aria-colindex': 1 })}
        style={{ inlineSize: gutter }}
      >
        <span className="visually-hidden">#</span>
      </div>
      {first && (
        <div className="grid-fixed" style={{ insetInlineStart: gutter, inlineSize: first.width }}>
          {renderHead(first)}
        </div>
      )}
      {others.map(({ column, start }) => (
        <div
          key={column.key}
          className="grid-moving"
          style={{ insetInlineStart: start, inlineSize: column.width }}
        >
          {renderHead(column)}
        </div>
      ))}
    </div>
  )
})
