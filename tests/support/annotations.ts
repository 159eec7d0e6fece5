import type { Annotation } from '../../shared/domain/annotation'
import type { AnnotationId, CodeId, CoderId, ReportId } from '../../shared/domain/id'

/** An annotation of report `r` over `[start, end)` of a text. */
export function annotationAt(
  text: string,
  start: number,
  end: number,
  { id = `${start}-${end}`, code = 'c' }: { id?: string; code?: string } = {},
): Annotation {
  return {
    id: id as AnnotationId,
    reportId: 'r' as ReportId,
    start,
    end,
    quote: text.slice(start, end),
    codeId: code as CodeId,
    coderId: 'me' as CoderId,
    memo: '',
    createdAt: 0,
  }
}
