import type { Mark } from '../domain/markup'
import { normalizeText } from '../text/normalize'
import { type DocumentFile, refuse } from './document'
import type { EncodingLabel } from './encoding'
import { readTextFile } from './text-file'

// Markdown is read as the text that it is: its signs stay, since a passage must be found again in
// the file. Only what they mean is marked. Lines that are nothing but signs are set aside.

export interface ReadMarkdownOptions {
  /** The researcher's choice. Without one, the encoding is detected. */
  readonly encoding?: EncodingLabel
}

/**
 * Reads a Markdown file: headings, list items, table rows, quotations, footnotes, bold and
 * emphasis. A block of fields at the start (`---`) is set aside, and its `title`, `author` and
 * `date` become properties.
 */
export function readMarkdown(bytes: Uint8Array, options: ReadMarkdownOptions = {}): DocumentFile {
  const { encoding } = options
  const file = readTextFile(bytes, encoding ? { encoding } : {})
  if (!file.ok) {
    const { problem, details } = file
    return problem === 'binary' ? refuse('unsupported', details) : refuse(problem, details)
  }
  const text = normalizeText(file.text)
  const { marks, properties } = markupOf(text)
  return {
    ok: true,
    format: 'md',
    extractor: 'md/1',
    text,
    markup: { marks, pages: [], properties },
    encoding: file.encoding,
    sure: file.sure,
    replaced: file.replaced,
    notes: file.notes,
  }
}

interface Found {
  readonly marks: readonly Mark[]
  readonly properties: Readonly<Record<string, string>>
}

function markupOf(text: string): Found {
  const lines = text.split('\n')
  const marks: Mark[] = []
  const fields = fieldsAt(lines)
  const kinds = kindsOf(lines, fields.lines)
  let start = 0
  for (const [i, line] of lines.entries()) {
    const end = start + line.length
    const is = kinds[i]
    if (is && is !== 'code' && line.trim() !== '') marks.push({ start, end, ...is })
    if (is !== 'code' && (is === null || is?.kind !== 'aside')) {
      for (const mark of inlineIn(line)) {
        marks.push({ ...mark, start: start + mark.start, end: start + mark.end })
      }
    }
    start = end + 1
  }
  return { marks, properties: fields.properties }
}

/** How far down a block of fields may reach. */
const MAX_FIELD_LINES = 200

/** The fields at the head of a file, and how many lines they take with their fences. */
function fieldsAt(lines: readonly string[]): {
  readonly lines: number
  readonly properties: Readonly<Record<string, string>>
} {
  const properties: Record<string, string> = {}
  if (!/^---\s*$/.test(lines[0] ?? '')) return { lines: 0, properties }
  for (let i = 1; i < Math.min(lines.length, MAX_FIELD_LINES); i++) {
    const line = lines[i]!
    if (/^(?:---|\.\.\.)\s*$/.test(line)) {
      return i > 1 ? { lines: i + 1, properties } : { lines: 0, properties: {} }
    }
    const field = /^([\w-]{1,40}):(?:\s+(.*))?$/.exec(line)
    const name = field ? NAMES.get(field[1]!.toLowerCase()) : undefined
    if (name && field?.[2]) properties[name] = unquoted(field[2])
    // A rule with prose under it is no block of fields.
    else if (!field && !/^(?:\s|#|-|$)/.test(line)) break
  }
  return { lines: 0, properties: {} }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['title', 'title'],
  ['author', 'author'],
  ['date', 'created'],
])

function unquoted(value: string): string {
  const text = value.trim()
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text.slice(0, 1_000)
}

/** What a line is; `code` says that its signs mean nothing, `null` that it is plain. */
type Kind = Pick<Mark, 'kind' | 'level'> | 'code' | null

const ASIDE = { kind: 'aside', level: 0 } as const

function kindsOf(lines: readonly string[], fieldLines: number): Kind[] {
  const kinds: Kind[] = lines.map((_, i) => (i < fieldLines ? ASIDE : null))
  const ends = lastFences(lines)
  let fence: string | null = null
  let isTable = false
  /** Where the text of the open list's items begins, from the outside in. */
  let indents: number[] = []
  for (let i = fieldLines; i < lines.length; i++) {
    const line = lines[i]!
    const fenced: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      const isEnd = fenced?.startsWith(fence) && line.trim() === fenced
      kinds[i] = isEnd ? ASIDE : 'code'
      if (isEnd) fence = null
      continue
    }
    // A fence that never ends is none: it would swallow the report.
    if (fenced && ends[fenced[0]!]! > i) {
      fence = fenced
      kinds[i] = ASIDE
      continue
    }
    if (line.trim() === '') {
      isTable = false
      continue
    }
    if (isDelimiterRow(line) && i > 0 && lines[i - 1]!.includes('|') && !isTable) {
      kinds[i - 1] = { kind: 'row', level: 1 }
      kinds[i] = ASIDE
      isTable = true
      continue
    }
    if (isTable && line.includes('|')) {
      kinds[i] = { kind: 'row', level: 0 }
      continue
    }
    isTable = false
    const underline = levelOfUnderline(lines, kinds, i)
    if (underline > 0) {
      kinds[i - 1] = { kind: 'heading', level: underline }
      kinds[i] = ASIDE
      continue
    }
    const item = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)/.exec(line)
    const isRule = RULE.test(line)
    if (item && !isRule) {
      const indent = item[1]!.replaceAll('\t', '    ').length
      indents = [...indents.filter(outer => outer < indent), indent]
      kinds[i] = { kind: 'item', level: Math.min(9, indents.length) }
      continue
    }
    if (!/^\s/.test(line)) indents = []
    kinds[i] = isRule || /^\s*<!--.*-->\s*$/.test(line) ? ASIDE : kindOf(line)
  }
  return kinds
}

