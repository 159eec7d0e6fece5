// What the columns of a coded dataset mean, in words that do not depend on the interface's
// language: manifest.json carries them beside the tables.

/** A column's name and what it means. */
export type Column = readonly [name: string, meaning: string]

/** The columns of `segments.csv`. */
export const SEGMENT_COLUMNS: readonly Column[] = [
  ['segment_id', 'identity of the segment: one code on one passage by one coder'],
  ['report_id', 'identity of the report'],
  ['report', 'title of the report'],
  ['file', 'name of the imported file'],
  ['code_id', 'identity of the code'],
  [
    'code_path',
    'names of the code and of those above it, from the top, joined by " / "; a slash or backslash within a name has a backslash before it',
  ],
  ['code', 'name of the code'],
  ['coder_id', 'identity of the coder'],
  ['coder', 'name of the coder'],
  ['start', 'first code point of the segment in the text of the report, from 0'],
  ['end', 'code point after the last; empty, like start, where there is no text to count in'],
  ['n_char', 'code points in text'],
  ['text', 'the quote, as it was when it was coded'],
  ['memo', 'the note of the coder on this segment; may be empty'],
  ['created', 'when it was coded, ISO 8601, UTC'],
  ['intact', '1 if the text of the report says exactly this quote at this place, else 0'],
]

/** The first columns of `report_code.csv`. */
export const REPORT_COLUMNS: readonly Column[] = [
  ['report_id', 'identity of the report'],
  ['report', 'title of the report'],
  ['file', 'name of the imported file'],
  ['n_char', 'code points in the text of the report'],
  ['n_segments', 'segments in the report, of all codes and coders'],
]

/** The columns that `report_code.csv` has for every code, in codebook order. */
export const PER_CODE_COLUMNS: readonly Column[] = [
  ['n_*', 'segments with one code, all coders together; which code: codebook.csv, count_column'],
  ['b_*', '1 if there is at least one such segment, else 0; which code: codebook.csv, flag_column'],
]

/** The columns of `codebook.csv`. */
export const CODE_COLUMNS: readonly Column[] = [
  ['code_id', 'identity of the code'],
  [
    'count_column',
    'the column of report_code.csv that counts this code; made from code_id, so it stays when the code is renamed or moved',
  ],
  ['flag_column', 'the column of report_code.csv that says 0 or 1 for this code'],
  ['parent_id', 'identity of the code above; empty at the top'],
  [
    'path',
    'names of the code and of those above it, from the top, joined by " / "; a slash or backslash within a name has a backslash before it',
  ],
  ['code', 'name of the code'],
  ['level', '1 at the top'],
  ['definition', 'what the code stands for'],
  ['include', 'when to use it'],
  ['exclude', 'when not to use it'],
  ['example', 'an example'],
  ['color', '#rrggbb'],
  ['n_segments', 'segments with exactly this code, those of codes below it not counted'],
  ['n_reports', 'reports with at least one such segment'],
]

/** What the apostrophes of a protected dataset are. */
export const PROTECTION =
  "cells that a spreadsheet could take for a formula have an apostrophe (') before them; remove one to get the original"

/** The names of columns, as a table's first line. */
export function namesOf(columns: readonly Column[]): string[] {
  return columns.map(([name]) => name)
}
