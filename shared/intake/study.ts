import type { ReportId } from '../domain/id'
import type { Markup } from '../domain/markup'
import type { Value } from '../domain/variable'
import { type Sketch, sketchOf } from './near-duplicates'
import { valuesFrom } from './report-from'

/** What an import learns from a text once it has it. */
export interface Study {
  readonly values: readonly Value[]
  /** `null` where the text is too short to be compared with others. */
  readonly sketch: Sketch | null
}

/**
 * Reads a text's values, and what it takes to find texts nearly the same. Fails for no text:
 * where reading the values does, there are none, and the text still comes in.
 */
export function studyOf(reportId: ReportId, text: string, markup: Markup): Study {
  return { values: valuesOrNone(reportId, text, markup), sketch: comparableSketch(text, markup) }
}

/** The sketch of a text without what its source sets aside. */
export function comparableSketch(text: string, { marks }: Markup): Sketch | null {
  return sketchOf(
    text,
    marks.filter(({ kind }) => kind === 'aside'),
  )
}

function valuesOrNone(reportId: ReportId, text: string, markup: Markup): Value[] {
  try {
    return valuesFrom(reportId, text, markup)
  } catch {
    return []
  }
}
