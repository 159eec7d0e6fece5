import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Offsets } from './offsets'
import { drawingOf, type Segment, segmentsOf } from './segments'

interface Drawn {
  readonly set: DecorationSet
  /** What `set` draws, by {@link drawingOf}. */
  readonly segments: ReadonlyMap<string, Decoration>
}

const key = new PluginKey<Drawn>('annotations')

const NOTHING: Drawn = { set: DecorationSet.empty, segments: new Map() }

/** How many codes a stretch shows by its underlines. The margin shows all. */
const UNDERLINES = 4

/**
 * Draws annotations over the text. What is drawn is always the whole set last passed to
 * {@link showAnnotations}: the database decides what exists, this only paints it. Painting
 * hands ProseMirror the difference to the set before, which is all that has to be redrawn.
 * The document itself cannot change. `shownFirst` is drawn from the beginning.
 */
export function annotationsPlugin(
  offsets: Offsets,
  shownFirst: readonly Annotation[] = [],
): Plugin<Drawn> {
  return new Plugin<Drawn>({
    key,
    state: {
      init: (_config, { doc }) => redraw(doc, NOTHING, segmentsOf(shownFirst), offsets),
      apply(tr, drawn) {
        const shown: readonly Annotation[] | undefined = tr.getMeta(key)
        return shown ? redraw(tr.doc, drawn, segmentsOf(shown), offsets) : drawn
      },
    },
    props: { decorations: state => key.getState(state)?.set },
    filterTransaction: tr => !tr.docChanged,
  })
}

/** The transaction that makes the view draw exactly `shown`, which is in reading order. */
export function showAnnotations(state: EditorState, shown: readonly Annotation[]): Transaction {
  return state.tr.setMeta(key, shown)
}

/** What is drawn at the moment. */
export function drawnIn(state: EditorState): DecorationSet {
  return key.getState(state)?.set ?? DecorationSet.empty
}

function redraw(doc: Node, drawn: Drawn, wanted: readonly Segment[], offsets: Offsets): Drawn {
  const segments = new Map<string, Decoration>()
  const fresh: Decoration[] = []
  for (const segment of wanted) {
    const drawing = drawingOf(segment)
    const kept = drawn.segments.get(drawing)
    const decoration = kept ?? paint(segment, offsets)
    if (!kept) fresh.push(decoration)
    segments.set(drawing, decoration)
  }
  const gone: Decoration[] = []
  for (const [drawing, decoration] of drawn.segments) {
    if (!segments.has(drawing)) gone.push(decoration)
  }
  // When most of it changes, building anew is cheaper than taking apart.
  const set =
    gone.length + fresh.length > segments.size
      ? DecorationSet.create(doc, [...segments.values()])
      : drawn.set.remove(gone).add(doc, fresh)
  return { set, segments }
}

/**
 * Underlines one above the other, a colour a code, on a tint of the code that began last. What
 * is long about that stands in reader.css: the browser reads each stretch's style on its own.
 */
function paint({ start, end, codeIds }: Segment, offsets: Offsets): Decoration {
  const shown = codeIds.slice(-UNDERLINES)
  const colors = shown.map((codeId, i) => `--c${i + 1}:var(--code-${codeId})`)
  return Decoration.inline(offsets.toPos(start), offsets.toPos(end), {
    class: `coded coded-${shown.length}`,
    style: colors.join(';'),
  })
}
