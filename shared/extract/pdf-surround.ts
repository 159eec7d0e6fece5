import type { PdfLine } from './pdf-lines'
import type { PdfSheet } from './pdf-sheets'

// What a page repeats is not the report: running heads and feet, page numbers, watermarks. What
// stands small at a page's foot behind a mark is a footnote. Both are told by looking at all pages
// together, from the edges inwards, so that a line of the report is never passed over.

/** A page with what surrounds its text set apart. */
export interface ParsedSheet {
  readonly sheet: PdfSheet
  readonly heads: readonly string[]
  readonly body: readonly PdfLine[]
  readonly notes: readonly PdfLine[]
  readonly feet: readonly string[]
}

export interface Surroundings {
  readonly sheets: readonly ParsedSheet[]
  /** What is printed across the pages; each text once. */
  readonly watermarks: readonly string[]
}

/** The size of most of a document's text, in points. */
export function bodySizeOf(sheets: readonly PdfSheet[]): number {
  const weights = new Map<number, number>()
  for (const sheet of sheets) {
    for (const line of sheet.lines) {
      const size = Math.round(line.size * 2) / 2
      weights.set(size, (weights.get(size) ?? 0) + line.text.length)
    }
  }
  let best = 12
  let most = 0
  for (const [size, weight] of weights) {
    if (weight > most) [best, most] = [size, weight]
  }
  return best
}

/** Sets apart what surrounds the text of each page. */
export function surroundingsOf(sheets: readonly PdfSheet[], bodySize: number): Surroundings {
  const { texts, watermarks } = watermarksOf(sheets, bodySize)
  const whole = sheets.map(sheet => ({ ...sheet, lines: linesAmong(sheet, texts) }))
  const edges = whole.map(edgesOf)
  const repeats = repeatsIn(edges, whole.length)
  const numbered = pageNumbersIn(edges, whole)
  const tellsItself = ({ line }: EdgeLine) => numbered.has(line) || isBrowserPrint(line.text)
  const found = whole.map((sheet, i) => {
    const isAside = (place: EdgeLine) => repeats.has(place.line) || tellsItself(place)
    const heads = setOff(untilOther(edges[i]!.top, isAside), sheet, bodySize)
    const inner = edges[i]!.bottom.filter(place => !heads.includes(place))
    return { heads, feet: setOff(untilOther(inner, isAside), sheet, bodySize) }
  })
  // What repeats has to be set off again and again, not just where a page ends early.
  const counts = new Map<string, number>()
  for (const { heads, feet } of found) {
    for (const place of [...heads, ...feet]) {
      counts.set(groupOf(place), (counts.get(groupOf(place)) ?? 0) + 1)
    }
  }
  const enough = enoughOf(whole.length)
  const isSure = (place: EdgeLine) => tellsItself(place) || counts.get(groupOf(place))! >= enough
  const parsed = whole.map((sheet, i) => {
    const heads = untilOther(found[i]!.heads, isSure)
    const feet = untilOther(found[i]!.feet, isSure).reverse()
    const apart = new Set([...heads, ...feet].map(place => place.line))
    const rest = sheet.lines.filter(line => !apart.has(line))
    const notes = notesIn(rest, { bodySize, sheet })
    return {
      sheet,
      heads: heads.map(place => place.line.text),
      body: rest.slice(0, rest.length - notes.length),
      notes,
      feet: feet.map(place => place.line.text),
    }
  })
  return { sheets: parsed, watermarks }
}

interface EdgeLine {
  readonly line: PdfLine
  readonly side: 'top' | 'bottom'
  /** Which page, counted from 0. */
  readonly page: number
  /** Where on the page, in parts of its height. */
  readonly place: number
}

interface Edges {
  /** From the page's edge inwards. */
  readonly top: readonly EdgeLine[]
  readonly bottom: readonly EdgeLine[]
}

/** How many lines from the edge may surround the text, and how far in, in parts of the height. */
const EDGE_LINES = 4
const EDGE_REACH = 0.2

function edgesOf(sheet: PdfSheet, page: number): Edges {
  const { lines, height } = sheet
  const at = (line: PdfLine) => line.y / height
  const of = (side: 'top' | 'bottom') => (line: PdfLine) => ({ line, side, page, place: at(line) })
  // What stands beyond a table belongs to the edge only if the table does not come before it.
  const firstTable = Math.min(...sheet.tables.map(table => table.y), Number.POSITIVE_INFINITY)
  return {
    top: lines
      .slice(0, EDGE_LINES)
      .filter(line => at(line) < EDGE_REACH && line.y < firstTable)
      .map(of('top')),
    bottom: lines
      .slice(-EDGE_LINES)
      .filter(line => at(line) > 1 - EDGE_REACH)
      .reverse()
      .map(of('bottom')),
  }
}

