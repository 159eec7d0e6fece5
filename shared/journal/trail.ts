import type { Annotation } from '../domain/annotation'
import { type Code, codePath } from '../domain/code'
import type { AnnotationId, CodeId, CoderId, ReportId, VariableId } from '../domain/id'
import type { CorrectionKind } from '../domain/structure'
import type { Value } from '../domain/variable'
import { type Change, type EditLabel, invert, type TableName } from './edit'
import type { JournalEntry } from './history'
import { changesOf } from './rows'

// The journal as a person reads it: an entry becomes one light row that says who did what to
// what, with the names that things had just then. Names are folded along, and those of what
// was deleted are kept, so that the past can still be told. Rows hold no sentences: those
// belong to a language.

/** What an entry is called: an edit's label, or an import. */
export type TrailAction = EditLabel | 'import'

/** How many rows of each table an entry changed. */
export type TrailCounts = Readonly<Record<TableName, number>>

/** A passage that an entry was about, and which annotation was there. */
export interface TrailPlace {
  readonly reportId: ReportId
  readonly start: number
  readonly end: number
  readonly id: AnnotationId
}

/** A value that an entry was about; `null` where there was none. */
export interface TrailValue {
  /** An own variable's name, or the key of one that every project has. */
  readonly variable: string
  /** Texts as far as they fit a line. */
  readonly before: Value['value'] | null
  readonly after: Value['value'] | null
}

/** A correction of structure that an entry was about. */
export interface TrailCorrection {
  readonly kind: CorrectionKind
  /** Of a `heading`; else 0. */
  readonly level: number
}

/** One entry of the journal, light enough to list a hundred thousand. */
export interface TrailRow {
  readonly seq: number
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly coderId: CoderId
  readonly coder: string
  readonly kind: JournalEntry['kind']
  readonly action: TrailAction
  /** As the entry itself says it. */
  readonly about: string
  readonly counts: TrailCounts
  /** What the first code or report that it renamed was called before; else empty. */
  readonly was: string
  /** The beginning of the first passage; empty without one. */
  readonly quote: string
  /** The report that the first passage stands in, else the first that it changed anything of. */
  readonly report: string
  readonly code: string
  /** The code that annotations passed to, where they did; else empty. */
  readonly heir: string
  /** Every code that it touched, or that an annotation it touched had. */
  readonly codes: readonly CodeId[]
  readonly place: TrailPlace | null
  /** The first code and report that it changed the rows of; `null` for none. */
  readonly codeId: CodeId | null
  readonly reportId: ReportId | null
  /** The first value of a variable that it set or removed; `null` for none. */
  readonly value: TrailValue | null
  /** The first correction of structure that it made or removed; `null` for none. */
  readonly correction: TrailCorrection | null
  /** What a search looks through, in lower case. */
  readonly text: string
}

/** A code that exists, or once did. */
export interface TrailCode {
  readonly id: CodeId
  readonly parentId: CodeId | null
  readonly path: string
  readonly isGone: boolean
}

/** A field of a row, and what it said before and after; `null` where there was no row. */
export interface FieldChange {
  readonly field: string
  readonly before: string | boolean | null
  readonly after: string | boolean | null
}

/** One change of an entry, told with names instead of ids. */
export interface ToldChange {
  readonly table: TableName
  readonly id: string
  readonly mark: 'added' | 'removed' | 'changed'
  /** What a researcher knows the row by: a quote, a name, a title. */
  readonly name: string
  /** The report that an annotation, a value or a correction is in; else empty. */
  readonly report: string
  /** The fields that differ; for a row that came or went, those that say something. */
  readonly fields: readonly FieldChange[]
}

/** What is known of a project's names, present and past. */
export interface TrailNames {
  readonly codes: ReadonlyMap<CodeId, Code>
  readonly goneCodes: ReadonlySet<CodeId>
  readonly reports: ReadonlyMap<ReportId, string>
  readonly coders: ReadonlyMap<CoderId, string>
  /** Own variables; those that every project has are known by their keys. */
  readonly variables: ReadonlyMap<VariableId, string>
}

/** Reads a journal entry by entry. */
export interface Trail {
  readonly names: TrailNames
  /** The row of the next entry. */
  add(entry: JournalEntry): TrailRow
  /** All codes that ever were, by path. */
  codes(): TrailCode[]
}

