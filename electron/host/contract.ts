import * as v from 'valibot'
import { CORRECTION_KINDS } from '../../shared/domain/structure'
import { VALUE_ORIGINS, VARIABLE_TYPES } from '../../shared/domain/variable'
import { type Host, HostError, type HostReason } from '../../shared/host'
import { EDIT_LABELS } from '../../shared/journal/edit'
import { hostErrorOf } from './disk'

// The one table of calls. Whatever comes in, over IPC or HTTP, is checked here against shape
// and size before a handler sees it, and whatever goes wrong leaves here as a reason.

/** What crosses to the page: a value, or why there is none. Never a stack, never a path of ours. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false
      readonly reason: HostReason
      readonly details: Readonly<Record<string, string | number>>
    }

/** The most bytes that one call may bring. */
export const MAX_CALL_BYTES = 160 * 1024 * 1024

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const name = v.pipe(v.string(), v.maxLength(10_000))
const words = v.pipe(v.string(), v.maxLength(200_000))
const text = v.pipe(v.string(), v.maxLength(16_000_000))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Milliseconds that a date can hold. */
const time = v.pipe(count, v.maxValue(8.64e15))
const bytes = v.instance(Uint8Array)

const annotation = v.strictObject({
  id,
  reportId: id,
  start: count,
  end: count,
  quote: text,
  codeId: id,
  coderId: id,
  memo: words,
  createdAt: time,
})
const code = v.strictObject({
  id,
  parentId: v.nullable(id),
  rank: v.pipe(v.number(), v.finite()),
  name,
  color: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/)),
  definition: words,
  include: words,
  exclude: words,
  example: words,
  digit: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9))),
  createdAt: time,
})
const coder = v.strictObject({ id, name, createdAt: time })
const report = v.strictObject({
  id,
  batchId: id,
  title: name,
  fileName: name,
  path: name,
  row: v.nullable(v.pipe(count, v.minValue(1))),
  format: id,
  extractor: id,
  markupHash: v.nullable(hash),
  encoding: v.pipe(v.string(), v.maxLength(64)),
  textHash: hash,
  originalHash: hash,
  length: count,
  chars: count,
  hanChars: v.nullable(count),
  textVersion: count,
  addedAt: time,
})
const batch = v.strictObject({
  id,
  at: time,
  imported: count,
  known: count,
  refused: count,
  cancelled: v.boolean(),
})

const variable = v.strictObject({
  id,
  name,
  type: v.picklist(VARIABLE_TYPES),
  categories: words,
  rank: v.pipe(v.number(), v.finite()),
  createdAt: time,
})
const value = v.pipe(
  v.strictObject({
    id,
    reportId: id,
    variable: id,
    value: v.union([words, v.pipe(v.number(), v.finite()), v.boolean()]),
    origin: v.picklist(VALUE_ORIGINS),
    start: v.nullable(count),
    end: v.nullable(count),
  }),
  v.check(each => each.id === `${each.reportId}.${each.variable}`),
  v.check(({ start, end }) => (start === null) === (end === null)),
)
const correction = v.strictObject({
  id,
  reportId: id,
  kind: v.picklist(CORRECTION_KINDS),
  level: v.pipe(count, v.maxValue(9)),
  start: count,
  end: count,
  createdAt: time,
})
const set = v.pipe(
  v.strictObject({
    id,
    name,
    members: v.nullable(text),
    rule: v.nullable(words),
    createdAt: time,
  }),
  v.check(({ members, rule }) => (members === null) !== (rule === null)),
)

const change = v.variant('table', [
  changeOf('annotations', annotation),
  changeOf('codes', code),
  changeOf('coders', coder),
  changeOf('reports', report),
  changeOf('batches', batch),
  changeOf('variables', variable),
  changeOf('values', value),
  changeOf('corrections', correction),
  changeOf('sets', set),
])

const stamp = { at: time, coderId: id }
const entry = v.variant('kind', [
  v.strictObject({
    kind: v.picklist(['do', 'undo', 'redo']),
    of: v.nullable(count),
    label: v.picklist(EDIT_LABELS),
    about: name,
    changes: v.pipe(v.array(change), v.minLength(1)),
    ...stamp,
  }),
  v.strictObject({
    kind: v.literal('import'),
    batch,
    reports: v.array(report),
    variables: v.array(variable),
    values: v.array(value),
    ...stamp,
  }),
])

