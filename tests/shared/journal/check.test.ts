import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignCode, removeAnnotation } from '../../../shared/commands/annotate'
import { addCode, deleteCode, moveCode, setDigit } from '../../../shared/commands/codebook'
import type { Command } from '../../../shared/commands/command'
import { removeImport, renameReport } from '../../../shared/commands/library'
import { saveSet } from '../../../shared/commands/sets'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type {
  AnnotationId,
  CodeId,
  CoderId,
  ReportId,
  ReportSetId,
  VariableId,
} from '../../../shared/domain/id'
import type { Correction } from '../../../shared/domain/structure'
import { type Value, type Variable, valueIdOf } from '../../../shared/domain/variable'
import { type Finding, rowFindings, textFindings } from '../../../shared/journal/check'
import type { TableRow } from '../../../shared/journal/rows'
import { type ProjectState, putRow } from '../../../shared/journal/state'
import { BATCH, foldAll, freshProject, passageOf, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId
const NONE = 'nowhere'

/** Everything there is to find, every report having the text that the fresh project gives it. */
function findingsOf(state: ProjectState): Finding[] {
  const read = { text: TEXT, chars: TEXT.length }
  return [
    ...rowFindings(state),
    ...[...state.reports.values()].flatMap(report => textFindings(state, report, read)),
  ]
}

/** A project with two annotations in its first report and codes a, b and c. */
async function codedProject(): Promise<ProjectState> {
  const project = await freshProject()
  const [a, b] = project.codes
  await project.run(assignCode(passageOf(R1, 0, 4), a))
  await project.run(assignCode(passageOf(R1, 5, 15), b))
  return foldAll(project.journal)
}

function firstAnnotation(state: ProjectState): Annotation {
  return [...state.annotations.get(R1)!.values()][0]!
}

function change(state: ProjectState, what: Partial<Annotation>): void {
  const annotation = { ...firstAnnotation(state), ...what }
  state.annotations.get(R1)!.set(annotation.id, annotation)
}

function codesIn(state: ProjectState): [Code, Code, Code] {
  return [...state.codes.values()] as [Code, Code, Code]
}

function changeCode(state: ProjectState, id: CodeId, what: Partial<Code>): void {
  state.codes.set(id, { ...state.codes.get(id)!, ...what })
}

describe('a project that was only ever changed by commands', () => {
  it('has no findings, whatever was done, undone and redone', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ does: fc.constant('assign'), a: fc.nat(2), b: fc.nat(40), c: fc.nat(9) }),
        fc.record({ does: fc.constant('unassign'), a: fc.nat(2), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('add'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('move'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('delete'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('digit'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('rename'), a: fc.nat(2), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('undo'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('redo'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('set'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
        fc.record({ does: fc.constant('unimport'), a: fc.nat(9), b: fc.nat(9), c: fc.nat(9) }),
      ),
      { maxLength: 25 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async steps => {
        const project = await freshProject()
        for (const { does, a, b, c } of steps) {
          const codes = await project.reader.codes()
          const code = codes[a % Math.max(1, codes.length)]?.id ?? (NONE as CodeId)
          const other = codes[b % Math.max(1, codes.length)]?.id ?? (NONE as CodeId)
          const reportId = `r${(a % 3) + 1}` as ReportId
          const present = await project.reader.annotationsIn(reportId)
          const commands: Record<string, Command> = {
            assign: assignCode(passageOf(reportId, b, b + 1 + c), other),
            unassign: removeAnnotation(reportId, present[b]?.id ?? (NONE as AnnotationId)),
            add: addCode({ name: `n${b}`, color: '#112233', parentId: c > 5 ? code : null }),
            move: moveCode(code, c > 7 ? null : other, null),
            delete: deleteCode(code, c > 5 ? other : null),
            digit: setDigit(code, c === 0 ? null : c),
            rename: renameReport(reportId, `title ${b}`),
            unimport: removeImport(BATCH.id),
            set: saveSet({ name: `set ${b}`, members: [reportId] }),
          }
          const command = commands[does]
          const work = command
            ? project.run(command)
            : does === 'undo'
              ? project.undo()
              : project.redo()
          // What a command refuses changes nothing, and that is all that matters here.
          await work.catch(() => {})
        }
        expect(findingsOf(foldAll(project.journal))).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('each kind of tampering gives exactly its finding', () => {
  const cases: readonly [string, (state: ProjectState) => void, Partial<Finding>][] = [
    [
      'an annotation of a report that is not there',
      state => {
        const annotation = { ...firstAnnotation(state), reportId: NONE as ReportId }
        state.annotations.get(R1)!.delete(annotation.id)
        state.annotations.set(annotation.reportId, new Map([[annotation.id, annotation]]))
      },
      { kind: 'annotation-report-missing', severity: 'damage', about: 'Wind' },
    ],
    [
      'an annotation of a code that is not there',
      state => change(state, { codeId: NONE as CodeId }),
      { kind: 'annotation-code-missing', details: { missing: NONE, report: 'r1' } },
    ],
    [
      'an annotation of a coder who is not there',
      state => change(state, { coderId: NONE as CoderId }),
      { kind: 'annotation-coder-missing', details: { missing: NONE, report: 'r1' } },
    ],
    [
      'a passage that ends behind its text',
      state => change(state, { end: TEXT.length + 1 }),
      { kind: 'passage-outside', details: { start: 0, end: TEXT.length + 1, report: 'r1' } },
    ],
    [
      'a passage that begins before its text',
      state => change(state, { start: -1 }),
      { kind: 'passage-outside' },
    ],
    [
      'an empty passage',
      state => change(state, { end: 0, quote: '' }),
      { kind: 'passage-outside' },
    ],
    [
      'a quote that the text does not have there',
      state => change(state, { quote: 'Sand' }),
      { kind: 'quote-differs', severity: 'damage', about: 'Sand', reportId: R1 },
    ],
    [
      'a passage of the right length in the wrong place',
      state => change(state, { start: 1, end: 5 }),
      { kind: 'quote-differs' },
    ],
    [
      'a code whose parent is not there',
      state => changeCode(state, codesIn(state)[0].id, { parentId: NONE as CodeId }),
      { kind: 'parent-missing', severity: 'disorder', about: 'a' },
    ],
    [
      'a code that is its own parent',
      state => changeCode(state, codesIn(state)[1].id, { parentId: codesIn(state)[1].id }),
      { kind: 'code-cycle', about: 'b', details: { codes: 1 } },
    ],
    [
      'codes in a ring, another one hanging from it',
      state => {
        const [a, b, c] = codesIn(state)
        changeCode(state, a.id, { parentId: b.id })
        changeCode(state, b.id, { parentId: a.id })
        changeCode(state, c.id, { parentId: b.id })
      },
      { kind: 'code-cycle', about: 'a', details: { codes: 2 } },
    ],
    [
      'two codes with the same number key',
      state => changeCode(state, codesIn(state)[2].id, { digit: codesIn(state)[0].digit }),
      { kind: 'digit-shared', about: 'c', details: { digit: 1, other: 'a' } },
    ],
    [
      'reports of an import that is not there',
      state => {
        state.batches.clear()
        for (const id of ['r2', 'r3']) state.reports.delete(id as ReportId)
      },
      { kind: 'batch-missing', about: 'r1', details: { missing: BATCH.id } },
    ],
    [
      'an import of which a report is missing',
      state => state.reports.delete('r3' as ReportId),
      { kind: 'batch-count', severity: 'damage', details: { at: 0, imported: 3, found: 2 } },
    ],
    [
      'a report that says its text is longer than it is',
      state => state.reports.set(R1, { ...state.reports.get(R1)!, length: TEXT.length + 1 }),
      { kind: 'text-length', details: { length: TEXT.length, chars: TEXT.length } },
    ],
    [
      'a report that counts its characters wrongly',
      state => state.reports.set(R1, { ...state.reports.get(R1)!, chars: 1 }),
      { kind: 'text-length' },
    ],
  ]

  it.each(cases)('%s', async (_, tamper, expected) => {
    const state = await codedProject()
    expect(findingsOf(state)).toEqual([])
    tamper(state)
    expect(findingsOf(state)).toEqual([expect.objectContaining(expected)])
  })
})

it('finds three codes with one number key twice, and two rings each once', async () => {
  const project = await freshProject({ codeNames: ['a', 'b', 'c', 'd', 'e'] })
  const state = foldAll(project.journal)
  const codes = [...state.codes.values()]
  for (const { id } of codes.slice(1, 3)) changeCode(state, id, { digit: 1 })
  for (const [from, to] of [
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 4],
    [4, 3],
  ] as const) {
    changeCode(state, codes[from]!.id, { parentId: codes[to]!.id })
  }
  expect(findingsOf(state).map(({ kind, about }) => [kind, about])).toEqual([
    ['digit-shared', 'b'],
    ['digit-shared', 'c'],
    ['code-cycle', 'a'],
    ['code-cycle', 'd'],
  ])
})

describe('values and corrections', () => {
  const VARIABLE = { id: 'v', name: 'Staff', type: 'number', categories: '', rank: 0, createdAt: 0 }
  const value = (what: Partial<Value> = {}): Value => {
    const id = valueIdOf(what.reportId ?? R1, what.variable ?? 'place')
    const place = { reportId: R1, variable: 'place', start: 0, end: 4 } as const
    return { id, value: 'x', origin: 'read', ...place, ...what }
  }
  const correction = (what: Partial<Correction> = {}): Correction => ({
    id: 'k' as Correction['id'],
    reportId: R1,
    kind: 'split',
    level: 0,
    start: 4,
    end: 4,
    createdAt: 0,
    ...what,
  })
  const foundIn = async (rows: readonly TableRow[]) => {
    const state = await codedProject()
    for (const row of rows) putRow(state, row)
    return findingsOf(state).map(({ kind, severity, id }) => [kind, severity, id])
  }
  const CATEGORY = { ...VARIABLE, id: 'w', type: 'category', categories: 'low\nhigh' }
  const VALUE_ROWS: TableRow[] = [
    { table: 'variables', row: VARIABLE as Variable },
    { table: 'variables', row: CATEGORY as Variable },
  ]

  it('that are in order have no findings', async () => {
    const own = value({ variable: 'v' as VariableId, value: 4, start: null, end: null })
    const rows: TableRow[] = [
      { table: 'values', row: value({ start: 0, end: TEXT.length }) },
      { table: 'values', row: own },
      { table: 'values', row: value({ variable: 'w' as VariableId, value: 'high' }) },
      { table: 'corrections', row: correction({ start: TEXT.length, end: TEXT.length }) },
    ]
    expect(await foundIn([...VALUE_ROWS, ...rows])).toEqual([])
  })

  it.each<[string, TableRow, string]>([
    [
      'a report',
      { table: 'values', row: value({ reportId: NONE as ReportId }) },
      'value-report-missing',
    ],
    [
      'a variable',
      { table: 'values', row: value({ variable: NONE as VariableId }) },
      'value-variable-missing',
    ],
    [
      'a report',
      { table: 'corrections', row: correction({ reportId: NONE as ReportId }) },
      'correction-report-missing',
    ],
  ])('are found without %s', async (_, row, kind) => {
    expect(await foundIn([row])).toEqual([[kind, 'disorder', row.row.id]])
  })

  it.each<[Partial<Value>, string]>([
    [{ start: 0, end: TEXT.length + 1 }, 'evidence-outside'],
    [{ start: -1, end: 2 }, 'evidence-outside'],
    [{ start: 5, end: 4 }, 'evidence-outside'],
    [{ start: null, end: 4 }, 'evidence-outside'],
    [{ variable: 'year', value: 'x' }, 'value-type'],
    [{ variable: 'v' as VariableId, value: true }, 'value-type'],
    [{ variable: 'w' as VariableId, value: 'middling' }, 'value-type'],
  ])('are found with what cannot be: %j', async (what, kind) => {
    const row = { table: 'values', row: value(what) } as const
    expect(await foundIn([...VALUE_ROWS, row])).toEqual([[kind, 'disorder', row.row.id]])
  })

  it('are found in a set that names reports which are not there, once a set', async () => {
    const set = (id: string, members: string | null): TableRow => ({
      table: 'sets',
      row: { id: id as ReportSetId, name: id, members, rule: null, createdAt: 0 },
    })
    const rows = [set('a', `r1 ${NONE} elsewhere`), set('b', 'r1 r2'), set('c', null)]
    const state = await codedProject()
    for (const row of rows) putRow(state, row)
    expect(findingsOf(state)).toMatchObject([
      { kind: 'set-report-missing', severity: 'disorder', about: 'a', details: { missing: 2 } },
    ])
  })

  it('are found where the text has no such place', async () => {
    const row = correction({ start: TEXT.length + 1, end: TEXT.length + 1 })
    expect(await foundIn([{ table: 'corrections', row }])).toEqual([
      ['correction-outside', 'disorder', 'k'],
    ])
  })
})
