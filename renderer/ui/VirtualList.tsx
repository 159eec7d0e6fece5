import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { isComposing } from './composing'
import { type ListMove, moveTo, pick } from './list-keys'
import './virtual-list.css'

export interface VirtualListHandle {
  /** Brings an item into view and makes it the current one. Does nothing for an unknown key. */
  reveal(key: string): void
  focus(): void
}

export interface VirtualListRow {
  readonly index: number
  readonly isSelected: boolean
  /** The row that the keyboard is on, while the list has the focus. */
  readonly isCurrent: boolean
}

export interface VirtualListProps<T> {
  readonly label: string
  readonly items: readonly T[]
  /** Every item's own key. */
  keyOf(item: T): string
  /** What is inside a row. Controls in it need `grid`, and `excludeFromTabOrder`. */
  renderRow(item: T, row: VirtualListRow): ReactNode
  /** What a screen reader says for the row; without it, what is inside. */
  nameOf?(item: T): string
  /** Pixels; the same for every row. 26 unless told. */
  readonly rowHeight?: number
  readonly selected: ReadonlySet<string>
  onSelect(selected: ReadonlySet<string>): void
  /** Enter, or a double click. */
  onActivate?(item: T): void
  /** Whether a right click leaves the selection, as where selecting leads elsewhere. */
  readonly menuKeepsSelection?: boolean
  /** A right click or the menu key; the point is in CSS pixels from the window's corner. */
  onMenu?(item: T, at: { x: number; y: number }): void
  /**
   * `one` follows the keyboard; `many` adds Shift, Control and Command; in `toggle` a press or
   * Space changes one row and leaves the others. `one` unless told.
   */
  readonly selection?: 'one' | 'many' | 'toggle'
  /** `grid` when rows hold controls of their own; otherwise `listbox`. */
  readonly role?: 'listbox' | 'grid'
  /** Makes the rows a tree, of which `items` are those that are not folded away. */
  readonly tree?: VirtualTree<T>
  /** Takes the place of the rows while there are none. */
  readonly empty?: ReactNode
  readonly ref?: Ref<VirtualListHandle>
}

/** How the rows of a list stand under one another. */
export interface VirtualTree<T> {
  /** 1 at the top; the rows under one follow it. */
  levelOf(item: T): number
  /** `null` for a row that has none under it. */
  isExpanded(item: T): boolean | null
  /** Left and right arrow; right asks to expand. */
  onToggle(item: T): void
}

const PAGE = 12

