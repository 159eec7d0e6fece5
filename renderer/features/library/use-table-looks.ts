import { useEffect, useEffectEvent, useRef } from 'react'
import { allVariables } from '../../data/variables'
import extractorUrl from '../../jobs/extract.worker.ts?worker&url'
import { type Extractor, openExtractor } from '../../jobs/extractor'
import { workerAt } from '../../jobs/worker-at'
import { useWorkspace } from '../../workspace/context'
import type { Choosing } from './import-flow'
import { seenTable, type TableSetup, unseenTable } from './table-setup'

/**
 * Looks at every table among the chosen files, one after the other in a worker, and again where
 * another sheet or encoding is chosen.
 */
export function useTableLooks(
  { collected, scanned, chosen, tables }: Choosing,
  onTable: (index: number, setup: TableSetup) => void,
): void {
  const { db } = useWorkspace()
  const extractor = useRef<Extractor | null>(null)
  const asked = useRef(new Map<number, string>())
  const tell = useEffectEvent(onTable)
  useEffect(
    () => () => {
      extractor.current?.end()
      extractor.current = null
      asked.current.clear()
    },
    [],
  )
  useEffect(() => {
    for (const { index, format, problem } of scanned.values()) {
      if ((format !== 'xlsx' && format !== 'csv') || problem !== null) continue
      const file = collected.files[index]?.file
      if (!file) continue
      const sheet = tables.get(index)?.sheet ?? null
      const encoding = chosen.get(index) ?? null
      const how = JSON.stringify([sheet, encoding])
      if (asked.current.get(index) === how) continue
      asked.current.set(index, how)
      const before = unseenTable(sheet, encoding)
      tell(index, before)
      extractor.current ??= openExtractor(() => workerAt(extractorUrl), { count: 1 })
      const { lookAt } = extractor.current
      const look = async () => {
        const bytes = new Uint8Array(await file.arrayBuffer())
        const seen = await lookAt({ name: file.name, bytes, encoding }, sheet)
        const isWanted = asked.current.get(index) === how
        if (seen && isWanted) tell(index, seenTable(before, seen, await allVariables(db)))
      }
      // One that has gone meanwhile is the import's to tell.
      look().catch(() => {})
    }
  }, [collected, scanned, chosen, tables, db])
}
