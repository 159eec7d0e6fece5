import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBlobs } from '../../electron/host/blobs'
import { openJournal } from '../../electron/host/journal'
import { readManifest } from '../../electron/host/keeper'
import { isIntact } from '../../shared/domain/annotation'
import type { Hash, ProjectId } from '../../shared/domain/id'
import { emptyState, fold, type ProjectState } from '../../shared/journal/state'

/** A project folder read without the program: its state, and what is wrong with it. */
export interface FoundProject {
  readonly id: ProjectId
  readonly state: ProjectState
  readonly tornBytes: number
  /** One sentence for each broken promise; empty for a sound project. */
  readonly faults: readonly string[]
}

/**
 * Folds the journal of a folder that no program has open, and checks that imports came in
 * whole, that every text is there, and that every annotation quotes its text.
 */
export async function readProjectFolder(folder: string): Promise<FoundProject> {
  const { id } = await readManifest(folder)
  const journal = await openJournal(join(folder, 'journal'), id)
  const blobs = await openBlobs(join(folder, 'blobs'))
  const state = emptyState()
  const faults: string[] = []
  try {
    while (state.seq < journal.lastSeq) {
      for (const entry of await journal.read(state.seq + 1)) fold(state, entry)
    }
    const reports = [...state.reports.values()]
    for (const batch of state.batches.values()) {
      const here = reports.filter(({ batchId }) => batchId === batch.id).length
      if (here !== batch.imported) faults.push(`an import has ${here} of ${batch.imported} reports`)
    }
    for (const { id, title, textHash } of reports) {
      const [bytes] = await blobs.get([textHash as Hash])
      const text = new TextDecoder().decode(bytes)
      for (const annotation of state.annotations.get(id)?.values() ?? []) {
        if (!isIntact(annotation, text)) faults.push(`${title}: "${annotation.quote}" is not there`)
      }
    }
    return { id, state, tornBytes: journal.tornBytes, faults }
  } finally {
    await journal.close()
    await blobs.close()
  }
}

/** The only project folder in a data folder. */
export function onlyProjectIn(dataDir: string): string {
  const names = readdirSync(dataDir).filter(name => !name.startsWith('.'))
  if (names.length !== 1) throw new Error(`not one project: ${names.join(', ')}`)
  return join(dataDir, names[0]!)
}
