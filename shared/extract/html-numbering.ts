import { counterText } from './docx-counters'
import { type Sheet, styleOf } from './html-style'
import type { HtmlElement } from './html-tree'

/** A number as a list shows it, with what stands between it and the item. */
export type Numbering = (value: number) => string

/** How the numbers of an ordered list look, or `null` where it shows none. */
export function numberingOf(list: HtmlElement, sheet: Sheet): Numbering | null {
  const named = styleOf(list).listType ?? TYPES[list.attributes.get('type') ?? '']
  if (named !== undefined) return NUMBERINGS[named] ?? null
  return sheet.hidesNumbers ? null : decimal
}

/** Whether an item's text begins with a number of its own, before which the list's is not written. */
export function hasOwnNumber(text: string): boolean {
  return OWN_NUMBER.test(text)
}

/** The whole number that an attribute gives, or `null`. */
export function wholeNumber(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d{1,9}\s*$/.test(value) ? Number(value) : null
}

const OWN_NUMBER =
  /^[\s\u00a0\u3000]*(?:[(\uff08]?[0-9\uff10-\uff19\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[)\uff09.\uff0e\u3001]|[\u2460-\u2473]|\u7b2c[0-9\u4e00-\u9fa5]{1,4}[\u6761\u7ae0\u8282])/

const TYPES: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lower-alpha',
  A: 'upper-alpha',
  i: 'lower-roman',
  I: 'upper-roman',
}

const decimal: Numbering = value => `${value}. `

/** As `counterText` shows it in one of its formats, with a full stop. */
const counted =
  (format: string): Numbering =>
  value =>
    `${counterText(value, format)}. `

const NUMBERINGS: Readonly<Record<string, Numbering>> = {
  decimal,
  'decimal-leading-zero': counted('decimalZero'),
  'lower-alpha': counted('lowerLetterSpread'),
  'lower-latin': counted('lowerLetterSpread'),
  'upper-alpha': counted('upperLetterSpread'),
  'upper-latin': counted('upperLetterSpread'),
  'lower-roman': counted('lowerRoman'),
  'upper-roman': counted('upperRoman'),
  'cjk-ideographic': chinese,
  'cjk-decimal': chinese,
  'simp-chinese-informal': chinese,
  'trad-chinese-informal': chinese,
}

function chinese(value: number): string {
  const number = value < 1 || value > 99 ? value : counterText(value, 'chineseCounting')
  return `${number}\u3001`
}