/**
 * A list of any length, of which only the rows in view exist. The list itself has the focus,
 * and says which row is current; that row survives changes of `items` by its key.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, items, keyOf, renderRow, nameOf, rowHeight = 26, selected, onSelect } = props
  const { onActivate, onMenu, menuKeepsSelection, selection = 'one', role = 'listbox' } = props
  const { tree, empty, ref } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [currentKey, setCurrentKey] = useState<string | null>(null)
  const [anchorKey, setAnchorKey] = useState<string | null>(null)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: index => keyAt(index) ?? index,
  })

  const indexOf = (key: string | null) =>
    key === null ? -1 : items.findIndex(item => keyOf(item) === key)
  const [firstSelected = null] = selected
  // Looked up among few: the current row and, before there is one, the selected.
  const current = indexOf(currentKey ?? firstSelected)

  useImperativeHandle(ref, () => ({
    reveal: key => {
      const index = indexOf(key)
      if (index < 0) return
      setCurrentKey(key)
      rows.scrollToIndex(index, { align: 'auto' })
    },
    focus: () => scroller.current?.focus(),
  }))

  function keyAt(index: number): string | null {
    const item = items[index]
    return item === undefined ? null : keyOf(item)
  }

  /** The row that another stands under; itself at the top. */
  function parentOf(index: number, { levelOf }: VirtualTree<T>): number {
    const level = levelOf(items[index]!)
    for (let above = index - 1; above >= 0; above--) {
      if (levelOf(items[above]!) < level) return above
    }
    return index
  }

  function go(index: number, how: { extend: boolean; toggle: boolean; keep: boolean }) {
    const key = keyAt(index)
    if (key === null) return
    setCurrentKey(key)
    rows.scrollToIndex(index, { align: 'auto' })
    if (how.keep) return
    const isRange = selection === 'many' && how.extend
    if (!isRange) setAnchorKey(key)
    const anchor = isRange ? Math.max(0, indexOf(anchorKey ?? firstSelected)) : index
    const isToggle = selection !== 'one' && how.toggle && !isRange
    onSelect(pick({ selected, anchor, index, isToggle, keyAt }))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (isComposing(event) || event.target !== event.currentTarget) return
    const isMod = event.ctrlKey || event.metaKey
    const item = items[current]
    const move = MOVES[event.key]
    if (move && !event.altKey) {
      const to = moveTo(move, current, { count: items.length, page: PAGE })
      const keep = selection === 'toggle' || (isMod && selection === 'many')
      go(to, { extend: event.shiftKey, toggle: false, keep })
    } else if (tree && item !== undefined && event.key === 'ArrowRight') {
      if (tree.isExpanded(item) === false) tree.onToggle(item)
      else if (tree.isExpanded(item)) go(current + 1, { extend: false, toggle: false, keep: false })
    } else if (tree && item !== undefined && event.key === 'ArrowLeft') {
      if (tree.isExpanded(item)) tree.onToggle(item)
      else go(parentOf(current, tree), { extend: false, toggle: false, keep: false })
    } else if (event.key === ' ') {
      go(current, { extend: event.shiftKey, toggle: true, keep: false })
    } else if (event.key === 'Enter' && item !== undefined && onActivate) {
      onActivate(item)
    } else if (event.key === 'a' && isMod && selection !== 'one') {
      onSelect(new Set(items.map(keyOf)))
    } else if (isMenuKey(event) && item !== undefined && onMenu) {
      const box = scroller.current?.querySelector(`[data-index="${current}"]`)
      const { left, bottom } = (box ?? event.currentTarget).getBoundingClientRect()
      onMenu(item, { x: left + 24, y: bottom })
    } else {
      return
    }
    event.preventDefault()
  }

  const onRowClick = (event: MouseEvent, index: number) => {
    if (event.defaultPrevented) return
    const toggle = selection === 'toggle' || event.ctrlKey || event.metaKey
    go(index, { extend: event.shiftKey, toggle, keep: false })
  }
  const onRowMenu = (event: MouseEvent, index: number) => {
    const item = items[index]
    if (!onMenu || item === undefined) return
    event.preventDefault()
    if (selection !== 'toggle' && !menuKeepsSelection && !selected.has(keyOf(item)))
      go(index, { extend: false, toggle: false, keep: false })
    onMenu(item, { x: event.clientX, y: event.clientY })
  }

  const isGrid = role === 'grid'
  const activeKey = keyAt(current)
  const isDrawn = rows.getVirtualItems().some(({ index }) => index === current)
  const listProps = {
    role: tree ? 'tree' : role,
    onKeyDown,
    tabIndex: 0,
    'aria-label': label,
    'aria-multiselectable': selection !== 'one',
    ...(isGrid ? { 'aria-rowcount': items.length } : {}),
    ...(activeKey !== null && isDrawn ? { 'aria-activedescendant': `${id}-${activeKey}` } : {}),
  }
  const rowProps = (item: T, index: number, isSelected: boolean) => ({
    id: `${id}-${keyOf(item)}`,
    onClick: (event: MouseEvent) => onRowClick(event, index),
    onDoubleClick: () => onActivate?.(item),
    onContextMenu: (event: MouseEvent) => onRowMenu(event, index),
    'aria-selected': isSelected,
    ...(nameOf ? { 'aria-label': nameOf(item) } : {}),
    ...(tree ? treeProps(item, tree) : {}),
    ...(isGrid
      ? { role: 'row', 'aria-rowindex': index + 1 }
      : {
          role: tree ? 'treeitem' : 'option',
          'aria-posinset': index + 1,
          'aria-setsize': items.length,
        }),
  })

  return (
    <div ref={scroller} className="virtual-list" {...listProps}>
      {items.length === 0 && empty}
      <div role="presentation" className="virtual-rows" style={{ blockSize: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          const isSelected = selected.has(keyOf(item))
          const isCurrent = index === current
          const content = renderRow(item, { index, isSelected, isCurrent })
          return (
            <div
              key={keyOf(item)}
              {...rowProps(item, index, isSelected)}
              data-index={index}
              data-current={isCurrent || undefined}
              className="virtual-row"
              style={{ insetBlockStart: start, blockSize: rowHeight }}
            >
              {isGrid ? (
                <div className="virtual-cell" {...CELL}>
                  {content}
                </div>
              ) : (
                content
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function treeProps<T>(item: T, { levelOf, isExpanded }: VirtualTree<T>) {
  const expanded = isExpanded(item)
  return {
    'aria-level': levelOf(item),
    ...(expanded === null ? {} : { 'aria-expanded': expanded }),
  }
}

const CELL = { role: 'gridcell' }

const MOVES: Readonly<Record<string, ListMove>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'first',
  End: 'last',
}

function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)
}
