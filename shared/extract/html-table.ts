import { DOCUMENT_LIMITS } from './document'
import { isSkipped, type Sheet, styleOf } from './html-style'
import type { HtmlElement, HtmlNode } from './html-tree'

// Old government pages are laid out in tables: the whole page in one, the article in a cell of
// it. Such a table is unwrapped; only what looks like data becomes rows.

/** A row of data. */
export interface TableRow {
  readonly element: HtmlElement
  readonly isHeading: boolean
  /** `null` where a merged cell that began to the left or above reaches. */
  readonly cells: readonly (HtmlElement | null)[]
}

export interface HtmlTable {
  /** What stands within the table but in no row, and is shown before it. */
  readonly outside: readonly HtmlNode[]
  /** `null` if the table only lays the page out. */
  readonly rows: readonly TableRow[] | null
  /** Of a table that only lays out: the cells in order. */
  readonly parts: readonly HtmlElement[]
  readonly isMerged: boolean
}

/** How a table is to be read. */
export function tableOf(table: HtmlElement, sheet: Sheet): HtmlTable {
  const found: Found = { outside: [], rows: [] }
  collect(table, found, { sheet, isHeading: false })
  const parts = found.rows.flatMap(row => row.cells)
  if (isLayout(table, found.rows)) {
    return { outside: found.outside, rows: null, parts, isMerged: false }
  }
  return { outside: found.outside, parts, ...placed(found.rows) }
}

interface FoundRow {
  readonly element: HtmlElement
  readonly isHeading: boolean
  readonly cells: HtmlElement[]
}

interface Found {
  readonly outside: HtmlNode[]
  readonly rows: FoundRow[]
}

/** Elements that rows and cells may stand in, as pages have them. */
const WRAPPERS = new Set(['form', 'table', 'tbody', 'tfoot', 'thead'])

function collect(
  element: HtmlElement,
  found: Found,
  given: { readonly sheet: Sheet; readonly isHeading: boolean },
): void {
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (/\S/.test(child)) found.outside.push(child)
    } else if (isSkipped(child, styleOf(child), given.sheet)) found.outside.push(child)
    else if (child.tag === 'tr') {
      const cells: HtmlElement[] = []
      collectCells(child, cells, found.outside)
      const isHeading = given.isHeading || cells.every(cell => cell.tag === 'th')
      if (cells.length > 0) found.rows.push({ element: child, isHeading, cells })
    } else if (child.tag === 'td' || child.tag === 'th') {
      found.rows.push({ element: child, isHeading: child.tag === 'th', cells: [child] })
    } else if (WRAPPERS.has(child.tag) && child.tag !== 'table') {
      collect(child, found, { ...given, isHeading: child.tag === 'thead' })
    } else found.outside.push(child)
  }
}

function collectCells(row: HtmlElement, cells: HtmlElement[], outside: HtmlNode[]): void {
  for (const child of row.children) {
    if (typeof child === 'string') {
      if (/\S/.test(child)) outside.push(child)
    } else if (child.tag === 'td' || child.tag === 'th') cells.push(child)
    else if (child.tag === 'form') collectCells(child, cells, outside)
    else outside.push(child)
  }
}

/** A cell with more text than this, and most of the table's, holds an article and not a datum. */
const ARTICLE = 600
/** A cell with this many paragraphs in a table of a row or two is a column of the page. */
const COLUMN_BLOCKS = 5

function isLayout(table: HtmlElement, rows: readonly FoundRow[]): boolean {
  if (rows.every(row => row.cells.length < 2)) return true
  if (/^(?:presentation|none)$/.test(table.attributes.get('role') ?? '')) return true
  let all = 0
  let largest = 0
  for (const row of rows) {
    for (const cell of row.cells) {
      const { chars, blocks, breaks } = sizeOf(cell)
      if (breaks) return true
      if (rows.length <= 2 && blocks >= COLUMN_BLOCKS) return true
      all += chars
      largest = Math.max(largest, chars)
    }
  }
  return largest > ARTICLE && largest * 2 > all
}

interface CellSize {
  chars: number
  /** Paragraphs and lists. */
  blocks: number
  /** Whether a table or a page's main heading is in it. */
  breaks: boolean
}

function sizeOf(cell: HtmlElement): CellSize {
  const size: CellSize = { chars: 0, blocks: 0, breaks: false }
  const visit = (element: HtmlElement) => {
    for (const child of element.children) {
      if (size.breaks) return
      if (typeof child === 'string') size.chars += child.trim().length
      else if (/^(?:table|h1|h2|h3)$/.test(child.tag)) size.breaks = true
      else {
        if (/^(?:p|div|ul|ol|li)$/.test(child.tag)) size.blocks++
        if (!/^(?:script|style)$/.test(child.tag)) visit(child)
      }
    }
  }
  visit(cell)
  return size
}

/** How many cells may stand for merged ones, so that false spans cost nothing. */
const MAX_FILLERS = 20_000

/** Cells put into their columns; a merged one stands in the first of its rows and columns. */
function placed(rows: readonly FoundRow[]): Pick<HtmlTable, 'rows' | 'isMerged'> {
  /** For each column how many rows a cell from above still reaches down. */
  const reach: number[] = []
  let fillers = 0
  let isMerged = false
  const result = rows.map(row => {
    const cells: (HtmlElement | null)[] = []
    const fill = () => {
      while ((reach[cells.length] ?? 0) > 0) {
        reach[cells.length]!--
        cells.push(null)
      }
    }
    for (const cell of row.cells) {
      fill()
      const wide = spanOf(cell, 'colspan')
      const high = spanOf(cell, 'rowspan')
      if (wide > 1 || high > 1) isMerged = true
      const isAffordable = fillers + wide * high <= MAX_FILLERS
      if (isAffordable) fillers += wide * high - 1
      for (let i = 0; i < (isAffordable ? wide : 1); i++) {
        if (isAffordable && high > 1) reach[cells.length] = high - 1
        cells.push(i === 0 ? cell : null)
      }
    }
    for (let at = cells.length; at < reach.length; at++) {
      if (reach[at]! > 0) reach[at]!--
    }
    // Nothing stands to the right of what a row ends with.
    while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop()
    return { element: row.element, isHeading: row.isHeading, cells }
  })
  return { rows: result, isMerged }
}

function spanOf(cell: HtmlElement, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(cell.attributes.get(name) ?? '1', 10)
  return span > 1 ? Math.min(span, DOCUMENT_LIMITS.columns) : 1
}
