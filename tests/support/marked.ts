import type { Passage } from '../../shared/domain/annotation'
import type { ReportId } from '../../shared/domain/id'

/** Reads a passage off a text with one stretch in brackets: `'Wind [fell], costs rose.'` */
export function marked(
  source: string,
  reportId = 'r1' as ReportId,
): { text: string; passage: Passage } {
  const start = source.indexOf('[')
  const end = source.indexOf(']') - 1
  const text = source.replace(/[[\]]/g, '')
  return { text, passage: { reportId, start, end, quote: text.slice(start, end) } }
}
