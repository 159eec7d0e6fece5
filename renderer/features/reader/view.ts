import { EditorState, TextSelection } from 'prosemirror-state'
import { EditorView } from 'prosemirror-view'
import type { Annotation } from '../../../shared/domain/annotation'
import type { ReportText } from '../../../shared/domain/report'
import { annotationsPlugin, showAnnotations } from './annotations-plugin'
import { moveCaret } from './caret'
import { documentOf } from './document'
import { drawnBlocks } from './drawn-blocks'
import { type DrawnFinds, findPlugin, showFinds } from './find-plugin'
import { firstIndex } from './first-index'
import { oddCharactersPlugin } from './odd-characters'
import { offsetsOf } from './offsets'
import { selectionPlugin } from './selection-plugin'
import { type DrawnStructure, showStructure, structurePlugin } from './structure-plugin'

/** A stretch of text, as offsets. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a stretch of text is on screen, in pixels from the top of the mounted element. */
export interface Extent {
  readonly top: number
  readonly bottom: number
}

/** What the reader reports. */
export interface ReaderEvents {
  /** `null` when the selection is empty. */
  onSelect(range: Range | null): void
  /** The mouse has let go of a selection that is not empty. */
  onSelected(range: Range): void
  /** A click that selected nothing, at this offset. */
  onClick(offset: number): void
}

/** A report on screen. React holds one of these and never reaches past it into the text. */
export interface ReaderView {
  /** Draws exactly these annotations, which are in reading order. */
  show(annotations: readonly Annotation[]): void
  /** Draws exactly this of the report's structure. */
  showStructure(drawn: DrawnStructure): void
  /** Draws exactly these places that were found. */
  showFinds(drawn: DrawnFinds): void
  /** The offset of the first text below the upper edge of what is seen. */
  top(): number
  /** What is selected; where the caret is, when nothing is; `null` before it has been put anywhere. */
  selection(): Range | null
  /** Selects a stretch, takes the focus, and scrolls where its beginning is not seen. */
  select(range: Range): void
  /** Where a stretch is, in pixels from the corner of the mounted element; `left` is its end's. */
  anchorOf(range: Range): Extent & { readonly left: number }
  /** The text that is on screen or within a screen of it. */
  nearby(): Range
  measure(range: Range): Extent
  /** Scrolls so that the passage is in the upper part of what is seen, unless it is seen already. */
  reveal(range: Range): void
  /** Scrolls so that the passage begins at the top of what is seen. */
  bring(range: Range): void
  focus(): void
  destroy(): void
}

/**
 * Puts a report's text into `place`, whose nearest scrolling ancestor is `scroller`, with the
 * annotations `shown`, in reading order, drawn from the beginning.
 */
