import type { Passage } from '../../../shared/domain/annotation'
import type { ReportId } from '../../../shared/domain/id'

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
  let { start, end } = selected
  if (isSplit(text, start)) start--
  if (isSplit(text, end)) end++
  while (start < end && /\s/.test(text[start]!)) start++
  while (start < end && /\s/.test(text[end - 1]!)) end--
  return start < end ? { reportId, start, end, quote: text.slice(start, end) } : null
}

function isSplit(text: string, offset: number): boolean {
  return (
    /[\ud800-\udbff]/.test(text[offset - 1] ?? '') && /[\udc00-\udfff]/.test(text[offset] ?? '')
  )
}
