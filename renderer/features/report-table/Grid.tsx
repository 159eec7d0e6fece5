import { type Range as Drawn, useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CellCommit } from './CellInput'
import type { Column } from './columns'
import { GridHead } from './GridHead'
import { GridRow, type ShownColumn } from './GridRow'
import type { Line } from './lines'
import { part } from './part'
import { moved, moveOf, type Spot } from './range'
import type { Suggestion } from './suggestions'
import type { Selection } from './use-selection'

/** What people ask of the selected cells by key, mouse or clipboard. */
export interface GridActions {
  onCommit(commit: CellCommit): void
  onClear(): void
  onFillDown(): void
  onPaste(text: string): void
  onOpen(): void
  onToggle(groupKey: string): void
  /** The selected cells as a spreadsheet would have them on the clipboard. */
  copied(): string | null
  onMenu(at: { x: number; y: number }): void
}

interface GridProps {
  readonly label: string
  readonly lines: readonly Line[]
  /** The first stays in view. */
  readonly columns: readonly Column[]
  readonly selection: Selection
  /** A cell to bring into view; a new object for every wish. */
  readonly wish: Spot | null
  readonly canEdit: boolean
  readonly actions: GridActions
  /** A column's head. */
  renderHead(column: Column): ReactNode
  /** What a cell says. */
  wordsOf(line: Line & { kind: 'row' }, column: Column): string
  /** What a group's head says. */
  groupWords(line: Line & { kind: 'group' }): string
  /** A cell's text as one would type it. */
  typedOf(line: Line & { kind: 'row' }, column: Column): string
  /** What the current cell is called. */
  cellName(line: Line, column: Column): string
  suggest(column: Column, typed: string): readonly Suggestion[]
}

const ROW_HEIGHT = 28
const HEAD_HEIGHT = 32
const GUTTER = 44

/**
 * A table of any size, of which only what is in view exists. One cell is current and holds the
 * focus; others beside it may be selected.
 */
