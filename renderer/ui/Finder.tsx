import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { isComposing } from './composing'
import './finder.css'

export interface FinderProps<T> {
  readonly label: string
  readonly placeholder: string
  readonly query: string
  onQuery(query: string): void
  /** What the query has found, the likeliest first. */
  readonly items: readonly T[]
  /** Every item's own key. */
  keyOf(item: T): string
  renderItem(item: T): ReactNode
  isDisabled?(item: T): boolean
  /** Enter or a press. */
  onPick(item: T): void
  /** Enter with Control or Command. */
  onPickOther?(query: string): void
  /** Escape. */
  onClose(): void
  /** Whether items are still on their way: Enter then waits for them. */
  readonly isLoading?: boolean
  /** Takes the place of the items while there are none. */
  readonly empty: string
  /** Stands below the items. */
  readonly foot?: ReactNode
}

const ROW = 30
const ROWS = 10

/**
 * A field, and below it what was found by what is typed there. The focus stays in the field: arrows
 * move through the list, of which only what is seen is drawn.
 */
export function Finder<T>(props: FinderProps<T>) {
  const { label, placeholder, query, onQuery, items, keyOf, renderItem, isDisabled } = props
  const { onPick, onPickOther, onClose, isLoading = false, empty, foot } = props
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const current = Math.min(at, items.length - 1)
  const isWanted = useRef(false)
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 4,
  })
  // What stands there already is gone on with.
  const ended = useRef(query.length)
  useLayoutEffect(() => {
    input.current?.focus({ preventScroll: true })
    input.current?.setSelectionRange(ended.current, ended.current)
  }, [])
  const latest = useRef({ pick: () => {} })
  latest.current.pick = () => pick(items[current])
  useLayoutEffect(() => {
    if (isLoading || !isWanted.current) return
    isWanted.current = false
    latest.current.pick()
  }, [isLoading])

  const move = (to: number) => {
    if (items.length === 0) return
    const next = (to + items.length) % items.length
    setAt(next)
    rows.scrollToIndex(next, { align: 'auto' })
  }
  const pick = (item: T | undefined) => {
    if (item !== undefined && !isDisabled?.(item)) onPick(item)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // What the input method takes is neither a choice nor a way out.
    if (isComposing(event)) return
    const isMod = event.ctrlKey || event.metaKey
    if (event.key === 'ArrowDown') move(current + 1)
    else if (event.key === 'ArrowUp') move(current - 1)
    else if (event.key === 'PageDown') move(Math.min(items.length - 1, current + ROWS))
    else if (event.key === 'PageUp') move(Math.max(0, current - ROWS))
    else if (event.key === 'Enter' && isMod && onPickOther) onPickOther(query)
    else if (event.key === 'Enter' && isLoading) isWanted.current = true
    else if (event.key === 'Enter') pick(items[current])
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const drawn = rows.getVirtualItems()
  const isDrawn = drawn.some(({ index }) => index === current)
  const currentItem = items[current]
  return (
    <div className="finder">
      <input
        ref={input}
        className="finder-input"
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(isDrawn && currentItem !== undefined
          ? { 'aria-activedescendant': `${id}-${keyOf(currentItem)}` }
          : {})}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={query}
        onChange={event => {
          setAt(0)
          scroller.current?.scrollTo({ top: 0 })
          onQuery(event.target.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={scroller}
        className="finder-list"
        style={{ blockSize: ROW * Math.min(ROWS, Math.max(1, items.length)) }}
      >
        {items.length === 0 && !isLoading && (
          <p className="finder-empty" role="status">
            {empty}
          </p>
        )}
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          className="finder-rows"
          style={{ blockSize: rows.getTotalSize() }}
        >
          {drawn.map(({ index, start }) => {
            const item = items[index]
            if (item === undefined) return null
            return (
              <div
                key={keyOf(item)}
                id={`${id}-${keyOf(item)}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === current}
                aria-posinset={index + 1}
                aria-setsize={items.length}
                {...(isDisabled?.(item) ? { 'aria-disabled': true } : {})}
                className="finder-item"
                style={{ insetBlockStart: start, blockSize: ROW }}
                // The field keeps the focus.
                onPointerDown={event => event.preventDefault()}
                onMouseDown={event => event.preventDefault()}
                onClick={() => pick(item)}
                onKeyDown={() => {}}
              >
                {renderItem(item)}
              </div>
            )
          })}
        </div>
      </div>
      {foot && <footer className="finder-foot">{foot}</footer>}
    </div>
  )
}