/** Begins at the first entry of a journal. */
export function createTrail(): Trail {
  const codes = new Map<CodeId, Code>()
  const goneCodes = new Set<CodeId>()
  const reports = new Map<ReportId, string>()
  const coders = new Map<CoderId, string>()
  const variables = new Map<VariableId, string>()
  const names: TrailNames = { codes, goneCodes, reports, coders, variables }

  return {
    names,
    add(entry) {
      const changes = changesOf(entry)
      for (const change of changes) learn(change)
      const row = rowOf(entry, changes, names)
      for (const { table, id, before, after } of changes) {
        if (table !== 'codes') continue
        if (after) goneCodes.delete(id)
        else if (before) goneCodes.add(id)
      }
      return row
    },
    codes: () =>
      [...codes.values()]
        .map(({ id, parentId }) => ({
          id,
          parentId,
          path: codePath(codes, id),
          isGone: goneCodes.has(id),
        }))
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  }

  /** Takes in the names of what came, and keeps those of what went. */
  function learn(change: Change): void {
    switch (change.table) {
      case 'codes': {
        const code = change.after ?? change.before
        if (code) codes.set(change.id, code)
        return
      }
      case 'reports': {
        const report = change.after ?? change.before
        if (report) reports.set(change.id, report.title)
        return
      }
      case 'coders': {
        const coder = change.after ?? change.before
        if (coder) coders.set(change.id, coder.name)
        return
      }
      case 'variables': {
        const variable = change.after ?? change.before
        if (variable) variables.set(change.id, variable.name)
        return
      }
      case 'annotations':
      case 'batches':
      case 'values':
      case 'corrections':
      case 'sets':
    }
  }
}

/** Tells a change: what came, what went, and which fields differ. */
export function toldChange(change: Change, names: TrailNames): ToldChange {
  const { table, id, before, after } = change
  const mark = !before ? 'added' : after ? 'changed' : 'removed'
  const fields: FieldChange[] = []
  for (const field of Object.keys({ ...before, ...after })) {
    if (field === 'id') continue
    const old = toldValue(before, field, names)
    const now = toldValue(after, field, names)
    if (mark === 'changed' ? old === now : (old ?? now ?? '') === '') continue
    fields.push({ field, before: old, after: now })
  }
  const reportId = reportIdOf(change)
  const report = reportId === null ? '' : (names.reports.get(reportId) ?? '')
  return { table, id, mark, name: nameOf(change), report, fields }
}

/** UTF-16 units of a quote or memo that a row keeps. */
const SHOWN = 80
/** How many changes of an entry a search looks through. */
const SEARCHED = 20

function rowOf(entry: JournalEntry, changes: readonly Change[], names: TrailNames): TrailRow {
  const { seq, at, coderId, kind } = entry
  // An undo is told as what it took back.
  const told = kind === 'undo' ? invert(changes) : changes
  const counts: Record<TableName, number> = {
    annotations: 0,
    codes: 0,
    coders: 0,
    reports: 0,
    batches: 0,
    variables: 0,
    values: 0,
    corrections: 0,
    sets: 0,
  }
  const codes = new Set<CodeId>()
  const words = new Set<string>()
  let annotation: { before: Annotation | null; after: Annotation | null } | null = null
  let codeId: CodeId | null = null
  let reportId: ReportId | null = null
  let was = ''
  let heir: CodeId | null = null
  let value: TrailValue | null = null
  let correction: TrailCorrection | null = null
  for (const [i, change] of told.entries()) {
    counts[change.table]++
    switch (change.table) {
      case 'annotations':
        annotation ??= change
        if (change.before) codes.add(change.before.codeId)
        if (change.after) codes.add(change.after.codeId)
        if (change.before && change.after && change.before.codeId !== change.after.codeId) {
          heir ??= change.after.codeId
        }
        break
      case 'codes':
        codeId ??= change.id
        codes.add(change.id)
        was ||= renamedFrom(change.before?.name, change.after?.name)
        break
      case 'reports':
        reportId ??= change.id
        was ||= renamedFrom(change.before?.title, change.after?.title)
        break
      case 'values': {
        const row = change.after ?? change.before
        if (!row) break
        value ??= toldValueOf(change, names)
        reportId ??= row.reportId
        break
      }
      case 'corrections': {
        const row = change.after ?? change.before
        if (!row) break
        correction ??= { kind: row.kind, level: row.level }
        reportId ??= row.reportId
        break
      }
      case 'variables':
      case 'sets':
        was ||= renamedFrom(change.before?.name, change.after?.name)
        break
      case 'coders':
      case 'batches':
    }
    if (i < SEARCHED) addWords(words, change, names)
  }
  const about = entry.kind === 'import' ? '' : entry.about
  const first = annotation?.after ?? annotation?.before ?? null
  const coder = names.coders.get(coderId) ?? ''
  return {
    seq,
    at,
    coderId,
    coder,
    kind,
    action: entry.kind === 'import' ? 'import' : entry.label,
    about,
    counts,
    was,
    quote: first ? beginningOf(first.quote) : '',
    report: names.reports.get((first?.reportId ?? reportId) as ReportId) ?? '',
    code: first ? codePath(names.codes, first.codeId) : '',
    heir: heir === null ? '' : codePath(names.codes, heir),
    codes: [...codes],
    place: first && { reportId: first.reportId, start: first.start, end: first.end, id: first.id },
    codeId,
    reportId,
    value,
    correction,
    text: [about, coder, was, ...words].join('\n').toLowerCase(),
  }
}

