import 'fake-indexeddb/auto'
import type { Table } from 'dexie'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyEntry } from '../../renderer/data/commit'
import type { ProjectDb } from '../../renderer/data/database'
import { openWorkingCopy } from '../../renderer/data/rebuild'
import type { Runner } from '../../renderer/workspace/run'
import { assignCode, removeAnnotation } from '../../shared/commands/annotate'
import {
  addCode,
  deleteCode,
  describeCode,
  loadCodebook,
  moveCode,
  setDigit,
} from '../../shared/commands/codebook'
import { type Actor, type Command, Refusal } from '../../shared/commands/command'
import { joinAsCoder, removeImport, renameReport } from '../../shared/commands/library'
import { repair } from '../../shared/commands/repair'
import { changeSetMembers, deleteSet, saveSet } from '../../shared/commands/sets'
import { restoreSnapshot } from '../../shared/commands/snapshot'
import { correctStructure, removeCorrections } from '../../shared/commands/structure'
import {
  addVariable,
  confirmValue,
  deleteVariable,
  moveVariable,
  setValue,
  setValues,
} from '../../shared/commands/variables'
import type {
  AnnotationId,
  BatchId,
  CodeId,
  CoderId,
  CorrectionId,
  Hash,
  ReportId,
  ReportSetId,
  VariableId,
} from '../../shared/domain/id'
import { membersOf, type Value, type VariableKey, valueIdOf } from '../../shared/domain/variable'
import { rowFindings } from '../../shared/journal/check'
import { type Change, TABLE_NAMES } from '../../shared/journal/edit'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { allIn, rowsIn, type TableRow } from '../../shared/journal/rows'
import {
  codesOf,
  emptyState,
  fold,
  type ProjectState,
  variablesOf,
} from '../../shared/journal/state'
import {
  contentOf,
  type FreshProject,
  foldAll,
  freshProject,
  passageOf,
  reportNamed,
  rowsOf,
  rowsOfState,
  TEXT,
} from '../support/project'
import {
  branchOnPaper,
  copyOf,
  deleteOnPaper,
  emptyPaper,
  fillOnPaper,
  freeDigitOnPaper,
  importOnPaper,
  isSameOnPaper,
  moveOnPaper,
  type Paper,
  type PaperCode,
  type PaperCorrection,
  type PaperValue,
  redoOnPaper,
  type Sheet,
  step,
  undoOnPaper,
} from '../support/reference'

// Random work of every kind on three things at once: the journal folded by the program, the
// working copy, and a reference on paper that shares no code with either. After every step the
// three must say the same. CODICIL_SEED and CODICIL_ROUNDS work here too.

const SEED = Number(process.env.CODICIL_SEED ?? Date.now() % 1_000_000)
const SEQUENCES = Math.max(200, Number(process.env.CODICIL_ROUNDS ?? 0))
/** On average; a sequence may have none or twice as many, so that a failing one can shrink. */
const STEPS = 50

/** What one step is to do; the numbers choose among what is there, whatever that is. */
type Step = readonly [kind: StepKind, a: number, b: number, c: number]

const STEP_KINDS = [
  ...['assign', 'assign', 'assign', 'assign', 'unassign', 'add', 'add', 'describe', 'recolor'],
  ...['move', 'move', 'digit', 'delete', 'merge', 'load', 'title', 'import', 'unimport', 'join'],
  ...['value', 'value', 'fill', 'confirm', 'variable', 'unvariable', 'reorder', 'correct'],
  ...['uncorrect', 'set', 'members', 'unset'],
  ...['undo', 'undo', 'undo', 'redo', 'redo', 'keep', 'restore', 'repair'],
  ...['lose-copy', 'old-copy', 'bad-copy'],
] as const

type StepKind = (typeof STEP_KINDS)[number]

const steps = fc.array(
  fc.tuple(fc.constantFrom(...STEP_KINDS), fc.nat(30), fc.nat(30), fc.nat(30)),
  { maxLength: 2 * STEPS, size: 'max' },
)

