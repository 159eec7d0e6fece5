import { codePath } from '../domain/code'
import type { ReportId } from '../domain/id'
import type { Project } from '../domain/project'
import type { Change } from '../journal/edit'
import type { JournalEntry } from '../journal/history'
import { changesOf } from '../journal/rows'
import { type TrailNames, toldChange } from '../journal/trail'
import { CSV_BOM, csvLine, guardedCell } from './csv'
import type { WrittenTable } from './dataset'

// The journal for people who want to check a study: a table with one line a change, the whole
// entries as JSON lines, and a manifest that explains both and says how to hold them against
// the project's folder. Offsets are code points here, as in every export, and are named so.

/** The files of an audit trail, in the order in which they are listed. */
export const AUDIT_FILES = {
  table: 'audit.csv',
  entries: 'audit.jsonl',
  manifest: 'manifest.json',
} as const

/** Counts the code points before an offset of a report's text; `null` where there is no text. */
export type ToCodePoint = (reportId: ReportId, offset: number) => number | null

/** What a researcher may choose. */
export interface AuditOptions {
  /** Whether cells that a spreadsheet could take for formulas get an apostrophe before them. */
  readonly protectForSpreadsheets: boolean
}

/** What the manifest says of an audit trail. */
export interface AuditFacts extends AuditOptions {
  readonly programVersion: string
  readonly project: Pick<Project, 'id' | 'name'>
  /** Entries of the journal until then, and the hash by which it chains the last of them. */
  readonly lastSeq: number
  readonly lastHash: string
  /** Whether only some of the entries were asked for. */
  readonly isFiltered: boolean
  readonly entries: number
  readonly changes: number
  readonly tables: readonly WrittenTable[]
}

interface Column {
  readonly name: string
  readonly en: string
  readonly zh: string
}

/** The columns of the table, and what each means. */
export const AUDIT_COLUMNS: readonly Column[] = [
  column('seq', 'number of the entry in the journal, from 1', '日志条目的序号，从 1 起'),
  column(
    'time',
    'when, ISO 8601, UTC, by the clock of the writer',
    '时间，ISO 8601，UTC，按记录者的时钟',
  ),
  column('coder_id', 'identity of the coder', '编码员标识'),
  column('coder', 'name of the coder', '编码员姓名'),
  column(
    'kind',
    'do, undo, redo or import',
    '条目种类：do 执行、undo 撤销、redo 重做、import 导入',
  ),
  column('of', 'for undo and redo: seq of the entry meant', '撤销或重做的是哪一条（seq）'),
  column('action', 'what was done', '操作'),
  column('about', 'what it was done to, as the program showed it', '操作对象，如程序中所示'),
  column('table', 'kind of the changed row', '所改行的种类'),
  column('id', 'identity of the changed row', '所改行的标识'),
  column('change', 'added, changed or removed', 'added 新增、changed 修改、removed 移除'),
  column(
    'report_id',
    'identity of the report of an annotation, or of the report itself',
    '报告标识',
  ),
  column('report', 'title of that report at that moment', '当时的报告标题'),
  column('code_id', 'identity of the code of an annotation, or of the code itself', '编码标识'),
  column(
    'code_path',
    'names of the code and of those above it at that moment, from the top, joined by " / "',
    '当时编码及其上级编码的名称，自上而下，以“ / ”连接',
  ),
  column(
    'start',
    'first code point of the passage in the text of the report, from 0; empty where the text is lost',
    '片段在报告文本中的起点，按 Unicode 码位计，从 0 起；文本缺失时为空',
  ),
  column('end', 'code point after the last; empty like start', '片段终点（不含），按码位计'),
  column('quote', 'the passage', '片段原文'),
  column(
    'fields',
    'fields that came, went or changed, as: name: before → after; values in JSON notation',
    '新增、移除或改变的字段：名称: 之前 → 之后，值用 JSON 写法',
  ),
  column('memo', 'the note on an annotation, as it became', '编码备注（改后的内容）'),
]