const snapshot = v.pipe(v.string(), v.regex(/^\d{8}$/))
const task = v.variant('kind', [
  v.strictObject({
    kind: v.literal('save-copy'),
    project: id,
    place: v.nullable(id),
    fileName: name,
  }),
  v.strictObject({ kind: v.literal('open-copy'), upload: id, place: id, suffix: name }),
  v.strictObject({ kind: v.literal('relocate'), project: id, place: id }),
  v.strictObject({ kind: v.literal('check-folder'), session: id }),
  v.strictObject({ kind: v.literal('rescue'), project: id, suffix: name }),
])

/** What each call takes, in order. */
const calls = {
  about: v.strictTuple([]),
  listProjects: v.strictTuple([]),
  createProject: v.strictTuple([v.strictObject({ name, coderName: name, place: id })]),
  addProject: v.strictTuple([id]),
  renameProject: v.strictTuple([id, name]),
  trashProject: v.strictTuple([id]),
  restoreProject: v.strictTuple([id]),
  forgetProject: v.strictTuple([id]),
  openProject: v.strictTuple([id, v.strictObject({ clientId: id, takeOver: v.boolean() })]),
  chooseCoder: v.strictTuple([id, id]),
  readJournal: v.strictTuple([id, v.pipe(count, v.minValue(1))]),
  hashOfEntry: v.strictTuple([id, count]),
  append: v.strictTuple([id, entry]),
  putBlobs: v.strictTuple([id, v.pipe(v.array(bytes), v.maxLength(1000))]),
  readBlobs: v.strictTuple([id, v.pipe(v.array(hash), v.maxLength(1000))]),
  settleCopy: v.strictTuple([id, count]),
  readProject: v.strictTuple([id, v.nullable(snapshot)]),
  listSnapshots: v.strictTuple([id]),
  takeSnapshot: v.strictTuple([id]),
  pinSnapshot: v.strictTuple([id, snapshot, v.boolean()]),
  readSnapshot: v.strictTuple([id, snapshot, count]),
  setSecondPlace: v.strictTuple([id, v.nullable(id)]),
  startTask: v.strictTuple([task]),
  taskState: v.strictTuple([id]),
  cancelTask: v.strictTuple([id]),
  openRefuge: v.strictTuple([id, id]),
  closeRefuge: v.strictTuple([id]),
  abortRefuge: v.strictTuple([id]),
  openUpload: v.strictTuple([name, count]),
  writeUpload: v.strictTuple([id, bytes]),
  abortUpload: v.strictTuple([id]),
  closeProject: v.strictTuple([id]),
  choosePlace: v.strictTuple([v.nullable(v.pipe(v.string(), v.maxLength(4096)))]),
  exportPlace: v.strictTuple([id]),
  openSink: v.strictTuple([id, name]),
  writeSink: v.strictTuple([id, name, bytes]),
  closeSink: v.strictTuple([id]),
  abortSink: v.strictTuple([id]),
} satisfies Record<keyof Host, v.GenericSchema>

/** The names of all calls. */
export const CALL_NAMES = Object.keys(calls) as readonly (keyof Host)[]

/** Whether a value has the shape of an entry as `append` takes it. */
export function isNewEntry(value: unknown): boolean {
  return v.is(entry, value)
}

/** Carries out one call that came from a page: checks it, runs it, and puts failures in words. */
export async function answerCall(host: Host, call: string, args: unknown): Promise<Answer> {
  if (!isCall(call)) return refused(new HostError('invalid-call', { call: call.slice(0, 64) }))
  const checked = v.safeParse(calls[call], args)
  if (!checked.success) {
    const at = (v.getDotPath(checked.issues[0]) ?? '').slice(0, 200)
    return refused(new HostError('invalid-call', { call, at }))
  }
  try {
    const run = host[call] as (...args: unknown[]) => Promise<unknown>
    const value = await run(...(checked.output as unknown[]))
    return { ok: true, value: value === undefined ? null : value }
  } catch (error) {
    if (!(error instanceof HostError)) console.error(`${call}:`, error)
    return refused(hostErrorOf(error))
  }
}

function refused({ reason, details }: HostError): Answer {
  return { ok: false, reason, details }
}

function isCall(call: string): call is keyof Host {
  return Object.hasOwn(calls, call)
}

/** A row before and after; its id is the row's own, and one of the two is there. */
function changeOf<T extends string, R extends v.GenericSchema<unknown, { id: string }>>(
  table: T,
  row: R,
) {
  return v.pipe(
    v.strictObject({
      table: v.literal(table),
      id,
      before: v.nullable(row),
      after: v.nullable(row),
    }),
    v.check(({ id, before, after }) => {
      const rows = [before, after] as ({ id: string } | null)[]
      return rows.some(Boolean) && rows.every(each => !each || each.id === id)
    }),
  )
}