it('the fold, the working copy and a reference on paper agree after every step of random work', async () => {
  const labels = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(steps, async sequence => {
      const world = await openWorld()
      for (const each of sequence) {
        const { db, project } = world
        const { length } = project.journal
        await take(world, each)
        // What wrote nothing and opened nothing is looked at with the next step that did.
        if (world.db !== db || project.journal.length > length) await agree(world)
      }
      await agree(world)
      for (const entry of world.project.journal) {
        const label = entry.kind === 'do' ? entry.label : entry.kind
        labels.set(label, (labels.get(label) ?? 0) + 1)
      }
      await replaysFromAnySnapshot(world)
      await undoesAndRedoesTheLast(world)
      world.db.close()
    }),
    { numRuns: SEQUENCES, seed: SEED, interruptAfterTimeLimit: 240_000 },
  )
  const entries = [...labels].map(([label, times]) => `${label} ${times}`).join(', ')
  console.log(
    `model: ${SEQUENCES} sequences of about ${STEPS} steps, seed ${SEED}; entries: ${entries}`,
  )
}, 300_000)

interface World {
  readonly project: FreshProject
  db: ProjectDb
  runner: Runner
  actor: Actor
  /** The program's fold so far. */
  readonly state: ProjectState
  readonly paper: Paper
  /** What was kept on the way, both ways. */
  readonly kept: { rows: TableRow[]; sheet: Sheet }[]
  /** Texts that came in once: they may come again after their import was removed. */
  readonly hashes: string[]
  imports: number
}

async function openWorld(): Promise<World> {
  const project = await freshProject({ codeNames: [] })
  const paper = emptyPaper()
  paper.coders.push('me')
  const known = project.reports.map(({ id, title, textHash }) => ({
    id,
    batch: 'batch',
    title,
    hash: textHash,
  }))
  importOnPaper(paper, 'batch', { reports: known })
  const { db, actor } = project
  const world: World = {
    project,
    db,
    actor,
    runner: project.runnerOn(db),
    state: emptyState(),
    paper,
    kept: [],
    hashes: known.map(({ hash }) => hash),
    imports: 0,
  }
  await agree(world)
  return world
}

/** Runs a command, and does the same on paper. A refusal must be the one that is expected. */
async function both(
  world: World,
  command: Command,
  onPaper: (sheet: Sheet, entry: JournalEntry | null) => void,
  refusal: string | null = null,
): Promise<void> {
  const ran = await world.runner.run(command).catch((error: unknown) => error)
  if (ran instanceof Error) {
    expect(ran).toBeInstanceOf(Refusal)
    expect((ran as Refusal).reason).toBe(refusal)
    return
  }
  expect(refusal, 'should have been refused').toBeNull()
  step(world.paper, sheet => onPaper(sheet, ran as JournalEntry | null))
}