function toldValueOf(
  { before, after }: { before: Value | null; after: Value | null },
  names: TrailNames,
): TrailValue {
  const key = (after ?? before)?.variable ?? ''
  return {
    variable: names.variables.get(key as VariableId) ?? key,
    before: before && shownValue(before),
    after: after && shownValue(after),
  }
}

function shownValue({ value }: Value): Value['value'] {
  return typeof value === 'string' ? beginningOf(value) : value
}

function renamedFrom(before: string | undefined, after: string | undefined): string {
  return before !== undefined && after !== undefined && before !== after ? before : ''
}

function addWords(words: Set<string>, change: Change, names: TrailNames): void {
  words.add(beginningOf(nameOf(change)))
  const reportId = reportIdOf(change)
  if (reportId !== null) words.add(names.reports.get(reportId) ?? '')
  if (change.table !== 'annotations') return
  for (const row of [change.before, change.after]) {
    if (!row) continue
    words.add(beginningOf(row.memo))
    words.add(codePath(names.codes, row.codeId))
  }
}

function nameOf(change: Change): string {
  switch (change.table) {
    case 'annotations':
      return (change.after ?? change.before)?.quote ?? ''
    case 'reports':
      return (change.after ?? change.before)?.title ?? ''
    case 'codes':
    case 'coders':
    case 'variables':
    case 'sets':
      return (change.after ?? change.before)?.name ?? ''
    case 'values':
      return String((change.after ?? change.before)?.value ?? '')
    case 'batches':
    case 'corrections':
      return ''
  }
}

/** The report that the row of a change belongs to; `null` for one that belongs to none. */
function reportIdOf(change: Change): ReportId | null {
  switch (change.table) {
    case 'annotations':
    case 'values':
    case 'corrections':
      return (change.after ?? change.before)?.reportId ?? null
    default:
      return null
  }
}

/** A field as a person reads it: names for ids. `null` where there is no row. */
function toldValue(row: object | null, field: string, names: TrailNames): string | boolean | null {
  if (!row) return null
  const value = (row as Readonly<Record<string, unknown>>)[field]
  if (value === null || value === undefined) return ''
  switch (field) {
    case 'codeId':
    case 'parentId':
      return codePath(names.codes, value as CodeId) || String(value)
    case 'coderId':
      return names.coders.get(value as CoderId) ?? String(value)
    case 'variable':
      return names.variables.get(value as VariableId) ?? String(value)
    case 'reportId':
      return names.reports.get(value as ReportId) ?? String(value)
    default:
      return typeof value === 'boolean' ? value : String(value)
  }
}

/** The beginning of a text, on one line and without half a character at its end. */
function beginningOf(text: string): string {
  const line = text.slice(0, SHOWN).replace(/\s+/g, ' ')
  return text.length <= SHOWN ? line : `${line.replace(/[\ud800-\udbff]$/, '')}…`
}
