// What a source file says about its text beyond the characters: which lines are headings, which
// stretches are bold, what belongs to the web page around it. Readers write it, once, at import;
// it is kept beside the text under a hash of its own and never changes, like the text.

/**
 * What a stretch of text is in its source.
 *
 * - `title`: the document's title, where the file has a style or field for it.
 * - `heading`: a heading, of `level` 1 to 9.
 * - `item`: a list item, nested `level` deep, 1 at the outside.
 * - `row`: a row of a table; cells are separated by tabs. `level` 1 for a heading row, else 0.
 * - `quote`: a block quotation. `note`: a footnote or endnote. `caption`: of a table or figure.
 * - `aside`: what stands around the report: navigation, the page's clock, share buttons, running
 *   heads, page numbers, watermarks. Shown grey, part of no unit.
 * - `strong`, `emphasis`: shown and never coded; these may stand within the others.
 */
export const MARK_KINDS = [
  'title',
  'heading',
  'item',
  'row',
  'quote',
  'note',
  'caption',
  'aside',
  'strong',
  'emphasis',
] as const

export type MarkKind = (typeof MARK_KINDS)[number]

/** The half-open range `[start, end)` of a text, and what it is in the source. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly kind: MarkKind
  /** See {@link MarkKind}; 0 where it means nothing. */
  readonly level: number
}

/** A page of a paginated source: where in the text it begins. */
export interface PageStart {
  readonly start: number
  /** Counted from 1, as the file counts, not as it is printed. */
  readonly page: number
}

/** All that a source says of its text. */
export interface Markup {
  /** In order of `start`, the longer first; all but `strong` and `emphasis` cover whole lines. */
  readonly marks: readonly Mark[]
  /** In order; empty where the source has no pages. */
  readonly pages: readonly PageStart[]
  /** The file's own properties as it states them, such as `title`, `author`, `created`. */
  readonly properties: Readonly<Record<string, string>>
}

export const NO_MARKUP: Markup = { marks: [], pages: [], properties: {} }

/** Whether a source says nothing of its text, so that nothing is kept. */
export function isBlank({ marks, pages, properties }: Markup): boolean {
  return marks.length === 0 && pages.length === 0 && Object.keys(properties).length === 0
}

/** Markup as it is kept: JSON without spaces, its fields in one order, so that equals are equal. */
export function markupJson({ marks, pages, properties }: Markup): string {
  const names = Object.keys(properties).sort()
  return JSON.stringify({
    marks: marks.map(({ start, end, kind, level }) => ({ start, end, kind, level })),
    pages: pages.map(({ start, page }) => ({ start, page })),
    properties: Object.fromEntries(names.map(name => [name, properties[name]])),
  })
}

/**
 * Reads what {@link markupJson} wrote, for a text of `length` UTF-16 units. Marks and pages that
 * no text of that length can have, or that only a later version knows, are left out; `null` for
 * what is no markup at all.
 */
export function markupFrom(json: string, length: number): Markup | null {
  const value = parsed(json)
  if (!isObject(value)) return null
  const marks = objectsIn(value.marks).filter(
    (mark): mark is Fields & Mark =>
      isOffset(mark.start, length) &&
      isOffset(mark.end, length) &&
      mark.start <= mark.end &&
      MARK_KINDS.includes(mark.kind as MarkKind) &&
      Number.isSafeInteger(mark.level),
  )
  const pages = objectsIn(value.pages).filter(
    (each): each is Fields & PageStart =>
      isOffset(each.start, length) && Number.isSafeInteger(each.page),
  )
  const properties = Object.entries(isObject(value.properties) ? value.properties : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    marks: marks.map(({ start, end, kind, level }) => ({ start, end, kind, level })),
    pages: pages.map(({ start, page }) => ({ start, page })),
    properties: Object.fromEntries(properties),
  }
}

type Fields = Readonly<Record<string, unknown>>

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectsIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isOffset(value: unknown, length: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= length
}
