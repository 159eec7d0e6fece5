import { NO_MARKUP } from '../domain/markup'
import type { ReadVariable, VariableKey, VariableType } from '../domain/variable'
import { checkedValue, exactNumber, ruleOfRead } from '../domain/variable-value'
import { DOCUMENT_LIMITS, type ReadDocument, type RefusedDocument, refuse } from './document'
import type { CellValue, Table } from './table'

// Which column of a table is what. A guess is only ever offered; what a column says decides
// before its name does where the two can be told apart.

/** A variable that a table's column would bring along. */
export interface NewVariable {
  readonly name: string
  readonly type: VariableType
}

/** A column, counted from 0, whose cells are values of a variable. */
export interface MappedColumn {
  readonly column: number
  readonly variable: VariableKey | NewVariable
}

/** Which columns a table's reports are made of. */
export interface TableMapping {
  readonly text: number
  readonly title: number | null
  readonly variables: readonly MappedColumn[]
}

/** A mapping that is offered. `text` is `null` where no column is clearly the reports' text. */
export interface GuessedMapping extends Omit<TableMapping, 'text'> {
  readonly text: number | null
}

/** A row that is a report. */
export interface TableReport {
  /** See {@link TableRow.row}. */
  readonly row: number
  readonly title: string | null
  readonly document: ReadDocument
  /** Of the mapped columns, the title's too, those that say something. */
  readonly cells: readonly { readonly column: number; readonly value: CellValue }[]
}

/** What a table comes to, in the order of its rows. */
export interface TableReports {
  readonly reports: readonly TableReport[]
  readonly refused: readonly ({ readonly row: number } & Pick<
    RefusedDocument,
    'problem' | 'details'
  >)[]
}

/** Offers what each column may be, by its name and by what is in it. */
export function guessMapping(table: Table): GuessedMapping {
  const looks = table.columns.map((name, column) => lookOf(table, name, column))
  const text = textColumn(looks)
  const others = looks.filter(({ column }) => column !== text)
  const named = new Map<ReadVariable, number>()
  for (const [variable, pattern] of NAMES) {
    const found = others.find(
      ({ column, name, isFilled }) =>
        isFilled && pattern.test(plainName(name)) && ![...named.values()].includes(column),
    )
    if (found && fits(table, found.column, variable)) named.set(variable, found.column)
  }
  placesFirst(named)
  const title = named.get('title') ?? null
  const variableOf = new Map([...named].map(([variable, column]) => [column, variable]))
  const variables = others
    .filter(({ column, isFilled, longest }) => {
      return column !== title && isFilled && longest <= MAX_VALUE_LENGTH
    })
    .map(({ column, name }): MappedColumn => {
      const variable = variableOf.get(column) ?? { name, type: typeOf(table, column) }
      return { column, variable }
    })
  return { text, title, variables }
}

/**
 * The reports in a table. A row without text, or with one that is too long, is refused; a cell of
 * a place column that is empty is filled from the larger place that the row names.
 */
export function reportsFromTable(table: Table, mapping: TableMapping): TableReports {
  const reports: TableReport[] = []
  const columns = valueColumns(mapping)
  const refused: TableReports['refused'][number][] = []
  for (const { row, cells } of table.rows) {
    const text = cells[mapping.text] ?? null
    const document = text === null ? refuse('empty') : documentOf(table, String(text))
    if (!document.ok) {
      const { problem, details } = document
      refused.push({ row, problem, details })
      continue
    }
    const title = mapping.title === null ? null : (cells[mapping.title] ?? null)
    reports.push({
      row,
      title: title === null ? null : String(title),
      document,
      cells: cellsOf(cells, columns),
    })
  }
  return { reports, refused }
}

/** All columns that are values of a variable, the title's among them. */
export function valueColumns({ title, variables }: TableMapping): MappedColumn[] {
  if (title === null) return [...variables]
  return [{ column: title, variable: 'title' }, ...variables]
}

/** The columns with something in them that a mapping makes nothing of, by name. */
export function columnsLeftOut(table: Table, mapping: TableMapping): string[] {
  const used = new Set([mapping.text, ...valueColumns(mapping).map(({ column }) => column)])
  return table.columns.filter((_, column) => {
    return !used.has(column) && table.rows.some(({ cells }) => cells[column] != null)
  })
}

/** The column of that name, whatever its case and the spaces around it; or by its letters. */
export function columnNamed({ columns }: Table, name: string): number | null {
  const exact = columns.indexOf(name)
  if (exact >= 0) return exact
  const wanted = folded(name)
  const found = columns.findIndex(each => folded(each) === wanted)
  return found < 0 ? null : found
}

/** A cell as a value of that type; `null` where it is none. */
export function valueAs(cell: CellValue, type: VariableType): string | number | boolean | null {
  if (cell === null) return null
  switch (type) {
    case 'text':
    case 'category':
      return textIn(cell)
    case 'number':
      return numberIn(cell)
    case 'date':
      return dateIn(cell)
    case 'yesno':
      return yesNoIn(cell)
  }
}

