import type { Passage } from '../../../shared/domain/annotation'
import type { ReportId } from '../../../shared/domain/id'
import { clipToCharacters } from '../../../shared/text/code-points'

/**
 * What a selection means as a passage: without the white space and line breaks at its ends,
 * which a mouse picks up by accident, and never half of a character that takes two units.
 * `null` when nothing but white space is selected.
 */
export function passageOf(
  reportId: ReportId,
  text: string,
  selected: { readonly start: number; readonly end: number },
): Passage | null {
  let { start, end } = clipToCharacters(text, selected.start, selected.end)
  while (start < end && /\s/.test(text[start]!)) start++
  while (start < end && /\s/.test(text[end - 1]!)) end--
  return start < end ? { reportId, start, end, quote: text.slice(start, end) } : null
}