async function take(world: World, [kind, a, b, c]: Step): Promise<void> {
  const { paper, project } = world
  const { codes, reports, annotations, batches } = paper.now
  const { variables, values, corrections, sets } = paper.now
  const code = at(codes, a)
  const report = at(reports, a)
  switch (kind) {
    case 'assign': {
      const given = at(codes, b)
      if (!report || !given) return
      const start = c % 8
      const end = start + 4 + (c % 3)
      const passage = passageOf(report.id as ReportId, start, end)
      return both(world, assignCode(passage, given.id as CodeId), (sheet, entry) => {
        const place = { report: report.id, start, end, code: given.id, coder: coderOf(world) }
        const next = { id: madeBy(entry)[0] ?? '', ...place }
        if (!sheet.annotations.some(each => isSameOnPaper(each, next))) sheet.annotations.push(next)
      })
    }
    case 'unassign': {
      const gone = at(annotations, a)
      if (!gone) return
      const command = removeAnnotation(gone.report as ReportId, gone.id as AnnotationId)
      return both(world, command, sheet => {
        sheet.annotations = sheet.annotations.filter(each => each.id !== gone.id)
      })
    }
    case 'add': {
      const parent = c % 2 === 0 ? (at(codes, b)?.id ?? null) : null
      const name = `code ${a}`
      const color = '#112233'
      const draft = { name, color, parentId: parent as CodeId | null }
      return both(world, addCode(draft), (sheet, entry) => {
        const digit = freeDigitOnPaper(sheet)
        const id = madeBy(entry)[0]!
        sheet.codes.push({ id, parent, name, color, definition: '', digit })
      })
    }
    case 'describe': {
      if (!code) return
      const said = { name: `named ${b}`, definition: `because ${c}` }
      return both(world, describeCode(code.id as CodeId, said), sheet => {
        change(sheet, code.id, said)
      })
    }
    case 'recolor': {
      if (!code) return
      const color = `#0000${String(10 + b)}`
      return both(world, describeCode(code.id as CodeId, { color }), sheet => {
        change(sheet, code.id, { color })
      })
    }
    case 'move': {
      if (!code) return
      const parent = c % 3 === 0 ? null : (at(codes, b)?.id ?? null)
      const before = at(codes, c)?.id ?? null
      const isInside = parent !== null && branchOnPaper(paper.now, code.id).includes(parent)
      const command = moveCode(code.id as CodeId, parent as CodeId | null, before as CodeId | null)
      return both(
        world,
        command,
        sheet => moveOnPaper(sheet, code.id, parent, before),
        isInside ? 'move-into-itself' : null,
      )
    }
    case 'digit': {
      if (!code) return
      const digit = b % 10 === 0 ? null : b % 10
      return both(world, setDigit(code.id as CodeId, digit), sheet => {
        for (const each of sheet.codes) {
          if (digit !== null && each.digit === digit) change(sheet, each.id, { digit: null })
        }
        change(sheet, code.id, { digit })
      })
    }
    case 'delete':
      if (!code) return
      return both(world, deleteCode(code.id as CodeId, null), sheet => {
        deleteOnPaper(sheet, code.id, null)
      })
    case 'merge': {
      const heir = at(codes, b)
      if (!code || !heir) return
      const isInside = branchOnPaper(paper.now, code.id).includes(heir.id)
      return both(
        world,
        deleteCode(code.id as CodeId, heir.id as CodeId),
        (sheet, entry) => passOn(sheet, code.id, heir.id, entry),
        isInside ? 'code-missing' : null,
      )
    }
    case 'load': {
      const loaded = [
        { key: '1', parentKey: null, name: `code ${a}`, color: '#445566' },
        { key: '2', parentKey: '1', name: `code ${b}`, color: '#445566' },
      ]
      return both(world, loadCodebook('book', loaded), (sheet, entry) => {
        const made = madeBy(entry)
        const idOf = new Map<string | null, string | null>([[null, null]])
        for (const { key, parentKey, name, color } of loaded) {
          const parent = idOf.get(parentKey) ?? null
          const known = inOrder(sheet.codes).find(
            each => each.parent === parent && each.name === name,
          )
          idOf.set(key, known?.id ?? made[0]!)
          if (known) continue
          const digit = parent === null ? freeDigitOnPaper(sheet) : null
          sheet.codes.push({ id: made.shift()!, parent, name, color, definition: '', digit })
        }
      })
    }
    case 'title': {
      if (!report) return
      const title = `title ${b}`
      return both(world, renameReport(report.id as ReportId, title), sheet => {
        sheet.reports = sheet.reports.map(each =>
          each.id === report.id ? { ...each, title } : each,
        )
      })
    }
    case 'import':
      return importSome(world, a, b)
    case 'unimport': {
      const batch = at(batches, a)
      if (!batch) return
      const mine = reports.filter(each => each.batch === batch).map(({ id }) => id)
      const isCoded = annotations.some(each => mine.includes(each.report))
      return both(
        world,
        removeImport(batch as BatchId),
        sheet => {
          sheet.batches = sheet.batches.filter(each => each !== batch)
          sheet.reports = sheet.reports.filter(each => each.batch !== batch)
          sheet.values = sheet.values.filter(each => !mine.includes(each.report))
          sheet.corrections = sheet.corrections.filter(each => !mine.includes(each.report))
          sheet.sets = sheet.sets.map(set => ({
            ...set,
            members: set.members.filter(id => !mine.includes(id)),
          }))
        },
        isCoded ? 'batch-coded' : null,
      )
    }
    case 'value': {
      if (!report) return
      const variable = keyAt(paper.now, b)
      const value = c % 5 === 0 ? null : variable === 'year' ? 2000 + (c % 3) : `value ${c % 3}`
      const command = setValue([report.id as ReportId], variable, value)
      return both(world, command, sheet => {
        fillOnPaper(sheet, { report: report.id, variable, value })
      })
    }
    case 'fill': {
      const variable = keyAt(paper.now, b)
      const mine = reports.slice(0, 1 + (a % 4))
      const cells = mine.map(({ id }, i) => ({
        report: id,
        variable: i === 0 ? variable : ('place' as const),
        value: variable === 'year' ? 2000 + (c % 3) : `value ${c % 3}`,
      }))
      const command = setValues(
        cells.map(({ report, ...cell }) => ({ ...cell, reportId: report as ReportId })),
      )
      return both(world, command, sheet => {
        for (const { value, ...cell } of cells) {
          const kept = cell.variable === 'year' ? value : String(value)
          fillOnPaper(sheet, { ...cell, value: kept })
        }
      })
    }
    case 'confirm': {
      const value = at(values, a)
      if (!value) return
      const command = confirmValue([value.report as ReportId], value.variable as VariableKey)
      return both(world, command, sheet => {
        sheet.values = sheet.values.map(each =>
          each.report === value.report && each.variable === value.variable
            ? { ...each, origin: 'by-hand' }
            : each,
        )
      })
    }
    case 'variable': {
      const name = `variable ${b % 6}`
      const isTaken = variables.some(each => each.name === name)
      return both(
        world,
        addVariable({ name, type: 'text', categories: [] }),
        (sheet, entry) => {
          sheet.variables.push({ id: madeBy(entry)[0]!, name })
        },
        isTaken ? 'name-taken' : null,
      )
    }
    case 'unvariable': {
      const variable = at(variables, a)
      if (!variable) return
      return both(world, deleteVariable(variable.id as VariableId), sheet => {
        sheet.variables = sheet.variables.filter(({ id }) => id !== variable.id)
        sheet.values = sheet.values.filter(each => each.variable !== variable.id)
      })
    }
    case 'reorder': {
      const variable = at(variables, a)
      if (!variable) return
      const before = at(variables, b)?.id ?? null
      const target = before === variable.id || c % 4 === 0 ? null : before
      const command = moveVariable(variable.id as VariableId, target as VariableId | null)
      return both(world, command, sheet => {
        const others = sheet.variables.filter(({ id }) => id !== variable.id)
        const place = target === null ? others.length : others.findIndex(({ id }) => id === target)
        sheet.variables = [...others.slice(0, place), variable, ...others.slice(place)]
      })
    }
    case 'correct': {
      if (!report) return
      const [kind, rival] = (
        [
          ['split', 'join'],
          ['join', 'split'],
          ['aside', 'not-aside'],
        ] as const
      )[b % 3]!
      const start = c % 4
      const place = { kind, start, end: start, level: 0 }
      return both(world, correctStructure(report.id as ReportId, place), (sheet, entry) => {
        const isRival = (each: PaperCorrection) =>
          each.report === report.id &&
          each.start === start &&
          (each.kind === kind || each.kind === rival)
        const earlier = sheet.corrections.find(isRival)
        if (earlier?.kind === kind) return
        sheet.corrections = sheet.corrections.filter(each => !isRival(each))
        const id = earlier?.id ?? madeBy(entry)[0]!
        sheet.corrections.push({ id, report: report.id, kind, start })
      })
    }
    case 'uncorrect': {
      const gone = at(corrections, a)
      const row = gone && world.state.corrections.get(gone.report as ReportId)
      const found = row?.get(gone!.id as CorrectionId)
      if (!found) return
      return both(world, removeCorrections([found]), sheet => {
        sheet.corrections = sheet.corrections.filter(({ id }) => id !== gone!.id)
      })
    }
    case 'set': {
      const name = `set ${b % 4}`
      const members = reports.slice(0, c % 3).map(({ id }) => id as ReportId)
      const isTaken = sets.some(each => each.name === name)
      return both(
        world,
        saveSet({ name, members }),
        (sheet, entry) => {
          sheet.sets.push({ id: madeBy(entry)[0]!, name, members })
        },
        isTaken ? 'name-taken' : null,
      )
    }
    case 'members': {
      const set = at(sets, a)
      if (!set || !report) return
      const isIn = set.members.includes(report.id)
      const some = [report.id as ReportId]
      const what = isIn ? { add: [], remove: some } : { add: some, remove: [] }
      return both(world, changeSetMembers(set.id as ReportSetId, what), sheet => {
        const others = set.members.filter(id => id !== report.id)
        const members = isIn ? others : [...set.members, report.id]
        sheet.sets = sheet.sets.map(each => (each.id === set.id ? { ...set, members } : each))
      })
    }
    case 'unset': {
      const set = at(sets, a)
      if (!set) return
      return both(world, deleteSet(set.id as ReportSetId), sheet => {
        sheet.sets = sheet.sets.filter(({ id }) => id !== set.id)
      })
    }
    case 'join': {
      const coderId = (a % 2 === 0 ? 'me' : `coder${b % 3}`) as CoderId
      world.actor = { ...project.actor, coderId }
      world.runner = project.runnerOn(world.db, world.actor)
      await world.runner.run(joinAsCoder(`Coder ${coderId}`))
      if (!paper.coders.includes(coderId)) paper.coders.push(coderId)
      paper.coder = coderId
      return
    }
    case 'undo':
    case 'redo': {
      const refusal = kind === 'undo' ? undoOnPaper(paper) : redoOnPaper(paper)
      const ran = await world.runner[kind]().catch((error: unknown) => error)
      expect(ran instanceof Refusal ? ran.reason : null).toBe(refusal)
      if (ran instanceof Error && !(ran instanceof Refusal)) throw ran
      return
    }
    case 'keep':
      world.kept.push({ rows: [...rowsIn(world.state)], sheet: copyOf(paper.now) })
      return
    case 'restore': {
      const kept = at(world.kept, a)
      if (!kept) return
      return both(
        world,
        restoreSnapshot('kept', { rows: kept.rows, tables: TABLE_NAMES }),
        sheet => {
          Object.assign(sheet, copyOf(kept.sheet))
        },
      )
    }
    case 'repair':
      return breakAndRepair(world, a)
    case 'lose-copy':
      return reopen(world, false)
    case 'old-copy':
      return reopenFromEarlier(world, a)
    case 'bad-copy':
      return reopenDamaged(world, a)
  }
}

