import { createContext, useContext } from 'react'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'

// Rows are cached by the tree and only drawn again when their code changes. What changes
// beside that reaches them through this context.

/** What every row of the tree shares. */
export interface RowSharing {
  readonly renaming: CodeId | null
  readonly canEdit: boolean
  onRename(code: Code, name: string): void
  onCancelRename(): void
  /** The point is in CSS pixels from the window's corner. */
  onMenu(id: CodeId, at: { readonly x: number; readonly y: number }): void
  /** The pointer is over a code's row. */
  onPoint(id: CodeId): void
}

export const RowContext = createContext<RowSharing | null>(null)

/** What the rows of the tree share. Throws outside the tree. */
export function useRowSharing(): RowSharing {
  const sharing = useContext(RowContext)
  if (!sharing) throw new Error('no code tree around this row')
  return sharing
}
