import { READ_VARIABLE_TYPES, type ReadVariable, type Value, type VariableType } from './variable'

// What may stand in a cell, and how what people type or paste becomes it. Digits, dashes and
// brackets are taken in either width, dates as people write them; what is kept has one form.

/** What a cell holds. */
export type CellValue = Value['value']

/** What the values of a variable must be like. */
export interface ValueRule {
  readonly type: VariableType
  /** Of a `category`: what may be chosen; `null` where any one line of text may. */
  readonly categories: readonly string[] | null
  /** Whether only years do, from 1000 to 9999. */
  readonly isYear: boolean
}

/** What `yesno` is called where it becomes text. */
export interface YesNoWords {
  readonly yes: string
  readonly no: string
}

/** The longest text that a cell holds, in UTF-16 units. */
export const MAX_VALUE_LENGTH = 2000

/** The rule for one of the variables that every project has. */
export function ruleOfRead(key: ReadVariable): ValueRule {
  return { type: READ_VARIABLE_TYPES[key], categories: null, isYear: key === 'year' }
}

/** A value in the form in which it is kept; `null` for one that the rule does not allow. */
export function checkedValue(value: CellValue, rule: ValueRule): CellValue | null {
  switch (rule.type) {
    case 'text':
      return textOf(value)
    case 'number':
      return numberOf(value, rule)
    case 'date':
      return dateOf(String(value))
    case 'category': {
      const name = textOf(value)
      return name !== null && (rule.categories?.includes(name) ?? true) ? name : null
    }
    case 'yesno':
      return yesNoOf(value)
  }
}

/** A value of one type as one of another; `null` where it says nothing in that type. */
export function convertedValue(
  value: CellValue,
  rule: ValueRule,
  { yes, no }: YesNoWords,
): CellValue | null {
  if (typeof value !== 'boolean') return checkedValue(value, rule)
  if (rule.type === 'number') return checkedValue(Number(value), rule)
  return rule.type === 'yesno' ? value : checkedValue(value ? yes : no, rule)
}

/** Text on one line, without space at its ends. Not too long, not empty. */
function textOf(value: CellValue): string | null {
  const line = String(value)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim()
  return line !== '' && line.length <= MAX_VALUE_LENGTH ? line : null
}

function numberOf(value: CellValue, { isYear }: ValueRule): number | null {
  const number = typeof value === 'number' ? value : numberIn(String(value), isYear)
  if (number === null || !Number.isFinite(number)) return null
  if (isYear && !(Number.isInteger(number) && number >= 1000 && number <= 9999)) return null
  // Zero has no sign here: JSON would lose it.
  return number === 0 ? 0 : number
}

function numberIn(typed: string, isYear: boolean): number | null {
  const plain = halfWidth(typed).replace(/[\s\u200b]+/g, '')
  if (isYear) {
    // Spreadsheets write whole numbers as 2024.0 at times.
    const year = /^(\d{4})(?:\.0+)?(?:\u5e74\u5ea6?)?$/.exec(plain)?.[1]
    return year === undefined ? null : Number(year)
  }
  const isGrouped = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)
  return exactNumber(isGrouped ? plain.replaceAll(',', '') : plain)
}

/**
 * The number that ASCII digits write, such as `-1.5` or `2e3`; `null` where they write none, or
 * one that no number keeps to its last digit: more than 15 significant ones, too large, too small.
 */
export function exactNumber(written: string): number | null {
  const wanted = decimalOf(written)
  if (!wanted || wanted.digits.length > SIGNIFICANT_DIGITS) return null
  const number = Number(written)
  const kept = decimalOf(String(number))
  return kept?.digits === wanted.digits && kept.power === wanted.power ? number : null
}

/** So many digits does every number keep, and every spreadsheet show. */
const SIGNIFICANT_DIGITS = 15

/** Digits without zeros at either end, and the power of ten of the last; of zero, none. */
function decimalOf(written: string): { readonly digits: string; readonly power: number } | null {
  const found = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:e([+-]?\d+))?$/i.exec(written)
  if (!found) return null
  const [, whole = '', behind = '', bare = '', exponent = '0'] = found
  const fraction = behind + bare
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = withoutEndZeros(all)
  const power = Number(exponent) - fraction.length + all.length - digits.length
  return digits === '' ? { digits, power: 0 } : { digits, power }
}

function withoutEndZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** `2024`, `2024-01` or `2024-01-29`, read from any usual way to write it. */
function dateOf(typed: string): string | null {
  const plain = halfWidth(typed)
    .trim()
    // A spreadsheet's dates come with the time of midnight.
    .replace(/[\sT]+0{1,2}:00(?::00(?:\.0+)?)?Z?$/, '')
    .replace(/\s+/g, '')
    .replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
    .replace(/[\u5e74\u6708]/g, '-')
    .replace(/\u65e5$/, '')
    .replace(/[/.]/g, '-')
    .replace(/-$/, '')
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(plain) ?? []
  if (year === undefined || Number(year) < 1000) return null
  if (month === undefined) return year
  const m = Number(month)
  if (m < 1 || m > 12) return null
  const yearAndMonth = `${year}-${month.padStart(2, '0')}`
  if (day === undefined) return yearAndMonth
  const last = new Date(Date.UTC(Number(year), m, 0)).getUTCDate()
  const d = Number(day)
  return d >= 1 && d <= last ? `${yearAndMonth}-${day.padStart(2, '0')}` : null
}

const YES = new Set(['true', 'yes', 'y', '1', '\u662f', '\u6709', '\u5bf9', '\u221a', '\u2713'])
const NO = new Set(['false', 'no', 'n', '0', '\u5426', '\u65e0', '\u9519', '\u00d7', '\u2717', 'x'])

function yesNoOf(value: CellValue): boolean | null {
  if (typeof value === 'boolean') return value
  const word = halfWidth(String(value)).trim().toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : null
}

/** Full-width digits, letters and signs as their ASCII counterparts; dashes as the hyphen. */
function halfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, each => String.fromCharCode(each.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
}