/** The passing on of codings, in the order in which the program lists them: the first one stays. */
function passOn(sheet: Sheet, id: string, heir: string, entry: JournalEntry | null): void {
  const order = entry && entry.kind !== 'import' ? entry.changes.map(each => String(each.id)) : []
  sheet.annotations.sort((x, y) => order.indexOf(x.id) - order.indexOf(y.id))
  deleteOnPaper(sheet, id, heir)
}

async function importSome(world: World, a: number, b: number): Promise<void> {
  const batch = `batch${++world.imports}`
  // A text that went with a removed import may come in again; one that is there may not.
  const old = world.hashes.find(hash => !world.paper.now.reports.some(each => each.hash === hash))
  const hashes = [...(b % 2 === 0 && old ? [old] : []), `hash-${batch}`].slice(0, 1 + (a % 2))
  const reports = hashes.map((hash, i) => ({
    ...reportNamed(`${batch}-${i}`),
    batchId: batch as BatchId,
    textHash: hash as Hash,
  }))
  const values = reports.slice(b % 2).map(({ id }): Value => {
    const evidence = { start: a % 3, end: 4 + (a % 3) }
    const key = { id: valueIdOf(id, 'place'), reportId: id, variable: 'place' } as const
    return { ...key, value: `value ${a % 3}`, origin: 'read', ...evidence }
  })
  const entry: NewEntry = {
    kind: 'import',
    batch: {
      id: batch as BatchId,
      at: 0,
      imported: reports.length,
      known: 0,
      refused: 0,
      cancelled: false,
    },
    reports,
    variables: [],
    values,
    at: 0,
    coderId: world.actor.coderId,
  }
  await world.runner.alone(async append => {
    const { seq } = await append(entry)
    await applyEntry(world.db, { ...entry, seq })
  })
  world.hashes.push(...hashes.filter(hash => !world.hashes.includes(hash)))
  importOnPaper(world.paper, batch, {
    reports: reports.map(({ id, title, textHash }) => ({ id, batch, title, hash: textHash })),
    values: values.map(paperValue),
  })
}

