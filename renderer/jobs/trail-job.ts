import { filterOf } from '../../shared/analysis/report-filter'
import type { CoderId, Hash, ReportId } from '../../shared/domain/id'
import type { Project } from '../../shared/domain/project'
import { membersOf, type ReportSet } from '../../shared/domain/variable'
import {
  AUDIT_FILES,
  type AuditOptions,
  auditHead,
  auditJson,
  auditLines,
  auditManifest,
  type ToCodePoint,
} from '../../shared/formats/audit'
import {
  type Host,
  HostError,
  type PlaceToken,
  type SessionToken,
  type WrittenFile,
} from '../../shared/host'
import type { JournalEntry } from '../../shared/journal/history'
import { changesOf } from '../../shared/journal/rows'
import {
  createTrail,
  type FieldChange,
  type ToldChange,
  type Trail,
  type TrailCode,
  type TrailNames,
  type TrailRow,
  toldChange,
} from '../../shared/journal/trail'
import { type CodePointIndex, codePointIndex } from '../../shared/text/code-points'
import type { ProjectDb } from '../data/database'
import { readText } from '../data/texts'
import { tableWriter } from './export-job'

// The journal, read for a person. A reader stays: it tells all rows that there are, and then
// answers what it is asked, so that the page never unpacks an entry of thousands of rows.

/** Whose journal to read. */
export interface TrailWish {
  readonly kind: 'read'
  readonly session: SessionToken
  /** Entries that there are by now, as far as the page knows. */
  readonly total: number
}

/** What the page asks of a reader: to look for new entries, or to tell one in full. */
export type TrailAsk =
  | { readonly kind: 'look' }
  | { readonly kind: 'detail'; readonly seq: number }
  | { readonly kind: 'end' }

/** Someone who coded, be it once. */
export interface TrailCoder {
  readonly id: CoderId
  readonly name: string
}

/** What a reader tells the page. */
export type TrailNews =
  /** Rows that follow those told before, oldest first. */
  | { readonly kind: 'rows'; readonly rows: readonly TrailRow[]; readonly total: number }
  /** All rows that there are have been told. */
  | {
      readonly kind: 'ready'
      readonly codes: readonly TrailCode[]
      readonly coders: readonly TrailCoder[]
    }
  | ({ readonly kind: 'detail' } & TrailDetail)

/** An entry in full, as far as that can be looked at. */
export interface TrailDetail {
  readonly seq: number
  /** The first ones; see `total`. */
  readonly changes: readonly ToldChange[]
  readonly total: number
}

/** What a reader works with. */
export interface TrailParts {
  readonly host: Pick<Host, 'readJournal'>
  tell(news: TrailNews): void
  /** The next thing asked; waits until there is one. */
  next(): Promise<TrailAsk>
}

/** How many changes of an entry are told in full. */
export const DETAILS_SHOWN = 50

/** As many rows as the page takes in at once without a pause that anyone would feel. */
const ROWS_A_MESSAGE = 250

/** How many of the reports that came into a set or left it are named. */
const MEMBERS_SHOWN = 20

/** UTF-16 units of a field's value that are shown. */
const VALUE_SHOWN = 1000

/** Tells all rows of a journal, then answers until asked to end. */
export async function readTrail(wish: TrailWish, { host, tell, next }: TrailParts): Promise<void> {
  const trail = createTrail()
  let seq = 0
  const look = async () => {
    for (;;) {
      const entries = await host.readJournal(wish.session, seq + 1)
      if (entries.length === 0) break
      const rows = entries.map(entry => trail.add(entry))
      seq = entries.at(-1)!.seq
      for (let at = 0; at < rows.length; at += ROWS_A_MESSAGE) {
        const total = Math.max(seq, wish.total)
        tell({ kind: 'rows', rows: rows.slice(at, at + ROWS_A_MESSAGE), total })
      }
    }
    const coders = [...trail.names.coders].map(([id, name]) => ({ id, name }))
    tell({ kind: 'ready', codes: trail.codes(), coders })
  }
  await look()
  for (;;) {
    const ask = await next()
    switch (ask.kind) {
      case 'look':
        await look()
        break
      case 'detail': {
        const [entry] = await host.readJournal(wish.session, ask.seq)
        if (entry) tell({ kind: 'detail', ...detailOf(entry, trail) })
        break
      }
      case 'end':
        return
    }
  }
}

/** What an audit trail is written from, and where to. */
export interface AuditWish extends AuditOptions {
  readonly kind: 'audit'
  readonly session: SessionToken
  readonly project: Pick<Project, 'id' | 'name'>
  /** The working copy to read texts from, by its name. */
  readonly database: string
  readonly place: PlaceToken
  readonly folderName: string
  /** The entries wanted, by `seq`, ascending; `null` for all. */
  readonly seqs: Uint32Array | null
  /** Entries that there are by now, as far as the page knows. */
  readonly total: number
}

/** Entries read so far. */
export interface AuditProgress {
  readonly done: number
  readonly total: number
}

/** How writing an audit trail ended. One that was cancelled has left nothing. */
export type AuditOutcome =
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'written'
      /** The new folder's full path, for reading only. */
      readonly folder: string
      readonly files: readonly WrittenFile[]
      readonly entries: number
      readonly changes: number
    }

/** What writing an audit trail works with. */
export interface AuditParts {
  readonly db: ProjectDb
  readonly host: Host
  progress(progress: AuditProgress): void
  isCancelled(): boolean
}

