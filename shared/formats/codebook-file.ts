import type { Code } from '../domain/code'
import { MAX_NAME_LENGTH } from '../domain/project'

// A codebook as a file holds it: codes in a tree, known by keys, every text in one or more
// languages. resources/README.md describes the format.

/** A code of a codebook file, in one language. */
export interface FileCode
  extends Pick<Code, 'name' | 'color' | 'definition' | 'include' | 'exclude' | 'example'> {
  readonly key: string
  /** The key of a code that comes before this one; `null` for a code at the top. */
  readonly parentKey: string | null
}

/** A codebook file, in one language. */
export interface CodebookFile {
  readonly title: string
  /** Parents come before their children. */
  readonly codes: readonly FileCode[]
}

/** What can be wrong with a codebook file. The interface has words for each. */
export type CodebookFileProblem =
  | 'not-json'
  | 'not-a-codebook'
  | 'newer-version'
  | 'not-a-list'
  | 'not-a-text'
  | 'not-a-color'
  | 'name-empty'
  | 'name-too-long'
  | 'key-empty'
  | 'key-twice'
  | 'parent-missing'

/** Thrown for a file that is no codebook, or a broken one. */
export class CodebookFileError extends Error {
  override readonly name = 'CodebookFileError'
  readonly problem: CodebookFileProblem
  /** Where in the file, such as `codes[3].color`; empty for the file as a whole. */
  readonly place: string

  constructor(problem: CodebookFileProblem, place: string) {
    super(place === '' ? problem : `${problem} at ${place}`)
    this.problem = problem
    this.place = place
  }
}

/**
 * Reads a codebook file. A text that lacks `language` is taken in the other language that the
 * file has; one that is a plain string counts for every language. Definitions, rules and the
 * example may be missing. Throws {@link CodebookFileError} at the first thing that is wrong.
 */
export function readCodebook(source: string, language: 'zh' | 'en'): CodebookFile {
  const file = fieldsOf(parse(source))
  if (file?.format !== 'codicil-codebook') throw new CodebookFileError('not-a-codebook', '')
  if (file.version !== 1) throw new CodebookFileError('newer-version', 'version')
  if (!Array.isArray(file.codes)) throw new CodebookFileError('not-a-list', 'codes')
  const keys = new Set<string>()
  const codes = file.codes.map((item: unknown, i) => {
    const code = codeOf(item, `codes[${i}]`, language)
    if (keys.has(code.key)) throw new CodebookFileError('key-twice', `codes[${i}].key`)
    if (code.parentKey !== null && !keys.has(code.parentKey)) {
      throw new CodebookFileError('parent-missing', `codes[${i}].parent`)
    }
    keys.add(code.key)
    return code
  })
  return { title: textOf(file.title, 'title', language), codes }
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''))
  } catch {
    throw new CodebookFileError('not-json', '')
  }
}

function codeOf(item: unknown, place: string, language: 'zh' | 'en'): FileCode {
  const fields = fieldsOf(item)
  if (!fields) throw new CodebookFileError('not-a-codebook', place)
  const { key, parent, color } = fields
  if (typeof key !== 'string' || key === '')
    throw new CodebookFileError('key-empty', `${place}.key`)
  if (parent !== null && parent !== undefined && typeof parent !== 'string') {
    throw new CodebookFileError('parent-missing', `${place}.parent`)
  }
  if (typeof color !== 'string' || !/^#[0-9a-f]{6}$/i.test(color)) {
    throw new CodebookFileError('not-a-color', `${place}.color`)
  }
  const text = (field: string) => textOf(fields[field], `${place}.${field}`, language)
  const name = text('name').replace(/\s+/g, ' ').trim()
  if (name === '') throw new CodebookFileError('name-empty', `${place}.name`)
  if (name.length > MAX_NAME_LENGTH) throw new CodebookFileError('name-too-long', `${place}.name`)
  return {
    key,
    parentKey: parent ?? null,
    name,
    color: color.toLowerCase(),
    definition: text('definition'),
    include: text('include'),
    exclude: text('exclude'),
    example: text('example'),
  }
}

/** A text in `language`; empty where the file has none. */
function textOf(value: unknown, place: string, language: 'zh' | 'en'): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  const byLanguage = fieldsOf(value)
  if (!byLanguage) throw new CodebookFileError('not-a-text', place)
  const text = byLanguage[language] ?? byLanguage[language === 'zh' ? 'en' : 'zh'] ?? ''
  if (typeof text !== 'string') throw new CodebookFileError('not-a-text', place)
  return text
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}
