import 'fake-indexeddb/auto'
import { type Append, applyEntry, metaOf } from '../../renderer/data/commit'
import { databaseName, ProjectDb } from '../../renderer/data/database'
import { projectReader } from '../../renderer/data/reader'
import { countTallies } from '../../renderer/data/rebuild'
import { createRunner } from '../../renderer/workspace/run'
import { addCode } from '../../shared/commands/codebook'
import type { Actor, Command } from '../../shared/commands/command'
import { joinAsCoder } from '../../shared/commands/library'
import type { Passage } from '../../shared/domain/annotation'
import type { BatchId, CodeId, CoderId, Hash, ProjectId, ReportId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { Host, OpenedProject, SessionToken } from '../../shared/host'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { sumOf } from '../../shared/journal/row-sum'
import { allIn } from '../../shared/journal/rows'
import { codesOf, emptyState, fold, type ProjectState } from '../../shared/journal/state'

let made = 0

/** The text of every report that {@link freshProject} brings in. */
export const TEXT = 'Wind investment fell, and grid costs rose. Solar held its own.'

/** The passage `[start, end)` of a report, quoted from {@link TEXT}. */
export function passageOf(reportId: ReportId, start: number, end: number): Passage {
  return { reportId, start, end, quote: TEXT.slice(start, end) }
}

/**
 * A project with its journal in memory: a coder, three reports of one import, and codes `a`,
 * `b` and `c` at the top. The clock counts edits and the ids count up.
 */
export async function freshProject({ codeNames = ['a', 'b', 'c'] } = {}) {
  const id = `test-${++made}`
  const journal: JournalEntry[] = []
  const append: Append = async entry => {
    const seq = journal.length + 1
    // Over the wire and back, as a host would keep it.
    journal.push(structuredClone({ ...entry, seq }) as JournalEntry)
    return { seq }
  }
  let ids = 0
  let clock = 0
  const actor: Actor = {
    coderId: 'me' as CoderId,
    now: () => ++clock,
    newId: () => `n${String(++ids).padStart(6, '0')}`,
  }
  const db = new ProjectDb(databaseName(id as ProjectId))
  const runnerOn = (copy: ProjectDb, by: Actor = actor) =>
    createRunner({ db: copy, actor: by, append, reconnect: async () => null, onState: () => {} })
  const runner = runnerOn(db)

  await runner.run(joinAsCoder('Me'))
  const reports = ['r1', 'r2', 'r3'].map(reportNamed)
  const incoming = { batch: BATCH, reports, variables: [], values: [] }
  const entry: NewEntry = { kind: 'import', ...incoming, at: 0, coderId: actor.coderId }
  await applyEntry(db, { ...entry, ...(await append(entry)) })
  for (const name of codeNames) {
    await runner.run(addCode({ name, color: '#336699', parentId: null }))
  }
  const reader = projectReader(db)
  const codes = (await reader.codes()).map(code => code.id)

  return {
    db,
    journal,
    append,
    actor,
    reader,
    runnerOn,
    ...runner,
    /** The reports of its one import. */
    reports: [reportNamed('r1'), reportNamed('r2'), reportNamed('r3')],
    /** The ids of the first codes, in order. */
    codes: codes as [CodeId, CodeId, CodeId],
    /** What a command would change, without changing it. */
    plan: (command: Command) => command(reader, actor),
    /** Everything that researchers would miss, as the working copy has it. */
    rows: () => rowsOf(db),
    /** The same, folded from the journal. */
    folded: () => rowsOfState(foldAll(journal)),
    /** A host that has nothing but this journal and texts. */
    host: () => hostOver(journal),
    opened: (wasSettled: boolean) => openedAs(id, journal.length, wasSettled),
  }
}

export type FreshProject = Awaited<ReturnType<typeof freshProject>>

export const BATCH = {
  id: 'batch' as BatchId,
  at: 0,
  imported: 3,
  known: 0,
  refused: 0,
  cancelled: false,
}

/** A report of the import that every fresh project has. */
export function reportNamed(name: string): Report {
  return {
    id: name as ReportId,
    batchId: BATCH.id,
    title: name,
    fileName: `${name}.txt`,
    path: '',
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    encoding: 'utf-8',
    textHash: `text-${name}` as Hash,
    originalHash: `original-${name}` as Hash,
    markupHash: null,
    length: TEXT.length,
    chars: TEXT.length,
    hanChars: 0,
    textVersion: 1,
    addedAt: 0,
  }
}

/** All rows of a working copy, in an order of their own, with tallies and numbers of rows. */
export async function rowsOf(db: ProjectDb) {
  const packs = await db.annotations.toArray()
  const { seq: _, key: __, history, sum, ...counts } = await metaOf(db)
  return {
    annotations: byId(packs.flatMap(({ items }) => [...items])),
    codes: byId(await db.codes.toArray()),
    coders: byId(await db.coders.toArray()),
    reports: byId(await db.reports.toArray()),
    batches: byId(await db.batches.toArray()),
    variables: byId(await db.variables.toArray()),
    values: byId((await db.values.toArray()).flatMap(({ items }) => [...items])),
    corrections: byId((await db.corrections.toArray()).flatMap(({ items }) => [...items])),
    sets: byId(await db.sets.toArray()),
    tallies: byId(await db.tallies.toArray()),
    undoable: (await db.undoable.toArray()).map(({ seq }) => seq).sort((a, b) => a - b),
    history,
    counts,
    sum,
  }
}

/** What {@link rowsOf} would answer for a working copy of this state, counted from scratch. */
export function rowsOfState(state: ProjectState) {
  const packsIn = <R>(table: ReadonlyMap<ReportId, ReadonlyMap<string, R>>) =>
    [...table.values()].filter(items => items.size > 0)
  const packs = packsIn(state.annotations)
  return {
    annotations: byId(packs.flatMap(items => [...items.values()])),
    codes: byId(codesOf(state)),
    coders: byId([...state.coders.values()]),
    reports: byId([...state.reports.values()]),
    batches: byId([...state.batches.values()]),
    variables: byId([...state.variables.values()]),
    values: byId([...allIn(state.values)]),
    corrections: byId([...allIn(state.corrections)]),
    sets: byId([...state.sets.values()]),
    tallies: byId(countTallies(packs.map(items => items.values()))),
    undoable: [...state.history.done, ...state.history.undone].sort((a, b) => a - b),
    history: state.history,
    counts: {
      reports: state.reports.size,
      annotations: packs.length,
      values: packsIn(state.values).length,
      corrections: packsIn(state.corrections).length,
    },
    sum: sumOf([
      ...packs.flatMap(items => [...items.values()]),
      ...codesOf(state),
      ...state.coders.values(),
      ...state.reports.values(),
      ...state.batches.values(),
      ...state.variables.values(),
      ...state.sets.values(),
      ...allIn(state.values),
      ...allIn(state.corrections),
    ]),
  }
}

/** A journal folded from its first entry. */
export function foldAll(journal: readonly JournalEntry[]): ProjectState {
  const state = emptyState()
  for (const entry of journal) fold(state, entry)
  return state
}

/** Rows as a project's content alone: without history, which undoing adds to. */
export function contentOf<R extends { undoable: unknown; history: unknown }>(rows: R) {
  const { undoable: _, history: __, ...content } = rows
  return content
}

/** As many entries at a time as make several calls of a short journal. */
const ENTRIES_A_CALL = 7

function hostOver(journal: readonly JournalEntry[]): Host {
  const calls: Pick<Host, 'readJournal' | 'readBlobs'> = {
    readJournal: async (_, fromSeq) =>
      structuredClone(journal.slice(fromSeq - 1, fromSeq - 1 + ENTRIES_A_CALL)),
    readBlobs: async (_, hashes) => hashes.map(() => new TextEncoder().encode(TEXT)),
  }
  return calls as Host
}

function openedAs(id: string, lastSeq: number, wasSettled: boolean): OpenedProject {
  return {
    id: id as OpenedProject['id'],
    name: 'Test',
    createdAt: 0,
    session: 'session' as SessionToken,
    folder: '/nowhere',
    isReadOnly: false,
    snapshot: null,
    syncedBy: null,
    isSecondCopy: false,
    lastSeq,
    coderId: 'me' as CoderId,
    wasSettled,
    tornBytes: 0,
  }
}

function byId<R extends { readonly id: string }>(rows: R[]): R[] {
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}
