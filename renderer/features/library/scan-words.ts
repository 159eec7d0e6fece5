import type { TFunction } from 'i18next'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import type { FileProblem } from '../../jobs/import-job'
import type { ScannedFile } from '../../jobs/scan-job'
import { toSize } from './sizes'

/** Problems that another encoding may settle. */
const ENCODING_PROBLEMS: readonly FileProblem[] = ['unknown-encoding', 'broken-characters', 'nul']

/** Whether a file will not come in, as far as its head tells. */
export function isRefused(
  { index, problem }: ScannedFile,
  chosen: ReadonlyMap<number, EncodingLabel>,
): boolean {
  return problem !== null && !(chosen.has(index) && ENCODING_PROBLEMS.includes(problem))
}

/** Why a file does not come in, and what to do about it. */
export function problemWords(
  t: TFunction,
  { problem, details }: Pick<ProblemLike, 'problem' | 'details'>,
  number: (value: number) => string,
): { readonly what: string; readonly todo: string } {
  const { kind = 'unknown', size = 0, limit = 0, length = 0, count = 0, offset = 0 } = details
  const isBytes = problem === 'too-large'
  const values = {
    kind: t(`import.kind.${kindOf(kind)}`),
    encoding: encodingWords(t, details.encoding),
    size: toSize(Number(size), number),
    limit: isBytes ? toSize(Number(limit), number) : number(Number(limit)),
    length: number(Number(length)),
    count: Number(count),
    n: number(Number(count)),
    offset: number(Number(offset)),
  }
  return {
    what: t(`import.problem.${problem}.what`, values),
    todo: t(`import.problem.${problem}.todo`, values),
  }
}

interface ProblemLike {
  readonly problem: FileProblem | 'folder'
  readonly details: Readonly<Record<string, string | number>>
}

/** An encoding as people know it. Labels that are none are shown as they are. */
export function encodingWords(t: TFunction, label: string | number | undefined): string {
  switch (label) {
    case 'utf-8':
    case 'utf-8-bom':
    case 'gb18030':
    case 'big5':
    case 'utf-16le':
    case 'utf-16be':
      return t(`import.encoding.${label}`)
    default:
      return String(label ?? '')
  }
}

const KINDS = [
  'zip',
  'pdf',
  'ole',
  'rtf',
  'image',
  'media',
  'archive',
  'executable',
  'database',
] as const

function kindOf(kind: string | number) {
  return KINDS.find(each => each === kind) ?? 'unknown'
}
