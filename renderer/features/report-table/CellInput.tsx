import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { isComposing } from '../../ui/composing'
import { part } from './part'
import type { Suggestion } from './suggestions'

/** Where the cursor goes when a cell is left. */
export type After = 'stay' | 'down' | 'up' | 'left' | 'right'

export interface CellCommit {
  /** `null` where nothing was changed: then only the cursor moves. */
  readonly text: string | null
  /** What was picked from the list, where the text came from there. */
  readonly suggestion: Suggestion | null
  readonly after: After
  /** Whether all selected cells are to have it. */
  readonly isFill: boolean
}

interface CellInputProps {
  /** What the cell is called: its column and its report. */
  readonly label: string
  /** What the cell says, as one would type it. */
  readonly text: string
  readonly isReadOnly: boolean
  /** Whether it is to take the focus when it appears. */
  readonly takesFocus: boolean
  /** Counts up whenever the cell is to be edited, as by a double click. */
  readonly edits: number
  suggest(typed: string): readonly Suggestion[]
  onCommit(commit: CellCommit): void
}

/**
 * The one field of the table, over the current cell. It has the focus before anything is typed, so
 * that the first key, also one of an input method, begins to fill the cell. Until then it cannot be
 * seen, and leaves keys and clipboard to the table.
 */
export function CellInput(props: CellInputProps) {
  const { label, text, isReadOnly, takesFocus, edits, suggest, onCommit } = props
  const [draft, setDraft] = useState<string | null>(null)
  const [picked, setPicked] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const isEditing = draft !== null
  // What stands there already is no search: then everything that it could be is offered.
  const suggestions = isEditing ? suggest(draft === text ? '' : draft) : []

  const takesFocusAtFirst = useRef(takesFocus)
  useLayoutEffect(() => {
    if (takesFocusAtFirst.current) input.current?.focus({ preventScroll: true })
  }, [])
  const seenEdits = useRef(edits)
  useLayoutEffect(() => {
    if (edits === seenEdits.current) return
    seenEdits.current = edits
    if (!isReadOnly) setDraft(text)
  }, [edits, isReadOnly, text])

  /** Whether what is typed is still to be saved: ending and going away may come at once. */
  const isPending = useRef(false)
  isPending.current = isEditing
  const end = (after: After, isFill = false, suggestion: Suggestion | null = null) => {
    if (draft === null || !isPending.current) return
    isPending.current = false
    const pickedOne = suggestion ?? suggestions[picked] ?? null
    const typed = pickedOne?.value ?? draft
    setDraft(null)
    setPicked(-1)
    const isUntouched = pickedOne === null && draft === text && !isFill
    onCommit({ text: isUntouched ? null : typed, suggestion: pickedOne, after, isFill })
  }
  // Whatever takes the field away, such as a press on another cell, keeps what was typed.
  const latest = useRef(end)
  latest.current = end
  useLayoutEffect(() => () => latest.current('stay'), [])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event)) {
      event.stopPropagation()
      return
    }
    if (!isEditing) {
      if ((event.key === 'Enter' && !hasModifier(event)) || event.key === 'F2') {
        if (isReadOnly) return
        setDraft(text)
        event.preventDefault()
        event.stopPropagation()
      }
      return
    }
    event.stopPropagation()
    const isMod = event.ctrlKey || event.metaKey
    if (event.key === 'Enter') end(isMod ? 'stay' : event.shiftKey ? 'up' : 'down', isMod)
    else if (event.key === 'Tab') end(event.shiftKey ? 'left' : 'right')
    else if (event.key === 'Escape') {
      isPending.current = false
      setDraft(null)
      setPicked(-1)
    } else if (event.key === 'ArrowDown' && suggestions.length > 0) {
      setPicked(at => (at + 1) % suggestions.length)
    } else if (event.key === 'ArrowUp' && suggestions.length > 0) {
      setPicked(at => (at <= 0 ? suggestions.length - 1 : at - 1))
    } else return
    event.preventDefault()
  }
  const unlessEditing = { onCopy: keep, onCut: keep, onPaste: keep }
  return (
    <>
      <input
        ref={input}
        className={isEditing ? 'cell-input cell-input-editing' : 'cell-input'}
        aria-label={label}
        autoComplete="off"
        spellCheck={false}
        readOnly={isReadOnly}
        tabIndex={-1}
        data-passes-keys={isEditing ? undefined : true}
        value={draft ?? ''}
        onChange={event => {
          setDraft(event.target.value)
          setPicked(-1)
        }}
        onCompositionStart={() => setDraft(before => before ?? '')}
        onKeyDown={onKeyDown}
        onBlur={() => end('stay')}
        {...(isEditing ? unlessEditing : {})}
        {...(suggestions.length > 0
          ? {
              role: 'combobox',
              'aria-expanded': true,
              'aria-controls': listId,
              'aria-autocomplete': 'list' as const,
              ...(picked >= 0 ? { 'aria-activedescendant': `${listId}-${picked}` } : {}),
            }
          : {})}
      />
      {suggestions.length > 0 && (
        <ul id={listId} className="cell-suggestions" {...part('listbox', { 'aria-label': label })}>
          {suggestions.map((suggestion, at) => (
            <li
              key={suggestion.key}
              id={`${listId}-${at}`}
              {...part('option', { 'aria-selected': at === picked })}
              {...presses(() => end('stay', false, suggestion))}
            >
              <span>{suggestion.value}</span>
              {suggestion.detail !== '' && <span className="cell-detail">{suggestion.detail}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** A press on what is offered. The field keeps the focus: losing it would end the edit. */
function presses(pick: () => void) {
  return {
    onPointerDown: (event: { preventDefault(): void }) => event.preventDefault(),
    onMouseDown: (event: { preventDefault(): void }) => event.preventDefault(),
    onClick: pick,
  }
}

/** What is typed is the field's own business; the table would take it for its cells. */
function keep(event: { stopPropagation(): void }): void {
  event.stopPropagation()
}

function hasModifier({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || shiftKey
}