/** Takes a code away from under its annotations, as no command does, and has that repaired. */
async function breakAndRepair(world: World, a: number): Promise<void> {
  const { codes, annotations } = world.paper.now
  const leaf = at(
    codes.filter(
      ({ id }) =>
        annotations.some(each => each.code === id) && !codes.some(each => each.parent === id),
    ),
    a,
  )
  if (!leaf) return
  const before = world.state.codes.get(leaf.id as CodeId)!
  const change: Change = { table: 'codes', id: before.id, before, after: null }
  const broken: Command = async () => ({ label: 'deleteCode', about: '', changes: [change] })
  await both(world, broken, sheet => {
    sheet.codes = sheet.codes.filter(({ id }) => id !== leaf.id)
  })
  // An earlier repair that was undone is not asked for again.
  const findings = rowFindings(foldAll(world.project.journal)).filter(
    ({ details }) => details.missing === leaf.id,
  )
  await both(world, repair(findings, { code: 'Restored', coder: 'Somebody' }), sheet => {
    const plain = { parent: null, color: '#808080', definition: '', digit: null }
    sheet.codes.push({ id: leaf.id, name: 'Restored', ...plain })
  })
}

/** The program is killed, and starts again without trusting what the browser has. */
async function reopen(world: World, wasSettled: boolean): Promise<void> {
  world.db.close()
  const { project } = world
  world.db = await openWorkingCopy(project.host(), project.opened(wasSettled), () => {})
  world.runner = project.runnerOn(world.db, world.actor)
}

