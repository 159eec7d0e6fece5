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

const NUMBERINGS: Readonly<Record<string, Numbering>> = {
  decimal,
  'decimal-leading-zero': value => `${String(value).padStart(2, '0')}. `,
  'lower-alpha': value => `${letters(value).toLowerCase()}. `,
  'lower-latin': value => `${letters(value).toLowerCase()}. `,
  'upper-alpha': value => `${letters(value)}. `,
  'upper-latin': value => `${letters(value)}. `,
  'lower-roman': value => `${roman(value).toLowerCase()}. `,
  'upper-roman': value => `${roman(value)}. `,
  'cjk-ideographic': value => `${chinese(value)}\u3001`,
  'cjk-decimal': value => `${chinese(value)}\u3001`,
  'simp-chinese-informal': value => `${chinese(value)}\u3001`,
  'trad-chinese-informal': value => `${chinese(value)}\u3001`,
}

function letters(value: number): string {
  if (value < 1) return String(value)
  let rest = value
  let text = ''
  while (rest > 0) {
    rest--
    text = String.fromCharCode(65 + (rest % 26)) + text
    rest = Math.floor(rest / 26)
  }
  return text
}

function roman(value: number): string {
  if (value < 1 || value > 3999) return String(value)
  const steps: readonly (readonly [number, string])[] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = value
  let text = ''
  for (const [step, letter] of steps) {
    while (rest >= step) {
      text += letter
      rest -= step
    }
  }
  return text
}

function chinese(value: number): string {
  if (value < 1 || value > 99) return String(value)
  const digits = '\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d'
  const tens = Math.floor(value / 10)
  const ones = value % 10
  const head = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}\u5341`
  return head + (ones === 0 ? '' : digits[ones]!)
}
