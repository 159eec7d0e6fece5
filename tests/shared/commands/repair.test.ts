import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignCode } from '../../../shared/commands/annotate'
import { describeCode } from '../../../shared/commands/codebook'
import type { Actor } from '../../../shared/commands/command'
import { isRepairable, repair } from '../../../shared/commands/repair'
import { stateReader } from '../../../shared/commands/state-reader'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type { CodeId, CoderId, ReportId, ReportSetId, VariableId } from '../../../shared/domain/id'
import type { Correction } from '../../../shared/domain/structure'
import { type Value, type VariableKey, valueIdOf } from '../../../shared/domain/variable'
import { type Finding, rowFindings, textFindings } from '../../../shared/journal/check'
import { invert } from '../../../shared/journal/edit'
import { rowsIn } from '../../../shared/journal/rows'
import { fold, type ProjectState, putRow } from '../../../shared/journal/state'
import { BATCH, foldAll, freshProject, passageOf, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId
const NONE = 'nowhere'
const NAMES = { code: 'Unknown code', coder: 'Unknown coder' }

function findingsOf(state: ProjectState): Finding[] {
  const read = { text: TEXT, chars: TEXT.length }
  return [
    ...rowFindings(state),
    ...[...state.reports.values()].flatMap(report => textFindings(state, report, read)),
  ]
}

/** A project with two annotations in its first report, and a way to repair it. */
async function codedProject() {
  const project = await freshProject()
  await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
  await project.run(assignCode(passageOf(R1, 5, 15), project.codes[1]))
  const state = foldAll(project.journal)
  return {
    state,
    codes: [...state.codes.values()] as [Code, Code, Code],
    annotation: [...state.annotations.get(R1)!.values()][0]!,
    repair: (findings = findingsOf(state)) => repaired(state, findings, project.actor),
  }
}

async function repaired(state: ProjectState, findings: readonly Finding[], actor: Actor) {
  const edit = await repair(findings, NAMES)(stateReader(state), actor)
  const stamp = { seq: state.seq + 1, at: 0, coderId: actor.coderId }
  fold(state, { ...edit, kind: 'do', of: null, ...stamp })
  return edit
}

function put(state: ProjectState, annotation: Annotation): void {
  const items = state.annotations.get(annotation.reportId) ?? new Map()
  state.annotations.set(annotation.reportId, items.set(annotation.id, annotation))
}

describe('repairing', () => {
  it('takes reports that are not there out of a set, and leaves the others in', async () => {
    const { state, repair } = await codedProject()
    const set = { id: 's' as ReportSetId, name: 'North', rule: null, createdAt: 0 }
    putRow(state, { table: 'sets', row: { ...set, members: `r1 ${NONE} r2` } })
    await repair()
    expect(state.sets.get(set.id)).toEqual({ ...set, members: 'r1 r2' })
    expect(findingsOf(state)).toEqual([])
  })

  it('keeps an annotation whose code is gone, under a new code in that place', async () => {
    const { state, annotation, repair } = await codedProject()
    put(state, { ...annotation, codeId: NONE as CodeId })
    await repair()
    expect(state.codes.get(NONE as CodeId)).toMatchObject({ name: 'Unknown code', parentId: null })
    expect(state.annotations.get(R1)?.size).toBe(2)
    expect(findingsOf(state)).toEqual([])
  })

  it('keeps an annotation whose coder is gone, under a new coder in that place', async () => {
    const { state, annotation, repair } = await codedProject()
    put(state, { ...annotation, coderId: NONE as CoderId })
    await repair()
    expect(state.coders.get(NONE as CoderId)?.name).toBe('Unknown coder')
    expect(findingsOf(state)).toEqual([])
  })

  it('takes out an annotation whose report is gone', async () => {
    const { state, annotation, repair } = await codedProject()
    state.annotations.get(R1)!.delete(annotation.id)
    put(state, { ...annotation, reportId: NONE as ReportId })
    const { changes } = await repair()
    expect(changes).toMatchObject([{ table: 'annotations', id: annotation.id, after: null }])
    expect(findingsOf(state)).toEqual([])
  })

  it('opens a ring of codes at one place and leaves the rest hanging together', async () => {
    const { state, codes, repair } = await codedProject()
    const [a, b, c] = codes
    state.codes.set(a.id, { ...a, parentId: c.id })
    state.codes.set(b.id, { ...b, parentId: a.id })
    state.codes.set(c.id, { ...c, parentId: b.id })
    const { changes } = await repair()
    expect(changes.map(({ id }) => id)).toEqual([a.id])
    expect(state.codes.get(c.id)?.parentId).toBe(b.id)
    expect(findingsOf(state)).toEqual([])
  })

  it('puts right two faults of one code in one change', async () => {
    const { state, codes, repair } = await codedProject()
    const [a, , c] = codes
    state.codes.set(c.id, { ...c, parentId: NONE as CodeId, digit: a.digit })
    const { changes } = await repair()
    expect(changes).toHaveLength(1)
    expect(state.codes.get(c.id)).toMatchObject({ parentId: null, digit: null })
  })

  it('makes the import that reports speak of, and corrects what they say of their texts', async () => {
    const { state, repair } = await codedProject()
    state.batches.clear()
    state.reports.set(R1, { ...state.reports.get(R1)!, chars: 7 })
    await repair()
    expect(state.batches.get(BATCH.id)).toMatchObject({ imported: 3 })
    expect(findingsOf(state)).toEqual([])
  })

  it('does nothing about what has been put right since', async () => {
    const { state, codes, repair } = await codedProject()
    const [a, , c] = codes
    state.codes.set(c.id, { ...c, parentId: NONE as CodeId, digit: a.digit })
    const findings = findingsOf(state)
    state.codes.set(c.id, c)
    expect((await repair(findings)).changes).toEqual([])
  })

  it('leaves a quote that differs to a person', async () => {
    const { state, annotation, repair } = await codedProject()
    put(state, { ...annotation, quote: 'Sand' })
    expect(findingsOf(state).filter(isRepairable)).toEqual([])
    expect((await repair()).changes).toEqual([])
  })

  it('is one edit that a researcher can undo', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    // Tampered with in both places, as a project that came from elsewhere may be.
    const { changes } = await project.plan(describeCode(b, { name: 'b' }))
    expect(changes).toEqual([])
    await project.db.codes.update(b, { digit: 1 })
    const rows = await project.rows()
    const findings: Finding[] = [
      {
        kind: 'digit-shared',
        severity: 'disorder',
        table: 'codes',
        id: b,
        reportId: null,
        about: 'b',
        details: { digit: 1, other: 'a' },
      },
    ]
    expect((await project.run(repair(findings, NAMES)))?.kind).toBe('do')
    expect((await project.reader.code(b))?.digit).toBeNull()
    expect((await project.reader.code(a))?.digit).toBe(1)
    await project.undo()
    expect((await project.rows()).codes).toEqual(rows.codes)
  })
})

