import type { PlaceRow } from '../../../shared/analysis/coverage'
import { type CoverageQuestion, cellFigure } from '../../../shared/analysis/coverage-cell'
import { CSV_BOM, csvLine, guardedCell } from '../../../shared/formats/csv'
import type { Host, PlaceToken, WrittenFile } from '../../../shared/host'

/** The part of a grid that goes out, and what its cells say. */
export interface CoverageSheet {
  readonly years: readonly number[]
  readonly rows: readonly PlaceRow[]
  readonly question: CoverageQuestion
}

/** The grid for pasting into a spreadsheet: a line a place, no cell of which becomes a formula. */
export function coverageTsv(sheet: CoverageSheet): string {
  return recordsOf(sheet)
    .map(cells => cells.map(cell => guardedCell(cell.replace(/[\t\r\n]+/g, ' '))).join('\t'))
    .join('\n')
}

/** The grid as a CSV file: place, code, and a column a year; protected, no cell becomes a formula. */
export function coverageCsv(
  sheet: CoverageSheet,
  { protectForSpreadsheets }: { readonly protectForSpreadsheets: boolean },
): string {
  const cells = protectForSpreadsheets ? guardedCell : (cell: string) => cell
  return (
    CSV_BOM +
    recordsOf(sheet)
      .map(record => csvLine(record.map(cells)))
      .join('')
  )
}

/** Writes the file into a new folder; whatever fails, nothing half written stays. */
export async function writeCoverage(
  host: Host,
  { place, folderName, csv }: { place: PlaceToken; folderName: string; csv: string },
): Promise<{ folder: string; files: WrittenFile[] }> {
  const { sink } = await host.openSink(place, folderName)
  try {
    await host.writeSink(sink, 'coverage_grid.csv', new TextEncoder().encode(csv))
    return await host.closeSink(sink)
  } catch (error) {
    await host.abortSink(sink).catch(() => {})
    throw error
  }
}

function recordsOf({ years, rows, question }: CoverageSheet): string[][] {
  return [
    ['place', 'place_code', ...years.map(String)],
    ...rows.map(({ place, cells }) => [
      place.name,
      place.code ?? '',
      ...cells.map(cell => cellFigure(cell, question)),
    ]),
  ]
}