function untilOther(lines: readonly EdgeLine[], isAside: (line: EdgeLine) => boolean): EdgeLine[] {
  const end = lines.findIndex(line => !isAside(line))
  return lines.slice(0, end < 0 ? lines.length : end)
}

/**
 * Only what is set off from the text surrounds it: by a gap, or by smaller print. Reports repeat
 * themselves, and a line of theirs may well stand at the top of two pages.
 */
function setOff(lines: readonly EdgeLine[], sheet: PdfSheet, bodySize: number): EdgeLine[] {
  for (let count = lines.length; count > 0; count--) {
    const { line, side } = lines[count - 1]!
    const at = sheet.lines.indexOf(line)
    const inner = sheet.lines[side === 'top' ? at + 1 : at - 1]
    const alone = sheet.tables.length > 0 ? Number.POSITIVE_INFINITY : 0
    const gap = inner ? Math.abs(inner.y - line.y) : alone
    const isApart = gap > 1.25 * stepOf(sheet.lines, bodySize)
    if (isApart || line.size < 0.93 * bodySize || DRESSED.test(line.text)) {
      return lines.slice(0, count)
    }
  }
  return []
}

/** The usual step from line to line on a page. */
function stepOf(lines: readonly PdfLine[], bodySize: number): number {
  const steps: number[] = []
  for (let i = 1; i < lines.length; i++) {
    const step = lines[i]!.y - lines[i - 1]!.y
    if (step > 0.9 * bodySize && step < 3 * bodySize) steps.push(step)
  }
  steps.sort((a, b) => a - b)
  return steps[Math.floor(steps.length / 2)] ?? 1.5 * bodySize
}

/** Lines that stand at the same place on enough pages, digits aside. */
function repeatsIn(edges: readonly Edges[], pages: number): Set<PdfLine> {
  const groups = new Map<string, EdgeLine[]>()
  for (const { top, bottom } of edges) {
    for (const place of [...top, ...bottom]) {
      const key = groupOf(place)
      const group = groups.get(key)
      if (group) group.push(place)
      else groups.set(key, [place])
    }
  }
  const repeats = new Set<PdfLine>()
  const enough = enoughOf(pages)
  for (const group of groups.values()) {
    for (const place of group) {
      if (repeats.has(place.line)) continue
      const level = group.filter(other => Math.abs(other.place - place.place) < 0.008)
      // Twice on one page is a list, not a head.
      if (new Set(level.map(other => other.page)).size < enough) continue
      for (const other of level) repeats.add(other.line)
    }
  }
  return repeats
}

/** On so many pages a line has to stand. */
function enoughOf(pages: number): number {
  return Math.max(2, Math.min(4, Math.ceil(pages * 0.4)))
}

/** What the running heads, or feet, of several pages have in common: all but digits and spaces. */
function groupOf({ side, line }: EdgeLine): string {
  return `${side}\0${keyOf(line.text)}`
}

function keyOf(text: string): string {
  return text.normalize('NFKC').replace(/\d+/g, '#').replace(/\s+/g, '')
}

/** A page number by itself, with what it is dressed in. */
const DRESSED =
  /^(?:[-\u2010-\u2015\u2212\u30fc\uff0d\u00b7\uff5e~\u2500|]+ ?(\d{1,4}) ?[-\u2010-\u2015\u2212\u30fc\uff0d\u00b7\uff5e~\u2500|]+|\u7b2c ?(\d{1,4}) ?\u9875(?:[ ,\uff0c/|]*\u5171 ?\d{1,4} ?\u9875)?|(\d{1,4}) ?\/ ?\d{1,4}|page ?(\d{1,4})(?: ?(?:of|\/) ?\d{1,4})?|P\.? ?(\d{1,4}))$/i
const BARE = /^(\d{1,4}|[ivxl]{1,6}|[\u2160-\u217f])$/i

function pageNumbersIn(edges: readonly Edges[], sheets: readonly PdfSheet[]): Set<PdfLine> {
  const found = new Set<PdfLine>()
  const bare = new Map<number, EdgeLine[]>()
  for (const { top, bottom } of edges) {
    for (const place of [...bottom, ...top]) {
      const text = place.line.text.normalize('NFKC').trim()
      const dressed = DRESSED.exec(text)
      if (dressed) {
        // A fraction or a number between dashes could be data; not at the very edge.
        found.add(place.line)
        continue
      }
      const number = BARE.exec(text)?.[1]
      if (!number) continue
      const offset = /^\d/.test(number) ? Number(number) - place.page : Number.NaN
      const group = bare.get(offset)
      if (group) group.push(place)
      else bare.set(offset, [place])
    }
  }
  for (const [offset, group] of bare) {
    const pages = new Set(group.map(place => place.page)).size
    const isCounting = pages >= Math.min(2, sheets.length) && (sheets.length > 1 || offset === 1)
    // A numbered last page of a short document counts from 1, too.
    if (isCounting || (offset === 1 && sheets.length <= 3)) {
      for (const place of group) found.add(place.line)
    }
  }
  return found
}

