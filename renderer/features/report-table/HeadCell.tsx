import { ArrowDown, ArrowUp, ChevronDown, Filter } from 'lucide-react'
import { type PointerEvent, type ReactNode, useRef } from 'react'
import type { ColumnKey } from '../../../shared/analysis/report-row'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { part } from './part'

interface HeadCellProps {
  readonly column: ColumnKey
  readonly name: string
  readonly at: number
  readonly width: number
  /** `null` where the table is not sorted by it. */
  readonly direction: 'up' | 'down' | null
  readonly isFiltered: boolean
  /** What its menu offers. */
  readonly menu: ReactNode
  onSort(how: { readonly keepOthers: boolean }): void
  onWidth(pixels: number): void
}

/** A column's head: a press sorts, the arrow opens what else can be done, the edge sets its width. */
export function HeadCell(props: HeadCellProps) {
  const { column, name, at, width, direction, isFiltered, menu, onSort, onWidth } = props
  const { t } = useWords()
  const begun = useRef<{ x: number; width: number } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    begun.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (begun.current) onWidth(begun.current.width + event.clientX - begun.current.x)
  }
  return (
    <div
      className="grid-headcell"
      data-key={column}
      {...part('columnheader', {
        'aria-colindex': at + 2,
        'aria-sort': direction === null ? 'none' : direction === 'up' ? 'ascending' : 'descending',
      })}
    >
      <button
        type="button"
        className="grid-sort"
        title={name}
        onClick={event => onSort({ keepOthers: event.shiftKey })}
      >
        <span>{name}</span>
        {direction === 'up' && <ArrowUp aria-hidden />}
        {direction === 'down' && <ArrowDown aria-hidden />}
        {isFiltered && <Filter aria-label={t('table.filtered')} />}
      </button>
      <Menu
        label={t('table.columnMenu', { name })}
        placement="bottom end"
        trigger={
          <IconButton
            size="small"
            label={t('table.columnMenu', { name })}
            icon={<ChevronDown aria-hidden />}
          />
        }
      >
        {menu}
      </Menu>
      <div
        className="grid-edge"
        aria-hidden
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => {
          begun.current = null
        }}
      />
    </div>
  )
}
