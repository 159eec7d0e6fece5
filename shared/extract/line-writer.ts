import type { Mark, MarkKind } from '../domain/markup'

// Readers of office formats meet paragraphs in which characters, notes and pictures are mixed.
// They write each paragraph to a draft of its own, and finished drafts to a page. Marks are made
// here, so that no reader counts offsets.

/** A kind of mark that covers whole lines. */
export type LineKind = Exclude<MarkKind, 'strong' | 'emphasis'>

/** What a stretch of characters looks like. */
export interface Face {
  readonly isStrong: boolean
  readonly isEmphasis: boolean
}

export const PLAIN: Face = { isStrong: false, isEmphasis: false }

/** A paragraph as it is being read. */
export interface Draft {
  text: string
  /** Ordered; stretches of one kind that touch are one. Offsets count from the draft's start. */
  readonly faces: { start: number; end: number; readonly kind: 'strong' | 'emphasis' }[]
}

/** What the lines of a draft are. */
export interface LineMark {
  readonly kind: LineKind
  readonly level: number
}

/** All lines of a text as they are being written. */
export interface Page {
  /** Writes a draft as a line of its own, or as several where it has line feeds. */
  add(draft: Draft, marks?: readonly LineMark[]): void
  /** The text so far, and its marks in the order that `Markup` wants. */
  finish(): { readonly text: string; readonly marks: Mark[] }
}

export function emptyDraft(): Draft {
  return { text: '', faces: [] }
}

/** Appends characters to a draft. A CR, alone or before LF, becomes LF. */
export function write(draft: Draft, characters: string, face: Face = PLAIN): void {
  if (characters === '') return
  const start = draft.text.length
  draft.text += characters.includes('\r') ? characters.replace(/\r\n?/g, '\n') : characters
  if (face.isStrong) extend(draft, 'strong', start)
  if (face.isEmphasis) extend(draft, 'emphasis', start)
}

/** Appends one draft to another, with its faces. */
export function append(draft: Draft, other: Draft): void {
  const shift = draft.text.length
  draft.text += other.text
  for (const { start, end, kind } of other.faces) {
    draft.faces.push({ start: start + shift, end: end + shift, kind })
  }
}

/**
 * A draft as a table's cell: each tab and line feed, with the white space after it, becomes one
 * space, or nothing at the ends, so that a row stays one line and tabs stand between cells only.
 */
export function flatten(draft: Draft): Draft {
  const flat = emptyDraft()
  let from = 0
  const copy = (to: number) => {
    const shift = flat.text.length - from
    flat.text += draft.text.slice(from, to)
    for (const { start, end, kind } of draft.faces) {
      const [a, b] = [Math.max(start, from), Math.min(end, to)]
      if (a < b) flat.faces.push({ start: a + shift, end: b + shift, kind })
    }
  }
  for (const { index, 0: gap } of draft.text.matchAll(GAP)) {
    copy(index)
    const isInside = flat.text !== '' && index + gap.length < draft.text.length
    if (isInside && !/\s$/.test(flat.text.slice(-1))) flat.text += ' '
    from = index + gap.length
  }
  copy(draft.text.length)
  return flat
}

export function emptyPage(): Page {
  const pieces: string[] = []
  const marks: Mark[] = []
  let length = 0
  return {
    add(draft, lineMarks = []) {
      if (pieces.length > 0) length++
      pieces.push(draft.text)
      const end = length + draft.text.length
      if (draft.text.trim() !== '') {
        for (const mark of lineMarks) marks.push({ start: length, end, ...mark })
      }
      for (const face of draft.faces) {
        if (draft.text.slice(face.start, face.end).trim() === '') continue
        const { kind } = face
        marks.push({ start: face.start + length, end: face.end + length, kind, level: 0 })
      }
      length = end
    },
    finish() {
      const sorted = [...marks].sort((a, b) => a.start - b.start || b.end - a.end)
      return { text: pieces.join('\n'), marks: sorted }
    },
  }
}

/** What would break a row, and the white space after it. */
const GAP = /[\t\n\v\f]\s*/g

function extend(draft: Draft, kind: 'strong' | 'emphasis', start: number): void {
  const end = draft.text.length
  const last = draft.faces.findLast(face => face.kind === kind)
  if (last && last.end === start) last.end = end
  else draft.faces.push({ start, end, kind })
}