/** What browsers print around a page: its address, and when it was printed. */
function isBrowserPrint(text: string): boolean {
  return (
    /^(?:https?|file):\/\/\S+(?: \d+ ?\/ ?\d+)?$/.test(text) ||
    /^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ ,]+(?:\u4e0a\u5348|\u4e0b\u5348)?\d{1,2}:\d{2}(?: .*)?$/.test(
      text,
    )
  )
}

/** A footnote's mark: raised, circled, in brackets, an asterisk, or a number and a space. */
const NOTE_MARK =
  /^(?:[\u2460-\u2473*\uff0a\u203b\u2020]|[[\u3014\uff3b]\d{1,3}[\]\u3015\uff3d]|\d{1,3} |\u6ce8[\uff1a:])/

/** Small lines at the foot of a page, from the first one below a separator or with a mark. */
function notesIn(
  lines: readonly PdfLine[],
  page: { readonly bodySize: number; readonly sheet: PdfSheet },
): readonly PdfLine[] {
  const { separators, tables, height } = page.sheet
  const lowest = Math.max(0, ...tables.map(table => table.y))
  let start = lines.length
  while (start > 0) {
    const line = lines[start - 1]!
    if (line.size > page.bodySize * 0.9 || line.y < Math.max(height * 0.35, lowest)) break
    start--
  }
  const above = lines[start - 1]?.y ?? 0
  const first = lines[start]
  const isSeparated = first && separators.some(y => y > above - 2 && y < first.y)
  if (isSeparated) return lines.slice(start)
  const mark = lines.findIndex(
    (line, i) => i >= start && (line.isRaised || NOTE_MARK.test(line.text)),
  )
  return mark < 0 ? [] : lines.slice(mark)
}

/** Whether a line of a footnote begins the next one. */
export function startsNote(line: PdfLine): boolean {
  return line.isRaised || NOTE_MARK.test(line.text) || /^\d{1,2}(?=[\u4e00-\u9fff])/.test(line.text)
}

/**
 * Tells watermarks from other light print: they run askew, are large, or come again on other
 * pages. Light print that does none of this is text.
 */
function watermarksOf(
  sheets: readonly PdfSheet[],
  bodySize: number,
): { readonly texts: ReadonlySet<PdfLine>; readonly watermarks: readonly string[] } {
  const counts = new Map<string, number>()
  for (const { faint } of sheets) {
    for (const text of new Set(faint.map(line => line.text))) {
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
  }
  const watermarks = new Set<string>()
  const texts = new Set<PdfLine>()
  const overprinted = overprintedIn(sheets, bodySize)
  for (const { askew, faint, lines } of sheets) {
    for (const line of askew) watermarks.add(line.text)
    for (const line of faint) {
      const comesAgain = sheets.length > 1 && counts.get(line.text)! > 1
      if (line.size > bodySize * 1.5 || comesAgain) watermarks.add(line.text)
      else texts.add(line)
    }
    for (const line of lines) {
      if (overprinted.has(line)) watermarks.add(line.text)
      else texts.add(line)
    }
  }
  return { texts, watermarks: [...watermarks] }
}

/** Lines that stand large or over other lines, at one place on most of three pages or more. */
function overprintedIn(sheets: readonly PdfSheet[], bodySize: number): Set<PdfLine> {
  const groups = new Map<string, PdfLine[]>()
  for (const { lines, height } of sheets) {
    lines.forEach((line, i) => {
      if (line.y < EDGE_REACH * height || line.y > (1 - EDGE_REACH) * height) return
      const isOver = [lines[i - 1], lines[i + 1]].some(
        other => other && Math.abs(other.y - line.y) < 0.75 * Math.min(other.size, line.size),
      )
      if (!isOver && line.size < 1.5 * bodySize) return
      const key = `${Math.round(line.x0)}\0${Math.round(line.y)}\0${line.text}`
      const group = groups.get(key)
      if (group) group.push(line)
      else groups.set(key, [line])
    })
  }
  const enough = Math.max(3, sheets.length * 0.6)
  return new Set([...groups.values()].filter(group => group.length >= enough).flat())
}

function linesAmong(sheet: PdfSheet, texts: ReadonlySet<PdfLine>): PdfLine[] {
  return [...sheet.lines, ...sheet.faint].filter(line => texts.has(line)).sort((a, b) => a.y - b.y)
}