/** A cell as a value of a variable that every project has; `null` where it is none. */
export function readValueAs(
  cell: CellValue,
  variable: ReadVariable,
): string | number | boolean | null {
  if (cell === null) return null
  const rule = ruleOfRead(variable)
  // Years are read as strictly as they are typed: 1e3 and 2,023 are none.
  const value = rule.isYear ? cell : valueAs(cell, rule.type)
  return value === null ? null : checkedValue(value, rule)
}

/** The longest value that a variable may have, in UTF-16 units. */
const MAX_VALUE_LENGTH = 2000
/** Rows that are looked at to guess. */
const SAMPLE_ROWS = 500
/** Characters of a report at least, in half of the rows, where no name says that it is one. */
const REPORT_LENGTH = 200
const NAMED_LENGTH = 30
/** More values than this, or more than one for two rows, make no category. */
const MAX_CATEGORIES = 20
const MAX_CATEGORY_LENGTH = 40
/** More digits than these are a code, such as that of an identity card. */
const MAX_DIGITS = 15

const TEXT_ITSELF = /^(?:报告|文本)?(?:正文|全文)$/
const TEXT_NAME = /正文|全文|报告内容|^内容$|文本|^(?:full[ _-]?)?text$|content|body/i

/** In the order in which they choose. */
const NAMES: readonly (readonly [ReadVariable, RegExp])[] = [
  ['title', /标题|题目|题名|报告名|文件名|^名称$|^(?:report[ _-]?)?(?:title|name)$/i],
  ['place_code', /区划代码|区划码|行政代码|地区代码|adcode|(?:place|region|division)[ _-]?code/i],
  ['date', /日期|(?:发布|公开|成文|印发|发文)时间|^时间$|^(?:publi\w*[ _-]?)?date$/i],
  ['year', /年份|年度|^年$|^(?:report[ _-]?)?year$/i],
  ['level', /层级|级别|行政级|^level$/i],
  ['issuers', /(?:发布|发文|印发|制发|报告)(?:机构|机关|单位|主体)|^(?:单位|机构)$|^issu/i],
  ['province', /^(?:所在|所属)?省(?:份|级|自治区|直辖市|市|区)*(?:名称)?$|^province$/i],
  [
    'parent',
    /^(?:所在|所属)?(?:市|城市|地市|地级市|设区市|市州|市级)(?:名称)?$|^(?:city|prefecture)$/i,
  ],
  [
    'place',
    /地区|地方|地名|行政区|区县|县区|县市|^(?:所在|所属)?[县区](?:级|名|名称)?$|^(?:place|region|county|district|jurisdiction)$/i,
  ],
]

interface Look {
  readonly column: number
  readonly name: string
  /** Whether any cell says something; of the rows looked at, how long those are. */
  readonly isFilled: boolean
  readonly median: number
  readonly longest: number
}

function lookOf({ rows }: Table, name: string, column: number): Look {
  const lengths = rows
    .slice(0, SAMPLE_ROWS)
    .flatMap(({ cells }) => (cells[column] == null ? [] : [String(cells[column]).length]))
    .sort((a, b) => a - b)
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0
  const isFilled = lengths.length > 0 || rows.some(({ cells }) => cells[column] != null)
  return { column, name, isFilled, median, longest: lengths.at(-1) ?? 0 }
}

/** By name, or by being much longer than every other. */
function textColumn(looks: readonly Look[]): number | null {
  const longest = [...looks].sort((a, b) => b.median - a.median)
  const called = longest.filter(({ name, median }) => {
    return TEXT_NAME.test(plainName(name)) && median >= NAMED_LENGTH
  })
  // A name that can mean nothing else needs no length.
  const [only, ...others] = looks.filter(
    ({ name, isFilled }) => isFilled && TEXT_ITSELF.test(plainName(name)),
  )
  if (only && others.length === 0) return only.column
  if (called[0]) return called[0].column
  const [first, second] = longest
  if (!first || first.median < REPORT_LENGTH) return null
  return first.median >= 5 * (second?.median ?? 0) ? first.column : null
}

/** Whether most of a column's cells can be values of that variable. */
function fits(table: Table, column: number, variable: ReadVariable): boolean {
  const cells = filledCells(table, column)
  const good = cells.filter(cell => readValueAs(cell, variable) !== null)
  return 2 * good.length > cells.length
}

/** Where no column has the smallest place, the next larger one is the reports' place. */
function placesFirst(named: Map<ReadVariable, number>): void {
  if (named.has('place')) return
  for (const larger of ['parent', 'province'] as const) {
    const column = named.get(larger)
    if (column === undefined) continue
    named.delete(larger)
    named.set('place', column)
    return
  }
}

function typeOf(table: Table, column: number): VariableType {
  const cells = filledCells(table, column)
  if (cells.every(cell => valueAs(cell, 'yesno') !== null)) return 'yesno'
  if (cells.every(cell => valueAs(cell, 'number') !== null) && !cells.some(isCode)) return 'number'
  if (cells.every(cell => valueAs(cell, 'date') !== null)) return 'date'
  if (cells.every(isLikeNumber)) return 'text'
  const distinct = new Set(cells.map(String))
  const isShort = [...distinct].every(each => each.length <= MAX_CATEGORY_LENGTH)
  const isFew = distinct.size <= MAX_CATEGORIES && 2 * distinct.size <= cells.length
  return isShort && isFew && table.rows.length <= SAMPLE_ROWS ? 'category' : 'text'
}