/** The browser has an older copy, come to rest long ago. */
async function reopenFromEarlier(world: World, a: number): Promise<void> {
  const { journal } = world.project
  const later = journal.splice(1 + (a % journal.length))
  await reopen(world, false)
  journal.push(...later)
  await reopen(world, true)
}

/** The browser says that its copy has come to rest, but a row of it is lost or old. */
async function reopenDamaged(world: World, a: number): Promise<void> {
  const { db } = world
  const tables = [db.codes, db.reports, db.annotations, db.values, db.corrections, db.coders]
    .map((table): Table => table)
    .concat(db.sets, db.variables, db.meta)
  const table = tables[a % tables.length]!
  const keys = await table.toCollection().primaryKeys()
  if (keys.length > 0) await table.delete(keys[a % keys.length] as never)
  await reopen(world, true)
}

/** All three say the same. */
async function agree(world: World): Promise<void> {
  const { state, paper, project, db } = world
  for (const entry of project.journal.slice(state.seq)) fold(state, entry)
  same(sheetOf(state), sorted(paper.now))
  expect([...state.coders.keys()].sort()).toEqual([...paper.coders].sort())
  expect(state.history.done.length).toBe(paper.done.length)
  expect(state.history.undone.length).toBe(paper.undone.length)
  same(await rowsOf(db), rowsOfState(state))
}

/** Compares as `toEqual` does, which is slow, and is only asked where the quick way says no. */
function same(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected)
}

/** Rows kept at any moment, and the journal's tail after it, give what the whole journal gives. */
async function replaysFromAnySnapshot({ project: { journal } }: World): Promise<void> {
  const whole = JSON.stringify([...rowsIn(foldAll(journal))])
  const state = emptyState()
  for (const entry of journal) {
    fold(state, entry)
    if (entry.seq % 10 !== 0) continue
    const again = emptyState()
    const changes = [...rowsIn(state)].map(
      ({ table, row }) => ({ table, id: row.id, before: null, after: row }) as Change,
    )
    again.seq = entry.seq - 1
    const by = { at: 0, coderId: 'me' as CoderId, seq: entry.seq }
    fold(again, { kind: 'do', of: null, label: 'loadSample', about: '', changes, ...by })
    for (const later of journal.slice(entry.seq)) fold(again, later)
    expect(JSON.stringify([...rowsIn(again)])).toBe(whole)
  }
}