function kindOf(line: string): Kind {
  const heading = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line) ?? TIGHT_HEADING.exec(line)
  if (heading) return { kind: 'heading', level: heading[1]!.length }
  if (/^ {0,3}>/.test(line)) return { kind: 'quote', level: 0 }
  if (/^ {0,3}\[\^[^\]\s]{1,40}\]:/.test(line)) return { kind: 'note', level: 0 }
  return null
}

/** A heading whose space was left out, as before Han characters it often is; no `#topic#`. */
const TIGHT_HEADING = /^(#{1,6})(?=[(\uff08\u4e00-\u9fff])(?!.*[^\s#]#(?:\s|$))/

const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/

/** The last line that could end a fence of each sign. */
function lastFences(lines: readonly string[]): Readonly<Record<string, number>> {
  const last = (sign: string) =>
    lines.findLastIndex(line => line.trim().startsWith(sign.repeat(3)) && isFence(line))
  return { '`': last('`'), '~': last('~') }
}

function isFence(line: string): boolean {
  return /^\s*(?:`+|~+)\s*$/.test(line)
}

function isDelimiterRow(line: string): boolean {
  return line.includes('-') && line.includes('|') && /^[\s|:-]+$/.test(line)
}

const LONGEST_HEADING = 60

/** The level of a heading that is underlined on the next line, or 0: only if it stands alone. */
function levelOfUnderline(lines: readonly string[], kinds: readonly Kind[], at: number): 0 | 1 | 2 {
  const sign = /^ {0,3}(=|-)\1{2,}\s*$/.exec(lines[at]!)?.[1]
  const above = lines[at - 1] ?? ''
  if (!sign || above.trim() === '' || kinds[at - 1] !== null) return 0
  const isAlone = (lines[at - 2] ?? '').trim() === '' || kinds[at - 2] === ASIDE
  const isShort = above.trim().length <= LONGEST_HEADING && !/[\u3002.;\uff1b]\s*$/.test(above)
  if (!isAlone || !isShort) return 0
  return sign === '=' ? 1 : 2
}

/** Bold and emphasis within a line, without their signs. */
function inlineIn(line: string): Mark[] {
  if (!/[*_]/.test(line)) return []
  const marks: Mark[] = []
  for (const found of line.matchAll(STRONG)) {
    const start = found.index + 2
    marks.push({ start, end: start + found[2]!.length, kind: 'strong', level: 0 })
  }
  for (const found of line.matchAll(EMPHASIS)) {
    const start = found.index + 1
    marks.push({ start, end: start + found[2]!.length, kind: 'emphasis', level: 0 })
  }
  return marks.sort((a, b) => a.start - b.start || b.end - a.end)
}

const STRONG = /(\*\*|__)(?=\S)([^*_]{1,400})(?<=\S)\1/g

const EMPHASIS = /(?<![*_\\\w])([*_])(?=[^\s*_])([^*_]{1,400})(?<=\S)\1(?![*_\w])/g
