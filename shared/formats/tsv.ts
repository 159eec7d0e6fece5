// What spreadsheets put on the clipboard: cells by tab, rows by line break, and quotes around a
// cell with a tab, quote or line break in it.

/** Cells as a spreadsheet pastes them. */
export function tsvOf(rows: readonly (readonly string[])[]): string {
  return rows.map(cells => cells.map(quoted).join('\t')).join('\r\n')
}

/**
 * The cells of what was copied from a spreadsheet or a text, row by row; rows may differ in
 * length. One line break at the end ends the last row. A quote that is never closed is a quote.
 */
export function cellsOfTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  for (;;) {
    const { cell, end } = cellAt(text, at)
    rows.at(-1)!.push(cell)
    if (end >= text.length) break
    at = end + 1
    if (text[end] === '\t') continue
    if (text[end] === '\r' && text[at] === '\n') at++
    if (at >= text.length) break
    rows.push([])
  }
  return rows
}

function cellAt(text: string, start: number): { cell: string; end: number } {
  if (text[start] === '"') {
    let cell = ''
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] !== '"') cell += text[at]
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else if (at + 1 >= text.length || /[\t\r\n]/.test(text[at + 1]!)) {
        return { cell, end: at + 1 }
      } else break
    }
  }
  let end = start
  while (end < text.length && !/[\t\r\n]/.test(text[end]!)) end++
  return { cell: text.slice(start, end), end }
}

function quoted(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
