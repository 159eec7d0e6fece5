import type { BatchId, Hash, ReportId } from '../domain/id'
import { isBlank, type Markup, markupJson } from '../domain/markup'
import { MAX_NAME_LENGTH, tidyName } from '../domain/project'
import type { Report } from '../domain/report'
import type { Value } from '../domain/variable'
import type { ReadDocument } from '../extract/document'
import { codePointsIn } from '../text/code-points'
import { factsOf, hanIn, valuesOf } from '../text/meta'
import { TEXT_VERSION } from '../text/normalize'
import { outlineOf } from '../text/structure'

/** What a report has beside its document: who it is, and where it and its file are kept. */
export interface ReportPlace {
  readonly id: ReportId
  readonly batchId: BatchId
  /** The file's name, without folders. */
  readonly fileName: string
  /** Folders and name, with `/` between them. */
  readonly path: string
  /** Of a table, the row from 1; else `null`. */
  readonly row: number | null
  readonly textHash: Hash
  readonly originalHash: Hash
  /** Of {@link markupBytes}; `null` where that is. */
  readonly markupHash: Hash | null
  /** Milliseconds since the Unix epoch. */
  readonly addedAt: number
}

/**
 * The report that a document becomes. Its title is the one that the text states, as `values`
 * have it, or else the file's name; an inferred one would look as if somebody had written it.
 */
export function reportFrom(
  { text, format, extractor, encoding }: ReadDocument,
  place: ReportPlace,
  values: readonly Value[],
): Report {
  return {
    ...place,
    title: statedTitle(values) ?? titleOf(place.fileName),
    format,
    extractor,
    encoding: encoding ?? '',
    length: text.length,
    chars: codePointsIn(text),
    hanChars: hanIn(text),
    textVersion: TEXT_VERSION,
  }
}

/** The title that a table gives a report, where it can be one; nothing otherwise. */
export function titleInTable(title: string | null): { readonly title?: string } {
  const tidy = tidyName(title ?? '')
  return tidy === '' || tidy.length > MAX_NAME_LENGTH ? {} : { title: tidy }
}

/** A file's name without its ending, as a report's first title. */
export function titleOf(fileName: string): string {
  const title = tidyName(fileName.replace(/\.[a-z][a-z0-9]{0,7}$/i, ''))
  return title === '' ? tidyName(fileName) || '?' : title
}

/** What a text says of itself, each value with its evidence. */
export function valuesFrom(reportId: ReportId, text: string, markup: Markup): Value[] {
  return valuesOf(factsOf(text, outlineOf(text, { markup }), markup), reportId)
}

/** The bytes under whose hash a markup is kept; `null` where the source says nothing of its text. */
export function markupBytes(markup: Markup): Uint8Array<ArrayBuffer> | null {
  return isBlank(markup) ? null : new TextEncoder().encode(markupJson(markup))
}

function statedTitle(values: readonly Value[]): string | null {
  const stated = values.find(({ variable, origin }) => variable === 'title' && origin === 'read')
  if (typeof stated?.value !== 'string') return null
  const title = tidyName(stated.value)
  return title === '' || title.length > MAX_NAME_LENGTH ? null : title
}