it('leaves nothing that it could repair, however many faults there are at once', async () => {
  const whole = await codedProject()
  const { codes, annotation } = whole
  const actor: Actor = { coderId: 'me' as CoderId, now: () => 0, newId: () => 'new' }
  const faults = fc.array(fc.record({ how: fc.nat(11), which: fc.nat(8), to: fc.nat(8) }), {
    minLength: 1,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(faults, async faults => {
      const state = structuredClone(whole.state)
      for (const [i, { how, which, to }] of faults.entries()) {
        const code = state.codes.get(codes[which % 3]!.id)!
        const other = codes[to % 3]!
        const extra = { ...annotation, id: `x${i}` as Annotation['id'] }
        if (how === 0) state.codes.set(code.id, { ...code, parentId: other.id })
        if (how === 1) state.codes.set(code.id, { ...code, parentId: `p${to}` as CodeId })
        if (how === 2) state.codes.set(code.id, { ...code, digit: (to % 2) + 1 })
        if (how === 3) put(state, { ...extra, codeId: `c${to}` as CodeId })
        if (how === 4) put(state, { ...extra, coderId: `p${to}` as CoderId })
        if (how === 5) put(state, { ...extra, reportId: `r${to + 10}` as ReportId })
        if (how === 6) state.batches.clear()
        const id = `r${to + 10}` as ReportId
        if (how === 7) putRow(state, { table: 'values', row: valueAt(id) })
        if (how === 8) putRow(state, { table: 'values', row: valueAt(R1, `v${to}` as VariableId) })
        if (how === 9) putRow(state, { table: 'values', row: { ...valueAt(R1), end: 1000 } })
        if (how === 10) putRow(state, { table: 'corrections', row: correctionAt(id, i) })
        if (how === 11) {
          putRow(state, { table: 'corrections', row: { ...correctionAt(R1, i), start: -1 } })
        }
      }
      const before = [...rowsIn(state)]
      const { changes } = await repaired(state, findingsOf(state), actor)
      expect(findingsOf(state).filter(isRepairable)).toEqual([])
      expect(new Set(changes.map(({ table, id }) => `${table}/${id}`)).size).toBe(changes.length)
      const undo = { label: 'repair', about: '', at: 0, coderId: 'me' as CoderId } as const
      const seq = state.seq + 1
      fold(state, { kind: 'undo', of: state.seq, changes: invert(changes), seq, ...undo })
      expect([...rowsIn(state)]).toEqual(before)
    }),
    { numRuns: 500 },
  )
})

function valueAt(reportId: ReportId, variable: VariableKey = 'place'): Value {
  const id = valueIdOf(reportId, variable)
  return { id, reportId, variable, value: 'x', origin: 'read', start: 0, end: 4 }
}

function correctionAt(reportId: ReportId, n: number): Correction {
  const id = `k${n}` as Correction['id']
  return { id, reportId, kind: 'split', level: 0, start: 4, end: 4, createdAt: 0 }
}
