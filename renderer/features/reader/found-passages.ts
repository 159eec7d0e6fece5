import type { Passage } from '../../../shared/domain/annotation'
import type { ReportId } from '../../../shared/domain/id'
import type { Span, Structure } from '../../../shared/domain/structure'
import { unitAt } from '../../../shared/text/structure'
import { passageOf } from './passage'

/** How much around a place that was found is to be coded. */
export const FOUND_UNITS = ['hit', 'clause', 'sentence', 'paragraph'] as const

export type FoundUnit = (typeof FOUND_UNITS)[number]

/** What is to be coded, and the first place in it that was found. */
export interface FoundPassage {
  readonly passage: Passage
  readonly hit: Span
}

/**
 * The passages that places stand in, each once, in reading order. Where there is no such unit, as
 * in a title, it is the place itself. One that reaches over the unit's end makes it no larger.
 */
export function foundPassages(
  {
    id,
    text,
    structure,
  }: { readonly id: ReportId; readonly text: string; readonly structure: Structure },
  hits: readonly Span[],
  unit: FoundUnit,
): FoundPassage[] {
  const passages = new Map<number, FoundPassage>()
  for (const hit of hits) {
    const span = unit === 'hit' ? hit : (unitAt(structure, unit, hit.start) ?? hit)
    const passage = passageOf(id, text, span)
    if (passage && !passages.has(passage.start)) passages.set(passage.start, { passage, hit })
  }
  return [...passages.values()].sort((a, b) => a.passage.start - b.passage.start)
}