/** The table's first line, with the byte order mark. */
export function auditHead(): string {
  return CSV_BOM + csvLine(AUDIT_COLUMNS.map(({ name }) => name))
}

/** The lines of one entry: one a change. `names` are those of just after the entry. */
export function auditLines(
  entry: JournalEntry,
  names: TrailNames,
  { toCodePoint, protectForSpreadsheets }: { toCodePoint: ToCodePoint } & AuditOptions,
): string {
  const cell = (text: string) => (protectForSpreadsheets ? guardedCell(text) : text)
  const isImport = entry.kind === 'import'
  const head = [
    entry.seq,
    isoOf(entry.at),
    entry.coderId,
    cell(names.coders.get(entry.coderId) ?? ''),
    entry.kind,
    isImport ? '' : (entry.of ?? ''),
    isImport ? 'import' : entry.label,
    isImport ? '' : cell(entry.about),
  ]
  let lines = ''
  for (const change of changesOf(entry)) {
    const { table, id, mark, fields } = toldChange(change, names)
    const annotation = change.table === 'annotations' ? (change.after ?? change.before) : null
    const placed = annotation ?? placedIn(change)
    const reportId = placed?.reportId ?? (change.table === 'reports' ? change.id : null)
    const codeId = annotation?.codeId ?? (change.table === 'codes' ? change.id : null)
    const told = fields
      .filter(({ field }) =>
        annotation ? mark === 'changed' || !OWN.has(field) : !placed || !PLACE.has(field),
      )
      .map(({ field, before, after }) => `${field}: ${json(before)} → ${json(after)}`)
    lines += csvLine([
      ...head,
      table,
      id,
      mark,
      reportId ?? '',
      cell(reportId === null ? '' : (names.reports.get(reportId) ?? '')),
      codeId ?? '',
      cell(codeId === null ? '' : codePath(names.codes, codeId)),
      ...(placed ? placeOf(placed, toCodePoint) : ['', '']),
      cell(annotation?.quote ?? ''),
      cell(told.join('; ')),
      cell(annotation?.memo ?? ''),
    ])
  }
  return lines
}

/**
 * An entry whole, as one line of JSON. Rows are as the journal has them, but for offsets: in
 * place of `start` and `end` stand `start_cp` and `end_cp` in code points, `null` where the
 * text is lost, and a report's `length` in UTF-16 units is `length_utf16`.
 */
export function auditJson(entry: JournalEntry, toCodePoint: ToCodePoint): string {
  const { seq, at, coderId, kind } = entry
  const head = { seq, at: isoOf(at), coderId, kind }
  const rows =
    entry.kind === 'import'
      ? {
          batch: entry.batch,
          reports: entry.reports.map(row => outer({ table: 'reports', row }, toCodePoint)),
          variables: entry.variables,
          values: entry.values.map(row => outer({ table: 'values', row }, toCodePoint)),
        }
      : {
          of: entry.of,
          label: entry.label,
          about: entry.about,
          changes: entry.changes.map(change => ({
            table: change.table,
            id: change.id,
            before: side(change, change.before, toCodePoint),
            after: side(change, change.after, toCodePoint),
          })),
        }
  return `${JSON.stringify({ ...head, ...rows })}\n`
}

