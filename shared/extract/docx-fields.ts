import type { Draft } from './line-writer'

/** A field that began and has not ended. */
export interface OpenField {
  /** What Word computes it from, as far as it was read. */
  code: string
  kind: FieldKind
  /** Whether its result began. */
  hasResult: boolean
  /** Text among its code, which is shown only if neither a result nor its end ever comes. */
  readonly held: Draft
}

/** `contents` is a table of contents or an index: what it shows is no text of the report. */
export type FieldKind = 'contents' | 'other'

export function fieldKindOf(code: string): FieldKind {
  return /^\s*(?:TOC|INDEX|TOA)\b/i.test(code) ? 'contents' : 'other'
}

/**
 * What a field without a result shows. Chinese Word writes enclosed and annotated characters
 * this way: `EQ \o\ac(○,1)` is a 1 in a circle, `EQ \o\ad(\s\up 9(hàn),汉)` is 汉 with its reading.
 * Other fields show nothing.
 */
export function fieldText(code: string): string {
  const eq = /^\s*EQ\b([\s\S]{0,500})$/i.exec(code)?.[1]
  if (eq === undefined) return ''
  const circled = /\\o\\ac\(\s*([○□△◇〇])\s*[,;\uFF0C]\s*([^(),]*?)\s*\)\s*$/i.exec(eq)
  if (circled) return circled[1] === '□' ? circled[2]! : enclosed(circled[2]!)
  return /\\o\s*(?:\\a[a-z]\s*)?\(.*[,;\uFF0C]\s*([^(),;\\]*?)\s*\)\s*$/is.exec(eq)?.[1] ?? ''
}

function enclosed(text: string): string {
  const value = /^\d{1,2}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= 20 ? String.fromCharCode(0x245f + value) : text
}
