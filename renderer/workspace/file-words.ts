import type { TFunction } from 'i18next'
import type { DocumentProblem } from '../../shared/extract/document'
import { toSize } from './sizes'

/** Why a file does not come in, and what to do about it. */
export function problemWords(
  t: TFunction,
  { problem, details }: ProblemLike,
  number: (value: number) => string,
): { readonly what: string; readonly todo: string } {
  const { kind = 'unknown', size = 0, limit = 0, ratio = 0, length = 0 } = details
  const { offset = 0, seconds = 0 } = details
  const count = Number(details.count ?? details.pages ?? 0)
  const where = String(details.where ?? '')
  const isBytes = problem === 'too-large' || problem === 'bomb'
  const values = {
    kind: t(`import.kind.${oneOf(KINDS, kind) ?? 'unknown'}`),
    oldKind: t(`import.oldKind.${oneOf(OLD_KINDS, kind) ?? 'doc'}`),
    encoding: encodingWords(t, details.encoding),
    size: toSize(Number(size), number),
    limit: isBytes ? toSize(Number(limit), number) : number(Number(limit)),
    ratio: number(Number(ratio)),
    length: number(Number(length)),
    target: kind === 'xls' ? '.xlsx' : kind === 'ppt' ? 'PDF' : '.docx',
    count,
    n: number(count),
    offset: number(Number(offset)),
    seconds: number(Number(seconds)),
    where,
  }
  if (problem === 'empty' && details.row !== undefined) {
    return { what: t('import.emptyRow.what'), todo: t('import.emptyRow.todo') }
  }
  const isPlace = problem === 'damaged' && /[./]/.test(where)
  return {
    what: isPlace
      ? t('import.problem.damaged.whatWhere', values)
      : t(`import.problem.${problem}.what`, values),
    todo:
      problem === 'unsupported'
        ? t(`import.unsupportedTodo.${todoOf(kind)}`)
        : t(`import.problem.${problem}.todo`, values),
  }
}

interface ProblemLike {
  readonly problem: DocumentProblem | 'unreadable' | 'folder'
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
  'slides',
  'spreadsheet',
  'ofd',
  'caj',
  'altChunk',
] as const

const OLD_KINDS = ['doc', 'xls', 'ppt', 'wps', 'xml'] as const

function oneOf<K extends string>(known: readonly K[], value: string | number): K | undefined {
  return known.find(each => each === value)
}

/** Which advice fits a file of a kind that is not read. */
function todoOf(kind: string | number) {
  switch (kind) {
    case 'zip':
    case 'archive':
      return 'archive'
    case 'image':
      return 'picture'
    case 'ofd':
    case 'caj':
      return kind
    case 'media':
    case 'executable':
    case 'database':
    case 'unknown':
      return 'none'
    default:
      return 'other'
  }
}
