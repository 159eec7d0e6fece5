import type { Node } from 'prosemirror-model'
import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

// A text may hold characters that cannot be seen, and some of those change how what follows
// them is shown: an override can turn a sentence round. They stay in the text and are drawn
// as small marks with their numbers, each shut in by itself so that it acts on nothing else.

/** More runs than this are not marked: no honest text has them, and each costs an element. */
const MAX_MARKS = 2_000

/** Marks that reorder the text around them. */
const REORDERING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
/**
 * Runs of one character that shows nothing: controls but tab and newline, zero-width and
 * reordering marks, fillers, tags. Joiners count unless they stand in an emoji.
 */
const ODD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|(?<!\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)\u200d|[\u{e0000}-\u{e007f}])\1*/gu

/** A run of an invisible character. */
export interface OddRun {
  readonly start: number
  readonly end: number
  /** What is written for it, such as `U+202E` or `U+200B ×12`. */
  readonly label: string
}

/** The runs of invisible characters in a text; where there are very many, first those that reorder. */
export function oddRunsIn(text: string): OddRun[] {
  const runs: OddRun[] = []
  for (const match of text.matchAll(ODD)) {
    const [run, character] = match
    const code = character!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
    const count = run.length / character!.length
    const label = count === 1 ? `U+${code}` : `U+${code} \u00d7${count}`
    runs.push({ start: match.index, end: match.index + run.length, label })
  }
  if (runs.length <= MAX_MARKS) return runs
  const reordering = runs.filter(({ start }) => REORDERING.test(text[start]!))
  return reordering.length > 0 ? reordering.slice(0, MAX_MARKS) : runs.slice(0, MAX_MARKS)
}

/** Marks the invisible characters of a document, once: it does not change. */
export function oddCharactersPlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    state: {
      init: (_config, { doc }) => DecorationSet.create(doc, marksIn(doc)),
      apply: (_tr, marks) => marks,
    },
    props: {
      decorations(state) {
        return this.getState(state)
      },
    },
  })
}

function marksIn(doc: Node): Decoration[] {
  const marks: Decoration[] = []
  doc.descendants((node, pos) => {
    if (!node.isText) return marks.length < MAX_MARKS
    for (const { start, end, label } of oddRunsIn(node.text ?? '')) {
      if (marks.length === MAX_MARKS) break
      marks.push(Decoration.inline(pos + start, pos + end, { class: 'odd', 'data-odd': label }))
    }
    return false
  })
  return marks
}
