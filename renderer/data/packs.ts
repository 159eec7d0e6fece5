import type { Table } from 'dexie'
import type { ReportId } from '../../shared/domain/id'

/** All rows of one table that one report has, in no particular order: one record. */
export interface Pack<R> {
  readonly reportId: ReportId
  readonly items: readonly R[]
}

/** The tables that are kept in packs. A report without rows has no pack. */
export const PACKED_TABLES = ['annotations', 'values', 'corrections'] as const

export type PackedTable = (typeof PACKED_TABLES)[number]

/** Records of all that one report has in a table: as many are read at once as nobody feels. */
const PACKS_A_PAGE = 100

/** Every pack of a table, page by page in order of their reports; others get their turn in between. */
export async function* pagesOf<R>(
  table: Table<Pack<R>, ReportId>,
): AsyncGenerator<readonly Pack<R>[], undefined> {
  for (let last = ''; ; ) {
    const packs = await table.where('reportId').above(last).limit(PACKS_A_PAGE).toArray()
    if (packs.length === 0) return
    yield packs
    last = packs.at(-1)?.reportId ?? ''
  }
}