/** What the files are, in both languages, and how to check them against the project's folder. */
export function auditManifest(facts: AuditFacts): string {
  const { programVersion, project, lastSeq, lastHash, isFiltered, protectForSpreadsheets } = facts
  const value = {
    format: 'codicil-audit',
    format_version: 2,
    program: { name: 'Codicil', version: programVersion },
    project: { id: project.id, name: project.name },
    entries: facts.entries,
    changes: facts.changes,
    filtered: isFiltered,
    protect_for_spreadsheets: protectForSpreadsheets,
    encoding: 'UTF-8; audit.csv: byte order mark, CRLF, RFC 4180; audit.jsonl: LF',
    offsets:
      'start and end, start_cp and end_cp count Unicode code points from 0; the end is exclusive; line breaks of the text are LF',
    journal: {
      last_seq: lastSeq,
      last_hash: lastHash,
      how_to_check: {
        en: 'The project folder holds the journal itself: journal/*.log. Each record there names the SHA-256 of the whole record before it (16 bytes of header and the payload), so nothing can be altered, left out or put in between without every later hash being another. Read the records as electron/host/FORMAT.md describes, with the program in Python printed there; the SHA-256 of the record whose seq is last_seq must be last_hash. Whoever keeps this hash elsewhere can later show that the trail until then is unchanged.',
        zh: '项目文件夹中的 journal/*.log 就是日志本身。每条记录都写有前一整条记录（16 字节头部加内容）的 SHA-256，因此任何改动、删除或插入都会使其后所有的哈希值改变。请按 electron/host/FORMAT.md（其中附有 Python 程序）读取各条记录：seq 等于 last_seq 的那条记录，其 SHA-256 必须等于 last_hash。将此哈希值另行保存，日后即可证明截至该条的记录未被改动。',
      },
    },
    columns: AUDIT_COLUMNS.map(({ name, en, zh }) => ({ name, meaning: { en, zh } })),
    jsonl: {
      en: 'One entry a line: seq, at, coderId, kind; for edits of, label, about and changes with each row before and after (null: no such row); for imports batch, reports, variables and values. Rows as in FORMAT.md, with start_cp and end_cp in place of start and end, and length_utf16 in place of length.',
      zh: '每行一个条目：seq、at、coderId、kind；编辑另有 of、label、about 和 changes（每行改前 before、改后 after，null 表示没有该行）；导入另有 batch、reports、variables 和 values。各行字段见 FORMAT.md，其中以 start_cp、end_cp 代替 start、end，以 length_utf16 代替 length。',
    },
    files: facts.tables.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Fields of an annotation that have columns of their own. */
const OWN = new Set(['reportId', 'codeId', 'coderId', 'start', 'end', 'quote', 'memo'])

function column(name: string, en: string, zh: string): Column {
  return { name, en, zh }
}

/** Fields of a value or correction that have columns of their own. */
const PLACE = new Set(['reportId', 'start', 'end'])

/** A row that stands at a place of a report's text. */
interface Placed {
  readonly reportId: ReportId
  /** UTF-16 units; `null` for a value that has no evidence. */
  readonly start: number | null
  readonly end: number | null
}

function placedIn(change: Change): Placed | null {
  if (change.table !== 'values' && change.table !== 'corrections') return null
  return change.after ?? change.before
}

function placeOf(
  { reportId, start, end }: Placed,
  toCodePoint: ToCodePoint,
): [string | number, string | number] {
  const told = (offset: number | null) =>
    (offset === null ? null : toCodePoint(reportId, offset)) ?? ''
  return [told(start), told(end)]
}

function side(change: Change, row: object | null, toCodePoint: ToCodePoint): object | null {
  return row && outer({ table: change.table, row }, toCodePoint)
}

/** A row as it leaves the program: with offsets in code points. */
function outer({ table, row }: { table: string; row: object }, toCodePoint: ToCodePoint): object {
  if (table === 'annotations' || table === 'values' || table === 'corrections') {
    const { start, end, ...rest } = row as Placed
    const told = (offset: number | null) =>
      offset === null ? null : toCodePoint(rest.reportId, offset)
    return { ...rest, start_cp: told(start), end_cp: told(end) }
  }
  if (table === 'reports' && 'length' in row) {
    const { length, ...rest } = row
    return { ...rest, length_utf16: length }
  }
  return row
}

function json(value: string | boolean | null): string {
  return JSON.stringify(value)
}

/** A moment as `2024-05-06T07:08:09.123Z`; empty for one that no calendar has. */
function isoOf(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
