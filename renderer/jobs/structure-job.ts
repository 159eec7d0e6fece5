import type { Markup } from '../../shared/domain/markup'
import type { Correction } from '../../shared/domain/structure'

/** A text to be read for its structure, with what is known of it. */
export interface StructureWish {
  readonly text: string
  readonly markup: Markup
  readonly corrections: readonly Correction[]
}