/** Writes a project's audit trail into a new folder, whole or not at all. */
export async function exportAudit(wish: AuditWish, parts: AuditParts): Promise<AuditOutcome> {
  const { host, isCancelled, progress } = parts
  const { version } = await host.about()
  const { sink } = await host.openSink(wish.place, wish.folderName)
  const giveUp = async (): Promise<AuditOutcome> => {
    await host.abortSink(sink)
    return { kind: 'cancelled' }
  }
  try {
    const table = tableWriter(host, sink, AUDIT_FILES.table)
    const entriesFile = tableWriter(host, sink, AUDIT_FILES.entries)
    const places = placesIn(wish.session, parts)
    const wanted = wish.seqs && new Set(wish.seqs)
    const trail = createTrail()
    let [seq, written, changes] = [0, 0, 0]
    await table.add(auditHead())
    for (;;) {
      if (isCancelled()) return await giveUp()
      const entries = await host.readJournal(wish.session, seq + 1)
      if (entries.length === 0) break
      for (const entry of entries) {
        trail.add(entry)
        seq = entry.seq
        places.learn(entry)
        if (wanted && !wanted.has(seq)) continue
        if (isCancelled()) return await giveUp()
        await places.prepare(entry)
        const { toCodePoint } = places
        await table.add(auditLines(entry, trail.names, { ...wish, toCodePoint }))
        await entriesFile.add(auditJson(entry, toCodePoint))
        written++
        changes += changesOf(entry).length
      }
      progress({ done: seq, total: Math.max(seq, wish.total) })
    }
    const tables = [await table.end(), await entriesFile.end()]
    const manifest = tableWriter(host, sink, AUDIT_FILES.manifest)
    await manifest.add(
      auditManifest({
        programVersion: version,
        project: wish.project,
        lastSeq: seq,
        lastHash: await host.hashOfEntry(wish.session, seq),
        isFiltered: wish.seqs !== null,
        protectForSpreadsheets: wish.protectForSpreadsheets,
        entries: written,
        changes,
        tables,
      }),
    )
    tables.push(await manifest.end())
    if (isCancelled()) return await giveUp()
    const { folder, files } = await host.closeSink(sink)
    for (const { name, sha256 } of tables) {
      const file = files.find(each => each.name === name)
      if (file?.sha256 !== sha256) throw new HostError('disk-error', { file: name })
    }
    return { kind: 'written', folder, files, entries: written, changes }
  } catch (error) {
    // The first failure is the one to tell of; the host discards what is unfinished anyway.
    await host.abortSink(sink).catch(() => {})
    throw error
  }
}

function detailOf(entry: JournalEntry, { names }: Trail): TrailDetail {
  const all = changesOf(entry)
  const changes = all.slice(0, DETAILS_SHOWN).map(change => {
    const told = toldChange(change, names)
    const fields = told.fields.map(each => {
      const { field, before, after } =
        change.table === 'sets' && each.field === 'members' ? movedIn(change, names) : each
      // A rule is read as a whole or not at all.
      if (field === 'rule' && isFilter(before) && isFilter(after)) return { field, before, after }
      return { field, before: shortened(before), after: shortened(after) }
    })
    return { ...told, name: cut(told.name), fields }
  })
  return { seq: entry.seq, changes, total: all.length }
}

/** Of a set by hand the reports that left it and those that came, by their titles, one a line. */
function movedIn(
  { before, after }: { before: ReportSet | null; after: ReportSet | null },
  { reports }: TrailNames,
): FieldChange {
  const [old, now] = [before ? membersOf(before) : [], after ? membersOf(after) : []]
  const titles = (ids: readonly ReportId[], others: readonly ReportId[]) => {
    const known = new Set(others)
    const moved = ids.filter(id => !known.has(id))
    const told = moved.slice(0, MEMBERS_SHOWN).map(id => reports.get(id) ?? id)
    if (moved.length > told.length) told.push(`… +${moved.length - told.length}`)
    return told.length === 0 ? null : told.join('\n')
  }
  return { field: 'members', before: titles(old, now), after: titles(now, old) }
}

/** Whether a rule, if there is one, is a filter. */
function isFilter(rule: string | boolean | null): boolean {
  return rule === null || filterOf(String(rule)) !== null
}

function shortened<T extends string | boolean | null>(value: T): T | string {
  return typeof value === 'string' ? cut(value) : value
}

function cut(text: string): string {
  if (text.length <= VALUE_SHOWN) return text
  return `${text.slice(0, VALUE_SHOWN).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Counts code points in the texts of reports, each of which is read once. */
function placesIn(session: SessionToken, { db, host }: Pick<AuditParts, 'db' | 'host'>) {
  const texts = { db, host, session }
  const hashes = new Map<ReportId, Hash>()
  const indexes = new Map<ReportId, CodePointIndex | null>()
  const toCodePoint: ToCodePoint = (reportId, offset) =>
    indexes.get(reportId)?.toCodePoint(offset) ?? null
  return {
    toCodePoint,
    /** Takes in which text a report has. A text never changes, so it is known for good. */
    learn(entry: JournalEntry): void {
      for (const { table, after } of changesOf(entry)) {
        if (table === 'reports' && after) hashes.set(after.id, after.textHash)
      }
    },
    /** Reads the texts that an entry's passages, evidence and corrections stand in. */
    async prepare(entry: JournalEntry): Promise<void> {
      for (const { table, before, after } of changesOf(entry)) {
        if (table !== 'annotations' && table !== 'values' && table !== 'corrections') continue
        for (const row of [before, after]) {
          if (!row || row.start === null || indexes.has(row.reportId)) continue
          const hash = hashes.get(row.reportId)
          const text = hash === undefined ? null : await readText(texts, hash)
          indexes.set(row.reportId, text === null ? null : codePointIndex(text))
        }
      }
    },
  }
}
