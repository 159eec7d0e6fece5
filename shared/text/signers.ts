// How a line says who signed a report and when: told of folded text without white space.

/** A line of nothing but a date, in brackets or not, with or without spaces in between. */
export function isDateLine(short: string): boolean {
  const first = short.charCodeAt(0)
  if (short.length < 8 || short.length > 40 || first < 0x28) return false
  const spaceless = short.replace(/\s/g, '')
  return DATE_LINE.test(spaceless)
}

// The same words as in the dates that texts name: 元月, 廿八日, 8号.
const YEAR = '(?:\\d{4}|[〇零\u25cb\u25ef\u039fo0一二三四五六七八九十]{4})年'
const MONTH = '(?:\\d{1,2}|[元正一二三四五六七八九十]{1,3})月'
const DAY = '(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[日号]'

const DATE_LINE = new RegExp(
  `^[(\\u3014[]?(?:${YEAR}${MONTH}${DAY}|\\d{4}[-./]\\d{1,2}[-./]\\d{1,2})[)\\u3015\\]]?$`,
  'i',
)

const MONTH_LINE = new RegExp(`^${YEAR}${MONTH}$`, 'i')

const SIGNED_DATE = new RegExp(`^(\\D{3,60}?)\\(?${YEAR}${MONTH}${DAY}\\)?$`, 'i')

export function isMonthLine(spaceless: string): boolean {
  return spaceless.length <= 12 && MONTH_LINE.test(spaceless)
}

/** Signer and date in one line. */
export function isSignedDate(spaceless: string): boolean {
  if (spaceless.length > 60) return false
  const signer = SIGNED_DATE.exec(spaceless)?.[1]
  return signer !== undefined && isSigner(signer)
}

const SIGNER =
  /^[\u4e00-\u9fff\u3400-\u4dbf()\u3001\u00b7\u201c\u201d]{2,60}(?:政府|委员会|[省市县区州盟旗]委|党委|党组|工委|管委会|办公[厅室]|委办|府办|[局厅院署社所队团]|[^的]部|学校|中学校?|小学|中心|街道|办事处|法院|检察院|领导小组|指挥部|协会|联合会|总工会|集团|公司|大学|学院)(?:\([^()]{1,12}\))?$/

/** The name of a body, and nothing else: one, or several in a row. */
export function isSigner(spaceless: string): boolean {
  return (
    spaceless.length <= 60 &&
    SIGNER.test(spaceless) &&
    !/[一二三四五六七八九十]、|^附|^关于/.test(spaceless)
  )
}