export function Grid(props: GridProps) {
  const { label, lines, columns, selection, wish, canEdit, actions } = props
  const { renderHead, wordsOf, groupWords, typedOf, cellName, suggest } = props
  const scroller = useRef<HTMLDivElement>(null)
  const hasFocus = useRef(false)
  const [edits, setEdits] = useState(0)
  const isDragging = useRef(false)
  const [first, ...others] = columns
  const fixed = GUTTER + (first?.width ?? 0)
  const { range, box } = selection

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    getItemKey: at => lines[at]?.key ?? at,
    scrollPaddingStart: HEAD_HEIGHT,
    paddingStart: HEAD_HEIGHT,
    // The current cell holds the focus, so it stays wherever one scrolls to.
    rangeExtractor: drawn => withCurrent(drawn, range?.head.line ?? -1),
  })
  const across = useVirtualizer({
    horizontal: true,
    count: others.length,
    getScrollElement: () => scroller.current,
    estimateSize: at => others[at]!.width,
    overscan: 3,
    getItemKey: at => others[at]!.key,
    scrollPaddingStart: fixed,
    paddingStart: fixed,
    rangeExtractor: drawn => withCurrent(drawn, (range?.head.column ?? 0) - 1),
  })
  const widths = columns.map(({ width }) => width).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when widths change
  useLayoutEffect(() => across.measure(), [widths])
  const items = across.getVirtualItems()
  const inView = items.map(({ key, start }) => `${key} ${start}`).join('\n')
  // The same array as long as the same columns stand at the same places, or every row would be
  // drawn again with each scrolled pixel.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `inView` says what is in `items`
  const shownColumns = useMemo(
    () =>
      items.map(
        ({ index, start }): ShownColumn => ({ column: others[index]!, at: index + 1, start }),
      ),
    [inView, columns],
  )

  const reveal = ({ line, column }: Spot) => {
    rows.scrollToIndex(line, { align: 'auto' })
    if (column > 0) across.scrollToIndex(column - 1, { align: 'auto' })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish counts
  useLayoutEffect(() => {
    if (wish) select(wish, { extend: false })
  }, [wish])
  const select = (spot: Spot, { extend }: { readonly extend: boolean }) => {
    hasFocus.current = true
    selection.select(spot, { extend })
    reveal(spot)
  }
  const page = () =>
    Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / ROW_HEIGHT) - 1)
  const extent = () => ({ lines: lines.length, columns: columns.length, page: page() })

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!range || !box || event.altKey || (event.target as Element).closest('.grid-head')) return
    const isMod = event.ctrlKey || event.metaKey
    const line = lines[range.head.line]
    const move = moveOf(event)
    const toggles =
      line?.kind === 'group' &&
      !isMod &&
      (event.key === 'Enter' ||
        event.key === ' ' ||
        event.key === (line.isOpen ? 'ArrowLeft' : 'ArrowRight'))
    if (toggles) actions.onToggle(line.key)
    else if (move) select(moved(range.head, move, extent()), { extend: event.shiftKey })
    else if (event.key === 'Enter' && isMod) actions.onOpen()
    else if (event.key === 'Delete' || event.key === 'Backspace') actions.onClear()
    else if (isMod && event.key.toLowerCase() === 'd') actions.onFillDown()
    else if (isMod && event.key.toLowerCase() === 'a') selectAll()
    else if (event.key === ' ' && isMod) selectColumns()
    else if (event.key === ' ' && event.shiftKey) selectRows()
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const cell = scroller.current?.querySelector('[data-head]')?.getBoundingClientRect()
      actions.onMenu({ x: cell?.left ?? 0, y: cell?.bottom ?? 0 })
    } else return
    event.preventDefault()
    event.stopPropagation()

    function selectAll() {
      selection.selectRange({
        anchor: { line: lines.length - 1, column: columns.length - 1 },
        // A letter typed next fills the cell that one was in, not another.
        head: range?.head ?? FIRST,
        corner: FIRST,
      })
    }
    function selectColumns() {
      if (!box) return
      selection.selectRange({
        anchor: { line: lines.length - 1, column: box.right - 1 },
        head: range?.head ?? { line: 0, column: box.left },
        corner: { line: 0, column: box.left },
      })
    }
    function selectRows() {
      if (!box) return
      selection.selectRange({
        anchor: { line: box.top, column: columns.length - 1 },
        head: range?.head ?? { line: box.top, column: 0 },
        corner: { line: box.bottom - 1, column: 0 },
      })
    }
  }

  const onPointerDown = (event: PointerEvent) => {
    const spot = spotAt(event.target)
    if (
      !spot ||
      event.button !== 0 ||
      (event.target as Element).closest('button, li, .cell-input-editing')
    )
      return
    // The cell's field takes the focus itself, once it is there.
    event.preventDefault()
    if (spot.column < 0) {
      const line = event.shiftKey && range ? range.anchor.line : spot.line
      hasFocus.current = true
      selection.selectRange({
        anchor: { line, column: columns.length - 1 },
        head: { line: spot.line, column: 0 },
      })
      return
    }
    isDragging.current = true
    select(spot, { extend: event.shiftKey })
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!isDragging.current) return
    if (event.buttons === 0) {
      isDragging.current = false
      return
    }
    const spot = spotAt(document.elementFromPoint(event.clientX, event.clientY))
    const isNew =
      spot && range && (spot.line !== range.head.line || spot.column !== range.head.column)
    if (isNew && spot.column >= 0) select(spot, { extend: true })
  }
  const onContextMenu = (event: MouseEvent) => {
    const spot = spotAt(event.target)
    if (!spot) return
    event.preventDefault()
    const isInside =
      box &&
      spot.line >= box.top &&
      spot.line < box.bottom &&
      (spot.column < 0 || (spot.column >= box.left && spot.column < box.right))
    if (!isInside) select({ line: spot.line, column: Math.max(0, spot.column) }, { extend: false })
    actions.onMenu({ x: event.clientX, y: event.clientY })
  }
  const onDoubleClick = (event: MouseEvent) => {
    const spot = spotAt(event.target)
    const line = spot && lines[spot.line]
    if (!line || (event.target as Element).closest('button, .grid-fold')) return
    if (line.kind === 'group') actions.onToggle(line.key)
    else if (columns[spot.column]?.canEdit && canEdit) setEdits(count => count + 1)
  }
  const copy = (event: ClipboardEvent) => {
    const text = actions.copied()
    if (text === null) return
    event.clipboardData.setData('text/plain', text)
    event.preventDefault()
  }
  const parts = part('grid', {
    'aria-label': label,
    'aria-rowcount': lines.length + 1,
    'aria-colcount': columns.length + 1,
    'aria-multiselectable': true,
  })
  const listeners = {
    onFocus: (event: FocusEvent) => {
      hasFocus.current = true
      const isGrid = event.target === event.currentTarget
      if (isGrid && !range && lines.length > 0) select({ line: 0, column: 0 }, { extend: false })
    },
    onBlur: (event: FocusEvent) => {
      // A field that goes as the cursor moves on leaves nothing behind that has the focus.
      if (event.relatedTarget) hasFocus.current = event.currentTarget.contains(event.relatedTarget)
    },
    onKeyDown,
    onPointerDown,
    onPointerMove,
    onPointerUp: () => {
      isDragging.current = false
    },
    onClick: (event: MouseEvent) => {
      const spot = (event.target as Element).closest('.grid-fold') && spotAt(event.target)
      const line = spot && lines[spot.line]
      if (line?.kind === 'group') actions.onToggle(line.key)
    },
    onContextMenu,
    onDoubleClick,
    onCopy: copy,
    onCut: (event: ClipboardEvent) => {
      copy(event)
      if (canEdit && range) actions.onClear()
    },
    onPaste: (event: ClipboardEvent) => {
      event.preventDefault()
      if (range) actions.onPaste(event.clipboardData.getData('text/plain'))
    },
  }

  return (
    <div
      ref={scroller}
      className="grid"
      data-takes-digits
      tabIndex={range ? -1 : 0}
      {...parts}
      {...listeners}
    >
      <div
        role="presentation"
        className="grid-all"
        style={{ blockSize: rows.getTotalSize(), inlineSize: across.getTotalSize() }}
      >
        <GridHead
          gutter={GUTTER}
          height={HEAD_HEIGHT}
          first={first ?? null}
          others={shownColumns}
          renderHead={renderHead}
        />
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index]
          if (!line) return null
          const isCurrent = range?.head.line === index
          const isIn = box !== null && index >= box.top && index < box.bottom
          const current = isCurrent ? columns[range.head.column] : undefined
          return (
            <GridRow
              key={line.key}
              line={line}
              index={index}
              top={start}
              height={ROW_HEIGHT}
              gutter={GUTTER}
              first={first!}
              others={shownColumns}
              from={isIn ? box.left : -1}
              to={isIn ? box.right : -1}
              current={isCurrent ? range.head.column : -1}
              wordsOf={wordsOf}
              groupWords={groupWords}
              input={
                current === undefined
                  ? null
                  : {
                      label: cellName(line, current),
                      text: line.kind === 'row' ? typedOf(line, current) : '',
                      isReadOnly: !canEdit || line.kind === 'group' || !current.canEdit,
                      takesFocus: hasFocus.current,
                      edits,
                      suggest: (typed: string) => suggest(current, typed),
                      onCommit: (commit: CellCommit) => {
                        actions.onCommit(commit)
                        if (commit.after !== 'stay') {
                          select(moved(range!.head, commit.after, extent()), { extend: false })
                        }
                      },
                    }
              }
            />
          )
        })}
      </div>
    </div>
  )
}

const FIRST: Spot = { line: 0, column: 0 }

/** The places that are drawn, with the current one wherever one scrolls to. */
function withCurrent({ startIndex, endIndex, overscan, count }: Drawn, current: number): number[] {
  const from = Math.max(0, startIndex - overscan)
  const to = Math.min(count - 1, endIndex + overscan)
  const drawn = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  if (current < 0 || current >= count || (current >= from && current <= to)) return drawn
  return current < from ? [current, ...drawn] : [...drawn, current]
}

/** Which cell something on screen belongs to; column -1 for the number before the row. */
function spotAt(target: EventTarget | null): Spot | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
  const row = cell?.closest<HTMLElement>('[data-line]')
  if (!cell || !row) return null
  return { line: Number(row.dataset.line), column: Number(cell.dataset.column) }
}
