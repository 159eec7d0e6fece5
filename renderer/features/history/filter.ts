import type { CodeId, CoderId } from '../../../shared/domain/id'
import type { TrailAction, TrailCode, TrailRow } from '../../../shared/journal/trail'

/** The kinds of edit that one can look for. */
export const TRAIL_KINDS = ['coding', 'codebook', 'reports', 'steps', 'project'] as const

export type TrailKind = (typeof TRAIL_KINDS)[number]

/** What to look for; `null` and an empty text stand for everything. */
export interface TrailFilter {
  readonly coderId: CoderId | null
  /** Finds the codes below it, too. */
  readonly codeId: CodeId | null
  readonly kind: TrailKind | null
  readonly text: string
}

export const NO_FILTER: TrailFilter = { coderId: null, codeId: null, kind: null, text: '' }

/** Whether a filter leaves anything out. */
export function isFiltering({ coderId, codeId, kind, text }: TrailFilter): boolean {
  return coderId !== null || codeId !== null || kind !== null || text.trim() !== ''
}

/** The rows that a filter leaves, in the order in which they came; a step for each row. */
export function* matchingRows(
  rows: readonly TrailRow[],
  filter: TrailFilter,
  codes: readonly TrailCode[],
): Generator<undefined, readonly TrailRow[]> {
  if (!isFiltering(filter)) return rows
  const { coderId, kind } = filter
  const branch = filter.codeId === null ? null : branchIn(codes, filter.codeId)
  const text = filter.text.trim().toLowerCase()
  const isWanted = (row: TrailRow) =>
    (coderId === null || row.coderId === coderId) &&
    (kind === null || isOfKind(row, kind)) &&
    (branch === null || row.codes.some(id => branch.has(id))) &&
    (text === '' || row.text.includes(text))
  const found: TrailRow[] = []
  for (const row of rows) {
    if (isWanted(row)) found.push(row)
    yield
  }
  return found
}

/** A code and everything that is or was below it. */
export function branchIn(codes: readonly TrailCode[], id: CodeId): ReadonlySet<CodeId> {
  const below = new Map<CodeId, CodeId[]>()
  for (const { id, parentId } of codes) {
    if (parentId === null) continue
    const siblings = below.get(parentId)
    if (siblings) siblings.push(id)
    else below.set(parentId, [id])
  }
  const branch = new Set([id])
  // What is added while going through a set is gone through, too, and cycles end.
  for (const each of branch) for (const child of below.get(each) ?? []) branch.add(child)
  return branch
}

const KIND_OF: Partial<Record<TrailAction, TrailKind>> = {
  assignCode: 'coding',
  removeCoding: 'coding',
  addCode: 'codebook',
  renameCode: 'codebook',
  recolorCode: 'codebook',
  describeCode: 'codebook',
  moveCode: 'codebook',
  setDigit: 'codebook',
  deleteCode: 'codebook',
  loadCodebook: 'codebook',
  import: 'reports',
  removeImport: 'reports',
  removeReports: 'reports',
  renameReport: 'reports',
  setValue: 'reports',
  setValues: 'reports',
  confirmValue: 'reports',
  importValues: 'reports',
  addVariable: 'reports',
  renameVariable: 'reports',
  changeVariableType: 'reports',
  setCategories: 'reports',
  moveVariable: 'reports',
  deleteVariable: 'reports',
  correctStructure: 'reports',
  removeCorrection: 'reports',
  saveSet: 'reports',
  renameSet: 'reports',
  changeSet: 'reports',
  deleteSet: 'reports',
}

function isOfKind({ action, kind }: TrailRow, wanted: TrailKind): boolean {
  if (wanted === 'steps') return kind === 'undo' || kind === 'redo'
  return (KIND_OF[action] ?? 'project') === wanted
}