function filledCells({ rows }: Table, column: number): CellValue[] {
  return rows.map(({ cells }) => cells[column] ?? null).filter(cell => cell !== null)
}

function documentOf(table: Table, text: string): ReadDocument | RefusedDocument {
  const limit = DOCUMENT_LIMITS.length
  if (text.length > limit) return refuse('too-long', { length: text.length, limit })
  if (/\p{Cs}/u.test(text)) return refuse('damaged', { where: '' })
  return {
    ok: true,
    format: table.format,
    extractor: table.extractor,
    text,
    markup: NO_MARKUP,
    encoding: table.encoding,
    sure: table.sure,
    replaced: 0,
    notes: [],
  }
}

function cellsOf(
  cells: readonly CellValue[],
  variables: readonly MappedColumn[],
): TableReport['cells'] {
  const columnOf = (wanted: ReadVariable) =>
    variables.find(({ variable }) => variable === wanted)?.column
  const larger = [columnOf('parent'), columnOf('province')]
    .map(column => (column === undefined ? null : (cells[column] ?? null)))
    .find(cell => cell !== null)
  return variables.flatMap(({ column, variable }) => {
    const own = cells[column] ?? null
    const value = own === null && variable === 'place' ? (larger ?? null) : own
    return value === null ? [] : [{ column, value }]
  })
}

function textIn(cell: string | number | boolean): string | null {
  const text = String(cell)
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
  return text === '' || text.length > MAX_VALUE_LENGTH ? null : text
}

/** Also with a thousands comma or a year sign: 1,234; 2023年. Nothing is rounded. */
function numberIn(cell: string | number | boolean): number | null {
  if (typeof cell === 'number') return cell
  if (typeof cell === 'boolean') return null
  const plain = halfWidth(cell).replace(/[\s\u200b\ufeff]/g, '')
  const found = /^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?:年度?)?$/.exec(plain)
  return found ? exactNumber(found[1]!.replaceAll(',', '')) : null
}

/**
 * Whether digits say more than a number keeps: with zeros before them (065501), a plus sign or
 * spaces among them, or so many that they are no amount.
 */
function isCode(cell: CellValue): boolean {
  if (typeof cell !== 'string') return false
  const plain = halfWidth(cell).trim()
  if (/^[-+]?0\d|^\+|\d[\s\u200b]+\d/.test(plain)) return true
  return plain.replace(/^-?[0.]*/, '').replace(/\D/g, '').length > MAX_DIGITS
}

/** Whether it is written like a number, be it one that no variable could keep as it is. */
function isLikeNumber(cell: CellValue): boolean {
  if (typeof cell === 'number') return true
  const plain = halfWidth(String(cell)).replace(/[\s\u200b\ufeff]/g, '')
  return /^[-+]?[\d,]+(?:\.\d*)?(?:e[-+]?\d+)?[%\u2030]?$/i.test(plain)
}

/** `2024-01-29`, `2024-01` or `2024` from how people write days, months and years. */
function dateIn(cell: string | number | boolean): string | null {
  if (typeof cell === 'boolean') return null
  const plain = halfWidth(String(cell)).trim()
  const found =
    /^(\d{4})(?:[-/.年]\s?(\d{1,2})(?:[-/.月]\s?(\d{1,2})日?)?月?|年)?(?:[ T]\d{1,2}:.*)?$/.exec(
      plain,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!found) return null
  const [, year = '', month, day] = found
  if (Number(year) < 1900 || Number(year) > 2100) return null
  if (month === undefined) return year
  const isDay = day === undefined || Number(day) <= daysIn(Number(year), Number(month))
  if (Number(month) < 1 || Number(month) > 12 || !isDay || Number(day ?? 1) < 1) return null
  return [year, month, ...(day === undefined ? [] : [day])]
    .map(part => part.padStart(2, '0'))
    .join('-')
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function yesNoIn(cell: string | number | boolean): boolean | null {
  if (typeof cell === 'boolean') return cell
  const word = String(cell).trim().toLowerCase()
  if (/^(?:是|有|yes|y|true|√|✓|✔)$/.test(word)) return true
  return /^(?:否|无|没有|no|n|false|×|✗|✘)$/.test(word) ? false : null
}

/** A column's name without the signs between its words. */
function plainName(name: string): string {
  return halfWidth(name).replace(/[\s()[\]/,\u3001\u3010\u3011]/g, '')
}

function folded(name: string): string {
  return halfWidth(name).replace(/\s+/g, '').toLowerCase()
}

/** The full-width forms of ASCII as ASCII, for matching only. */
function halfWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e]/g, full => String.fromCharCode(full.charCodeAt(0) - 0xfee0))
}