export function mountReader(
  place: HTMLElement,
  scroller: HTMLElement,
  { report, shown }: { report: ReportText; shown: readonly Annotation[] },
  events: ReaderEvents,
): ReaderView {
  const blocks = drawnBlocks(report.text, report.blocks)
  const offsets = offsetsOf(blocks)
  const toRange = (from: number, to: number) => ({
    start: offsets.toOffset(from),
    end: offsets.toOffset(to),
  })
  let isPlaced = false
  const view = new EditorView(place, {
    state: EditorState.create({
      doc: documentOf({ text: report.text, blocks }),
      plugins: [
        oddCharactersPlugin(),
        structurePlugin(offsets),
        annotationsPlugin(offsets, shown),
        findPlugin(offsets),
        selectionPlugin(range => events.onSelect(range && toRange(range.from, range.to))),
      ],
    }),
    editable: () => false,
    attributes: { class: 'report-text', tabindex: '0', role: 'document' },
    handleClick(view, pos) {
      if (view.state.selection.empty) events.onClick(offsets.toOffset(pos))
      return false
    },
    handleDOMEvents: {
      mousedown(view, event) {
        isPlaced = true
        // Where the mouse lets go may well be beside the text.
        if (event.button === 0) window.addEventListener('mouseup', tellSelected, { once: true })
        // Pressed inside what is selected, the mouse would drag the text; it is to select anew.
        const isPlain = event.button === 0 && !event.shiftKey && event.detail === 1
        if (isPlain && !view.state.selection.empty) getSelection()?.removeAllRanges()
        return false
      },
      dragstart(_view, event) {
        event.preventDefault()
        return true
      },
      keydown(view, event) {
        if (!moveCaret(view, scroller, event)) return false
        isPlaced = true
        event.preventDefault()
        return true
      },
    },
    handleScrollToSelection: () => true,
  })

  return {
    show: annotations => view.dispatch(showAnnotations(view.state, annotations)),
    showStructure: drawn => view.dispatch(showStructure(view.state, drawn)),
    showFinds: drawn => view.dispatch(showFinds(view.state, drawn)),

    top() {
      const room = scroller.getBoundingClientRect()
      const text = view.dom.getBoundingClientRect()
      // A line's height below the edge: a heading that is half gone is no longer where one reads.
      const at = view.posAtCoords({ left: text.left + 4, top: Math.max(room.top, text.top) + 12 })
      let offset = at ? offsets.toOffset(at.pos) : 0
      // Headings and paragraphs begin behind the space that a line is indented by.
      while (/[^\S\n]/.test(report.text[offset] ?? '')) offset++
      return offset
    },

    selection: () =>
      isPlaced ? toRange(view.state.selection.from, view.state.selection.to) : null,

    select({ start, end }) {
      view.dom.focus({ preventScroll: true })
      isPlaced = true
      selectInPage(offsets.toPos(start), offsets.toPos(end))
      const selection = TextSelection.create(
        view.state.doc,
        offsets.toPos(start),
        offsets.toPos(end),
      )
      if (!view.state.selection.eq(selection)) view.dispatch(view.state.tr.setSelection(selection))
      const room = scroller.getBoundingClientRect()
      const { top, bottom } = edge(start, 1)
      if (top < room.top || bottom > room.bottom) scrollTo(start, scroller.clientHeight / 4)
    },

    anchorOf(range) {
      const origin = place.getBoundingClientRect()
      const { left } = view.coordsAtPos(offsets.toPos(range.end), -1)
      const { top } = edge(range.start, 1)
      const { bottom } = edge(range.end, -1)
      return { top: top - origin.top, bottom: bottom - origin.top, left: left - origin.left }
    },

    nearby() {
      const room = scroller.getBoundingClientRect()
      const sections = view.dom.children
      const first = firstIndex(
        sections.length,
        i => bottomOf(sections[i]!) >= room.top - room.height,
      )
      const last = firstIndex(sections.length, i => topOf(sections[i]!) > room.bottom + room.height)
      return {
        start: startOf(first),
        end: last >= sections.length ? report.text.length : startOf(last),
      }
    },

    measure({ start, end }) {
      const origin = place.getBoundingClientRect().top
      return { top: edge(start, 1).top - origin, bottom: edge(end, -1).bottom - origin }
    },

    reveal({ start }) {
      const room = scroller.getBoundingClientRect()
      const { top, bottom } = edge(start, 1)
      if (top > room.top && bottom < room.bottom && bottom - top < room.height) return
      scrollTo(start, scroller.clientHeight / 4)
    },

    bring: ({ start }) => scrollTo(start, 4),

    focus() {
      view.dom.focus({ preventScroll: true })
      // A field that had the focus took the browser's selection along.
      const { from, to, empty } = view.state.selection
      if (isPlaced && !empty) selectInPage(from, to)
    },
    destroy: () => {
      window.removeEventListener('mouseup', tellSelected)
      view.destroy()
    },
  }

  function tellSelected(): void {
    // The browser's selection is read once the event is over.
    setTimeout(() => {
      if (view.isDestroyed) return
      const { from, to, empty } = view.state.selection
      if (!empty) events.onSelected(toRange(from, to))
    })
  }

  /** Makes the browser's selection that of the text, which it does not follow by itself. */
  function selectInPage(from: number, to: number): void {
    const first = view.domAtPos(from, 1)
    const last = view.domAtPos(to, -1)
    getSelection()?.setBaseAndExtent(first.node, first.offset, last.node, last.offset)
  }

  /** Scrolls so that an offset is `below` pixels under the upper edge. */
  function scrollTo(offset: number, below: number): void {
    const scroll = () => {
      const top = edge(offset, 1).top - scroller.getBoundingClientRect().top
      scroller.scrollTop += top - below
    }
    // Sections that were never drawn have guessed heights. Each look makes the guess better.
    const look = (left: number) => {
      scroll()
      if (left > 0) requestAnimationFrame(() => look(left - 1))
    }
    look(LOOKS)
  }

  /** The text's box at an offset; that of its whole section where the browser has skipped it. */
  function edge(offset: number, side: 1 | -1): Extent {
    const pos = offsets.toPos(offset)
    const section = view.dom.children[view.state.doc.resolve(pos).index(0)]!.getBoundingClientRect()
    const room = scroller.getBoundingClientRect()
    const isFar = section.bottom < room.top - room.height || section.top > room.bottom + room.height
    if (isFar) return { top: section.top, bottom: section.bottom }
    const { top, bottom } = view.coordsAtPos(pos, side)
    return bottom > top ? { top, bottom } : { top: section.top, bottom: section.bottom }
  }

  function startOf(section: number): number {
    let pos = 0
    for (let i = 0; i < section; i++) pos += view.state.doc.child(i).nodeSize
    return offsets.toOffset(pos + 2)
  }
}

/** How many frames the place that is scrolled to is looked at again. */
const LOOKS = 5

function topOf(element: Element): number {
  return element.getBoundingClientRect().top
}

function bottomOf(element: Element): number {
  return element.getBoundingClientRect().bottom
}
