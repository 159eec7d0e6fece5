import type { DocumentFormat } from '../../../shared/extract/document'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import type { FileProblem } from '../../jobs/import-messages'
import type { ScannedFile } from '../../jobs/scan-job'

/** Problems that another encoding may settle. */
const ENCODING_PROBLEMS: readonly FileProblem[] = ['unknown-encoding', 'broken-characters', 'nul']

/** Formats of which people may choose the encoding; the others settle it themselves. */
const ENCODED: readonly (DocumentFormat | null)[] = ['txt', 'md', 'html', 'csv', null]

/** Whether choosing an encoding can change how a file is read. */
export function hasEncoding({ format, problem }: ScannedFile): boolean {
  return ENCODED.includes(format) && (problem === null || ENCODING_PROBLEMS.includes(problem))
}

/** Whether a file will not come in, as far as its head tells. */
export function isRefused(
  { index, problem }: ScannedFile,
  chosen: ReadonlyMap<number, EncodingLabel>,
): boolean {
  return problem !== null && !(chosen.has(index) && ENCODING_PROBLEMS.includes(problem))
}
