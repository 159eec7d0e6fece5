import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createProjectFolder, openKeeper } from '../../electron/host/keeper'
import type { BatchId, CoderId, Hash, ProjectId, ReportId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { NewEntry } from '../../shared/journal/history'
import { annotationAt } from './annotations'
import { adding } from './entries'
import { freshFolder } from './folder'

/** The id of every project made here. */
export const PROJECT = 'p1' as ProjectId

const TEXT = '全省风电装机容量下降，电网成本上升。'

/** A project folder that nobody has open: one import of a report, two codes, two annotations. */
export async function studyFolder(more: readonly NewEntry[] = []): Promise<string> {
  const folder = join(await freshFolder(), 'Study')
  await mkdir(folder)
  await createProjectFolder(folder, { id: PROJECT, name: '研究', createdAt: 0 }, adding('c'))
  const bytes = new TextEncoder().encode(TEXT)
  const keeper = await openKeeper(folder)
  const [hash] = await keeper.putBlobs([bytes])
  await keeper.append(importing('r', hash!))
  await keeper.append(adding('d'))
  await keeper.append(assigning(0, 4))
  await keeper.append(assigning(5, 9))
  for (const entry of more) await keeper.append(entry)
  await keeper.close()
  return folder
}

/** An import of one report whose text is stored already. */
export function importing(id: string, textHash: Hash): NewEntry {
  const report: Report = {
    id: id as ReportId,
    batchId: `b${id}` as BatchId,
    title: id,
    fileName: `${id}.txt`,
    path: '',
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    encoding: 'utf-8',
    textHash,
    originalHash: textHash,
    markupHash: null,
    length: TEXT.length,
    chars: TEXT.length,
    hanChars: 0,
    textVersion: 1,
    addedAt: 0,
  }
  const counts = { imported: 1, known: 0, refused: 0, cancelled: false }
  const batch = { id: report.batchId, at: 0, ...counts }
  return {
    kind: 'import',
    batch,
    reports: [report],
    variables: [],
    values: [],
    at: 0,
    coderId: 'me' as CoderId,
  }
}

/** An edit that codes a passage of the study's report. */
export function assigning(start: number, end: number): NewEntry {
  const after = annotationAt(TEXT, start, end)
  return {
    kind: 'do',
    of: null,
    label: 'assignCode',
    about: 'c',
    changes: [{ table: 'annotations', id: after.id, before: null, after }],
    at: 0,
    coderId: 'me' as CoderId,
  }
}

/** Every file below a folder: its name, content and time of change. */
export async function everythingIn(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name)
    const { mtimeMs } = await stat(path)
    const sum = file.isFile() ? sumOf(await readFile(path)) : 'folder'
    found[path.slice(folder.length + 1)] = `${sum} ${mtimeMs}`
  }
  return found
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
