import { counterText, isEnclosed } from './docx-counters'
import type { XmlElement } from './xml'

export type NoteKind = 'footnote' | 'endnote'

/** A note that the text refers to. */
export interface ReferredNote {
  readonly kind: NoteKind
  /** As it stands in the text; empty where the text has a sign of its own. */
  readonly label: string
  readonly content: XmlElement
}

/**
 * Counts notes in the order of their references, which is how Word numbers them.
 *
 * On the page a number is small and raised. Plain text would run it into the number before it,
 * so it is written as `[1]`; those that enclose themselves, such as ①, stay as they are.
 */
export interface Notes {
  /** What stands in the text for a reference; empty where there is no such note. */
  refer(kind: NoteKind, id: string, hasOwnMark: boolean): string
  /** All notes that were referred to, footnotes first. */
  referred(): readonly ReferredNote[]
}

export function notesOf(
  contents: Readonly<Record<NoteKind, ReadonlyMap<string, XmlElement>>>,
  formats: Readonly<Record<NoteKind, string>>,
): Notes {
  const counts = { footnote: 0, endnote: 0 }
  const referred: ReferredNote[] = []
  return {
    refer(kind, id, hasOwnMark) {
      const content = contents[kind].get(id)
      if (!content) return ''
      const format = formats[kind]
      if (!hasOwnMark) counts[kind]++
      const number = hasOwnMark ? '' : counterText(counts[kind], format)
      const label = number === '' || isEnclosed(format) ? number : `[${number}]`
      referred.push({ kind, label, content })
      return label
    },
    referred: () =>
      (['footnote', 'endnote'] as const).flatMap(kind =>
        referred.filter(note => note.kind === kind),
      ),
  }
}