/** Undoing takes the very rows back that there were before, and redoing those after. */
async function undoesAndRedoesTheLast({ runner, db }: World): Promise<void> {
  const before = contentOf(await rowsOf(db))
  const entry = await runner.run(addCode({ name: 'last', color: '#000000', parentId: null }))
  expect(entry).not.toBeNull()
  const after = contentOf(await rowsOf(db))
  await runner.undo()
  expect(contentOf(await rowsOf(db))).toEqual(before)
  await runner.redo()
  expect(contentOf(await rowsOf(db))).toEqual(after)
}

/** What the program's fold has, as it would stand on paper. */
function sheetOf(state: ProjectState): Sheet {
  return sorted({
    codes: codesOf(state).map(({ id, parentId, name, color, definition, digit }) => ({
      id,
      parent: parentId,
      name,
      color,
      definition,
      digit,
    })),
    annotations: [...state.annotations.values()].flatMap(items =>
      [...items.values()].map(({ id, reportId, start, end, quote, codeId, coderId }) => {
        expect(quote).toBe(TEXT.slice(start, end))
        return { id, report: reportId, start, end, code: codeId, coder: coderId }
      }),
    ),
    reports: [...state.reports.values()].map(({ id, batchId, title, textHash }) => ({
      id,
      batch: batchId,
      title,
      hash: textHash,
    })),
    batches: [...state.batches.keys()],
    variables: variablesOf(state).map(({ id, name }) => ({ id, name })),
    values: [...allIn(state.values)].map(paperValue),
    corrections: [...allIn(state.corrections)].map(({ id, reportId, kind, start }) => ({
      id,
      report: reportId,
      kind,
      start,
    })),
    sets: [...state.sets.values()].map(set => ({
      id: set.id,
      name: set.name,
      members: membersOf(set),
    })),
  })
}

function paperValue({ reportId, variable, value, origin, start, end }: Value): PaperValue {
  const place = start === null ? '' : `${start}-${end}`
  if (typeof value === 'boolean') throw new Error('no cell on paper is that')
  return { report: reportId, variable, value, origin, place }
}

/** A sheet in an order of its own: codes as the codebook lists them, all else by id. */
function sorted(sheet: Sheet): Sheet {
  const { codes, annotations, reports, batches, variables, values, corrections, sets } = sheet
  const byId = (x: { id: string }, y: { id: string }) => (x.id < y.id ? -1 : 1)
  return {
    codes: inOrder(codes),
    annotations: [...annotations].sort(byId),
    reports: [...reports].sort(byId),
    batches: [...batches].sort(),
    variables: [...variables],
    values: values
      .map(({ report, variable, value, origin, place }) => ({
        report,
        variable,
        value,
        origin,
        place,
      }))
      .sort((x, y) => (x.report + x.variable < y.report + y.variable ? -1 : 1)),
    corrections: [...corrections].sort(byId),
    sets: [...sets].sort(byId),
  }
}

/** Parents before their children, siblings as they stand; who has lost a parent stands at the top. */
function inOrder(codes: readonly PaperCode[]): PaperCode[] {
  const known = new Set(codes.map(({ id }) => id))
  const below = (parent: string | null): PaperCode[] =>
    codes
      .filter(
        each => (each.parent !== null && known.has(each.parent) ? each.parent : null) === parent,
      )
      .flatMap(each => [each, ...below(each.id)])
  return below(null)
}

function change(sheet: Sheet, id: string, what: Partial<PaperCode>): void {
  sheet.codes = sheet.codes.map(each => (each.id === id ? { ...each, ...what } : each))
}

/** The ids of the rows that an entry made. */
function madeBy(entry: JournalEntry | null): string[] {
  if (!entry || entry.kind === 'import') return []
  return entry.changes.filter(({ before }) => before === null).map(({ id }) => id)
}

/** A variable that every project has, or one of its own. */
function keyAt({ variables }: Sheet, place: number): VariableKey {
  const keys = ['place', 'year', 'title', ...variables.map(({ id }) => id)]
  return keys[place % keys.length] as VariableKey
}

function coderOf({ actor }: World): string {
  return actor.coderId
}

function at<T>(items: readonly T[], place: number): T | undefined {
  return items[place % Math.max(1, items.length)]
}
