import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react'
import {
  Collection,
  type Key,
  ListLayout,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
  Virtualizer,
} from 'react-aria-components'
import type { CodeNode } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { isComposing } from '../../ui/composing'
import { CodeRow } from './CodeRow'
import { RowContext, type RowSharing } from './row-context'
import { type Destination, dropAt, placesOf, rowOf, type Step, stepFrom } from './tree'

/** Pixels; the same as `--row`. */
const ROW_HEIGHT = 26
/** How many frames a row that is to be shown is waited for. */
const FRAMES_TO_GROW = 20
const DRAGGED = 'application/x-codicil-code'

interface CodeTreeProps extends RowSharing {
  /** The rows to show: all codes, or those that a search found. */
  readonly tree: readonly CodeNode[]
  readonly expanded: ReadonlySet<CodeId>
  onExpand(expanded: ReadonlySet<CodeId>): void
  readonly current: CodeId | null
  onCurrent(id: CodeId | null): void
  /**
   * Whether a press on a row applies its code instead of making it the current one. It then
   * leaves focus and text selection where they are. Asked at the press, so that selecting
   * text draws no row anew.
   */
  appliesOnPress(): boolean
  onApply(id: CodeId): void
  /** Enter or a double click, where a press does not apply. */
  onOpen(id: CodeId): void
  onMove(id: CodeId, to: Destination): void
  onStartRename(id: CodeId): void
  onDelete(id: CodeId): void
  /** Off while a search hides part of the order. */
  readonly canReorder: boolean
  readonly reveal: Reveal | null
}

/** A row to bring into view; another object for every wish. */
export interface Reveal {
  readonly id: CodeId
  readonly takesFocus?: boolean
}

/** The codes as a tree in which one moves by arrow keys and moves codes by dragging. */
export function CodeTree(props: CodeTreeProps) {
  const { tree, expanded, onExpand, current, onCurrent, appliesOnPress, onApply, onOpen } = props
  const { onMove, onStartRename, onDelete, canReorder, reveal, canEdit, renaming, onMenu } = props
  const { t } = useWords()
  const treeRef = useRef<HTMLDivElement>(null)
  const places = placesOf(tree)

  const { dragAndDropHooks } = useDragAndDrop<CodeNode>({
    isDisabled: !canEdit || !canReorder || renaming !== null,
    getItems: keys => [...keys].map(key => ({ [DRAGGED]: String(key) })),
    getAllowedDropOperations: () => ['move'],
    onMove: ({ keys, target }) => {
      const [key] = keys
      if (key === undefined) return
      const at = { id: codeIdOf(target.key), position: target.dropPosition }
      const to = dropAt(places, codeIdOf(key), at)
      if (to) onMove(codeIdOf(key), to)
    },
  })

  const revealed = useRef<object | null>(null)
  useEffect(() => {
    const scroller = treeRef.current
    if (!scroller || !reveal || revealed.current === reveal) return
    const row = rowOf(tree, reveal.id, id => expanded.has(id))
    if (row < 0) return
    const top = row * ROW_HEIGHT
    let framesLeft = FRAMES_TO_GROW
    // React Aria makes room for a new row, and draws one scrolled to, only frames later.
    const show = () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller
      const bottom = top + ROW_HEIGHT
      if (top < scrollTop || bottom > scrollTop + clientHeight) {
        scroller.scrollTop = top - clientHeight / 2
      }
      const shown = reveal.takesFocus ? rowElement(scroller, reveal.id) : null
      const isDone = scrollHeight >= bottom && (!reveal.takesFocus || shown !== null)
      if (!isDone && framesLeft-- > 0) {
        frame = requestAnimationFrame(show)
        return
      }
      revealed.current = reveal
      shown?.focus()
    }
    let frame = requestAnimationFrame(show)
    return () => cancelAnimationFrame(frame)
  }, [reveal, tree, expanded])

  const onKeyDownCapture = (event: KeyboardEvent) => {
    const id = focusedRow(event.target)
    if (!id || isComposing(event)) return
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const { left, bottom } = (event.target as HTMLElement).getBoundingClientRect()
      onMenu(id, { x: left + 24, y: bottom })
      event.preventDefault()
      return
    }
    if (!canEdit) return
    const step = event.altKey ? STEPS[event.key] : undefined
    if (step) {
      const to = canReorder ? stepFrom(places, id, step) : null
      if (to) onMove(id, to)
    } else if (event.key === 'F2') onStartRename(id)
    else if (event.key === 'Delete') onDelete(id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // React Aria moves the focus as soon as the pointer is down, and with it the reader's
  // selection would be gone. A press that applies a code must therefore never reach it.
  const pressed = (event: MouseEvent): Pressed | null =>
    appliesOnPress() && event.button === 0 ? pressedAt(event.target) : null
  const onPointerDownCapture = (event: PointerEvent) => {
    if (pressed(event)) event.stopPropagation()
  }
  const onMouseDownCapture = (event: MouseEvent) => {
    if (appliesOnPress() && !(event.target instanceof HTMLInputElement)) event.preventDefault()
    if (pressed(event)) event.stopPropagation()
  }
  const onClickCapture = (event: MouseEvent) => {
    const press = pressed(event)
    if (!press) return
    event.stopPropagation()
    if (press.part === 'row') onApply(press.id)
    else onExpand(toggled(expanded, press.id))
  }

  return (
    <div
      className="code-tree-frame"
      onKeyDownCapture={onKeyDownCapture}
      onPointerDownCapture={onPointerDownCapture}
      onMouseDownCapture={onMouseDownCapture}
      onClickCapture={onClickCapture}
    >
      <RowContext value={props}>
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_HEIGHT }}>
          <Tree<CodeNode>
            ref={treeRef}
            className="code-tree"
            aria-label={t('codebook.tree')}
            items={tree}
            selectionMode="single"
            selectionBehavior="replace"
            keyboardNavigationBehavior="tab"
            selectedKeys={current === null ? [] : [current]}
            onSelectionChange={keys => {
              const [key] = keys === 'all' ? [] : keys
              onCurrent(key === undefined ? null : codeIdOf(key))
            }}
            expandedKeys={expanded}
            onExpandedChange={keys => onExpand(new Set([...keys].map(codeIdOf)))}
            onAction={key => (appliesOnPress() ? onApply : onOpen)(codeIdOf(key))}
            dragAndDropHooks={dragAndDropHooks}
          >
            {codeItem}
          </Tree>
        </Virtualizer>
      </RowContext>
    </div>
  )
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
}

