/**
 * A whole number as an automatic list shows it, in one of the formats that OOXML names
 * (`w:numFmt`), such as `chineseCounting`: 11 is 十一.
 *
 * Formats that end at some number go on with plain digits, as Word does. Unknown formats are
 * plain digits too; `none` and `bullet` show nothing.
 */
export function counterText(value: number, format: string): string {
  if (format === 'none' || format === 'bullet') return ''
  if (!Number.isSafeInteger(value) || value < 0) return String(value)
  return FORMATS[format]?.(value) ?? String(value)
}

/** Whether a format's numbers stand out from the text by themselves, as ① does. */
export function isEnclosed(format: string): boolean {
  return format in ENCLOSED || format === 'numberInDash'
}

/**
 * What stands between a list's number and the text. Word puts a `tab` there by default, which is
 * a distance on the page and no character of the report: it is kept as a space where letters or
 * digits would run together, as in `1. 2023`, and left out where punctuation parts them. A
 * `space` stays; other words mean nothing.
 */
export function gapAfter(number: string, suffix: string): string {
  if (number === '') return ''
  if (suffix === 'space') return ' '
  if (suffix !== 'tab') return ''
  return /[\p{L}\p{N}.]$/u.test(number) && !/[\u2460-\u249b\u3280-\u3289]$/.test(number) ? ' ' : ''
}

/** `null` where a format does not reach a number. */
type Format = (value: number) => string | null

const DIGITS = '〇一二三四五六七八九'
const DIGITS_ROUND = '○一二三四五六七八九'
const DIGITS_ZERO = '零一二三四五六七八九'
const LEGAL = '零壹贰叁肆伍陆柒捌玖'
const LEGAL_TRADITIONAL = '零壹貳參肆伍陸柒捌玖'
const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'

/** The first character of runs that Unicode has in order, and how many there are. */
const ENCLOSED: Readonly<Record<string, readonly [first: number, count: number]>> = {
  decimalEnclosedCircle: [0x2460, 20],
  decimalEnclosedCircleChinese: [0x2460, 20],
  decimalEnclosedParen: [0x2474, 20],
  decimalEnclosedFullstop: [0x2488, 20],
  ideographEnclosedCircle: [0x3280, 10],
}

const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: value => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  numberInDash: value => `- ${value} -`,
  ordinal: value => value + ordinalEnding(value),
  upperLetter: value => repeatedLetter(value, 0x41),
  lowerLetter: value => repeatedLetter(value, 0x61),
  upperLetterSpread: value => spreadLetters(value, 0x41),
  lowerLetterSpread: value => spreadLetters(value, 0x61),
  upperRoman: roman,
  lowerRoman: value => roman(value)?.toLowerCase() ?? null,
  chineseCounting: value => tens(value) ?? byDigit(value, DIGITS_ROUND),
  taiwaneseCounting: value => tens(value) ?? byDigit(value, DIGITS_ROUND),
  chineseCountingThousand: value => counted(value, CHINESE),
  taiwaneseCountingThousand: value => counted(value, CHINESE),
  japaneseCounting: value => counted(value, JAPANESE),
  ideographDigital: value => byDigit(value, DIGITS),
  japaneseDigitalTenThousand: value => byDigit(value, DIGITS),
  taiwaneseDigital: value => byDigit(value, DIGITS_ROUND),
  chineseLegalSimplified: value => counted(value, LEGAL_SIMPLIFIED),
  ideographLegalTraditional: value => counted(value, LEGAL_OLD),
  ideographTraditional: value => nth(STEMS, value),
  ideographZodiac: value => nth(BRANCHES, value),
  ideographZodiacTraditional: value =>
    value < 1 || value > 60 ? null : STEMS[(value - 1) % 10]! + BRANCHES[(value - 1) % 12]!,
  ...Object.fromEntries(
    Object.entries(ENCLOSED).map(([name, [first, count]]): [string, Format] => [
      name,
      value => (value < 1 || value > count ? null : String.fromCharCode(first + value - 1)),
    ]),
  ),
}

function nth(characters: string, value: number): string | null {
  return characters[value - 1] ?? null
}

function fullWidth(value: number): string {
  return String(value).replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

function byDigit(value: number, digits: string): string {
  return String(value).replace(/\d/g, digit => digits[Number(digit)]!)
}

/** 1 to 99 as they are counted: 十, 十一, 二十. */
function tens(value: number): string | null {
  return value >= 1 && value <= 99 ? counted(value, CHINESE) : null
}

interface CountingStyle {
  readonly digits: string
  /** Ones, tens, hundreds, thousands. */
  readonly units: readonly [string, string, string, string]
  readonly tenThousand: string
  /** Whether a zero is named that stands between digits. */
  readonly namesZero: boolean
  /** `never` before ten, hundred and thousand, or left out `first`: 十 and not 一十. */
  readonly one: 'never' | 'first' | 'always'
}

const CHINESE: CountingStyle = {
  digits: DIGITS_ZERO,
  units: ['', '十', '百', '千'],
  tenThousand: '万',
  namesZero: true,
  one: 'first',
}
const JAPANESE: CountingStyle = {
  ...CHINESE,
  digits: DIGITS,
  namesZero: false,
  one: 'never',
}
const LEGAL_SIMPLIFIED: CountingStyle = {
  ...CHINESE,
  digits: LEGAL,
  units: ['', '拾', '佰', '仟'],
  one: 'always',
}
const LEGAL_OLD: CountingStyle = {
  ...LEGAL_SIMPLIFIED,
  digits: LEGAL_TRADITIONAL,
  tenThousand: '萬',
}

/** 105 as 一百零五, below 100 million. */
function counted(value: number, style: CountingStyle): string | null {
  if (value === 0) return style.digits[0]!
  if (value >= 100_000_000) return null
  const high = Math.floor(value / 10_000)
  const low = value % 10_000
  if (high === 0) return upToThousands(low, style)
  const gap = low > 0 && low < 1000 && style.namesZero ? style.digits[0]! : ''
  return upToThousands(high, style) + style.tenThousand + gap + upToThousands(low, style)
}

function upToThousands(value: number, style: CountingStyle): string {
  let text = ''
  let isGap = false
  for (let power = 3; power >= 0; power--) {
    const digit = Math.floor(value / 10 ** power) % 10
    if (digit === 0) {
      isGap = text !== ''
      continue
    }
    if (isGap && style.namesZero) text += style.digits[0]!
    isGap = false
    const isBareOne =
      digit === 1 &&
      power > 0 &&
      (style.one === 'never' || (style.one === 'first' && power === 1 && value < 20))
    text += (isBareOne ? '' : style.digits[digit]!) + style.units[power]!
  }
  return text
}

/** A … Z, AA, BB: as Word goes on. */
function repeatedLetter(value: number, first: number): string | null {
  if (value < 1 || value > 780) return null
  const letter = String.fromCharCode(first + ((value - 1) % 26))
  return letter.repeat(Math.ceil(value / 26))
}

/** A … Z, AA, AB: as LibreOffice goes on. */
function spreadLetters(value: number, first: number): string | null {
  if (value < 1) return null
  let text = ''
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    text = String.fromCharCode(first + ((rest - 1) % 26)) + text
  }
  return text
}

const ROMAN: readonly (readonly [number, string])[] = [
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

function roman(value: number): string | null {
  if (value < 1 || value > 3999) return null
  let text = ''
  let rest = value
  for (const [size, letters] of ROMAN) {
    while (rest >= size) {
      text += letters
      rest -= size
    }
  }
  return text
}

function ordinalEnding(value: number): string {
  if (value % 100 >= 11 && value % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th'
}
