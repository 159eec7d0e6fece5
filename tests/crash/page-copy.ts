import type { Page } from '@playwright/test'
import { databaseName } from '../../renderer/data/database'
import type { ProjectId } from '../../shared/domain/id'
import { allIn } from '../../shared/journal/rows'
import type { ProjectState } from '../../shared/journal/state'

// The browser's working copy, read with the browser's own functions and none of ours.

type Rows = Readonly<Record<string, unknown>>[]

/** Compares the working copy of an open project with its folded journal; a sentence for each difference. */
export async function copyFaults(
  page: Page,
  id: ProjectId,
  state: ProjectState,
): Promise<string[]> {
  const tables = await page.evaluate(async name => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await asked(indexedDB.open(name))
    try {
      const stores = [...db.objectStoreNames].filter(store => store !== 'texts')
      const transaction = db.transaction(stores)
      const all = stores.map(async store => [
        store,
        await asked(transaction.objectStore(store).getAll()),
      ])
      return Object.fromEntries(await Promise.all(all)) as Record<string, Rows>
    } finally {
      db.close()
    }
  }, databaseName(id))

  const annotations = [...state.annotations.values()].flatMap(items => [...items.values()])
  const uses = new Map<string, number>()
  for (const { codeId, reportId } of annotations) {
    for (const key of [codeId, reportId]) uses.set(key, (uses.get(key) ?? 0) + 1)
  }
  const { seq, history } = state
  const packed = (table: string) =>
    (tables[table] as unknown as { readonly items: Rows }[]).flatMap(({ items }) => items)
  const meta = tables.meta?.[0]
  const compared: [string, unknown, unknown][] = [
    ['annotations', sorted(packed('annotations')), sorted(annotations)],
    ['values', sorted(packed('values')), sorted([...allIn(state.values)])],
    ['corrections', sorted(packed('corrections')), sorted([...allIn(state.corrections)])],
    ['variables', sorted(tables.variables), sorted([...state.variables.values()])],
    ['sets', sorted(tables.sets), sorted([...state.sets.values()])],
    ['codes', sorted(tables.codes), sorted([...state.codes.values()])],
    ['coders', sorted(tables.coders), sorted([...state.coders.values()])],
    ['reports', sorted(tables.reports), sorted([...state.reports.values()])],
    ['batches', sorted(tables.batches), sorted([...state.batches.values()])],
    ['tallies', sorted(tables.tallies), sorted([...uses].map(([id, uses]) => ({ id, uses })))],
    ['seq', meta?.seq, seq],
    ['history', JSON.stringify(meta?.history), JSON.stringify(history)],
  ]
  return compared
    .filter(([, copy, folder]) => JSON.stringify(copy) !== JSON.stringify(folder))
    .map(([what]) => `the working copy has other ${what} than the folder`)
}

/** Rows by their text, their fields in one order. */
function sorted(rows: readonly object[] = []): string[] {
  return rows
    .map(row => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort()
}