function codeItem({ code, depth, children }: CodeNode) {
  return (
    <TreeItem id={code.id} textValue={code.name} className="code-row">
      <TreeItemContent>
        {({ hasChildItems }) => <CodeRow code={code} depth={depth} hasChildren={hasChildItems} />}
      </TreeItemContent>
      <Collection items={children}>{codeItem}</Collection>
    </TreeItem>
  )
}

/** The row that has the focus itself, rather than a control in it. */
function focusedRow(target: EventTarget): CodeId | null {
  return target instanceof HTMLElement && target.role === 'row' ? codeAt(target) : null
}

/** What a press fell on: a row as a whole, or the arrow that unfolds it. */
interface Pressed {
  readonly id: CodeId
  readonly part: 'row' | 'chevron'
}

/** What was pressed; `null` for a row's other controls, which act by themselves. */
function pressedAt(target: EventTarget): Pressed | null {
  if (!(target instanceof Element)) return null
  const row = target.closest('[role="row"]')
  const id = row instanceof HTMLElement ? codeAt(row) : null
  if (!id) return null
  const control = target.closest('button, input')
  if (!control) return { id, part: 'row' }
  return control.matches('.code-chevron') ? { id, part: 'chevron' } : null
}

function toggled(ids: ReadonlySet<CodeId>, id: CodeId): ReadonlySet<CodeId> {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

function rowElement(scroller: HTMLElement, id: CodeId): HTMLElement | null {
  const rows = [...scroller.querySelectorAll<HTMLElement>('[role="row"]')]
  return rows.find(row => codeAt(row) === id) ?? null
}

function codeAt(row: HTMLElement): CodeId | null {
  const { key } = row.dataset
  return key === undefined ? null : codeIdOf(key)
}

/** The tree's keys are codes' ids. */
function codeIdOf(key: Key): CodeId {
  return String(key) as CodeId
}
