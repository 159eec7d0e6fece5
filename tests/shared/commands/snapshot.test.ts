import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEntry } from '../../../renderer/data/commit'
import { historyNow } from '../../../renderer/data/history'
import { assignCode, removeAnnotation } from '../../../shared/commands/annotate'
import { addCode, deleteCode, describeCode, moveCode } from '../../../shared/commands/codebook'
import { type Command, Refusal } from '../../../shared/commands/command'
import { joinAsCoder, removeImport, renameReport } from '../../../shared/commands/library'
import { saveSet } from '../../../shared/commands/sets'
import { restoreSnapshot } from '../../../shared/commands/snapshot'
import { stateReader } from '../../../shared/commands/state-reader'
import { addVariable, setValue } from '../../../shared/commands/variables'
import type { AnnotationId, CoderId, ReportId } from '../../../shared/domain/id'
import { TABLE_NAMES } from '../../../shared/journal/edit'
import { changesBetween, rowsIn, type TableRow } from '../../../shared/journal/rows'
import {
  BATCH,
  contentOf,
  type FreshProject,
  foldAll,
  freshProject,
  passageOf,
} from '../../support/project'

/** Every row that the project has now, as a snapshot would keep it. */
function snapshotOf({ journal }: FreshProject): TableRow[] {
  return structuredClone([...rowsIn(foldAll(journal))])
}

type Wish = (project: FreshProject, n: number) => Promise<Command | 'undo' | 'redo'>

const reportOf = (n: number) => `r${1 + (n % 3)}` as ReportId

const WISHES: readonly Wish[] = [
  async ({ reader }, n) => {
    const codes = await reader.codes()
    const code = codes[n % Math.max(1, codes.length)]?.id ?? ('none' as never)
    return assignCode(passageOf(reportOf(n), n % 5, 6 + (n % 7)), code)
  },
  async ({ reader }, n) => {
    const present = await reader.annotationsIn(reportOf(n))
    const id = present[n % Math.max(1, present.length)]?.id ?? ('none' as AnnotationId)
    return removeAnnotation(reportOf(n), id)
  },
  async (_, n) => addCode({ name: `new ${n % 4}`, color: '#123456', parentId: null }),
  async ({ reader }, n) => {
    const codes = await reader.codes()
    const code = codes[n % Math.max(1, codes.length)]?.id ?? ('none' as never)
    return describeCode(code, { name: `named ${n % 3}` })
  },
  async ({ reader }, n) => {
    const codes = await reader.codes()
    const [a, b] = [
      codes[n % Math.max(1, codes.length)],
      codes[(n + 1) % Math.max(1, codes.length)],
    ]
    return moveCode(a?.id ?? ('none' as never), b?.id ?? null, null)
  },
  async ({ reader }, n) => {
    const codes = await reader.codes()
    const code = codes[n % Math.max(1, codes.length)]?.id ?? ('none' as never)
    return deleteCode(code, null)
  },
  async (_, n) => renameReport(reportOf(n), `title ${n % 3}`),
  async () => removeImport(BATCH.id),
  async () => 'undo',
  async () => 'redo',
]

const SOME = fc.array(fc.tuple(fc.nat(WISHES.length - 1), fc.nat(40)), { maxLength: 12 })

async function grant(project: FreshProject, wishes: readonly (readonly [number, number])[]) {
  for (const [which, n] of wishes) {
    const wanted = await WISHES[which]!(project, n)
    if (wanted === 'undo') await project.undo()
    else if (wanted === 'redo') await project.redo()
    else {
      await project.run(wanted).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
      })
    }
  }
}

describe('restoring a snapshot', () => {
  it('gives the rows of the snapshot, and Undo those of before, whatever was done between', async () => {
    await fc.assert(
      fc.asyncProperty(SOME, SOME, async (first, second) => {
        const project = await freshProject()
        await grant(project, first)
        const wanted = contentOf(await project.rows())
        const snapshot = snapshotOf(project)
        await grant(project, second)
        const before = contentOf(await project.rows())

        const entry = await project.run(
          restoreSnapshot('then', { rows: snapshot, tables: TABLE_NAMES }),
        )
        expect(contentOf(await project.rows())).toEqual(wanted)
        expect(await project.rows()).toEqual(project.folded())
        if (entry) {
          await project.undo()
          expect(contentOf(await project.rows())).toEqual(before)
          expect(await project.rows()).toEqual(project.folded())
          await project.redo()
          expect(contentOf(await project.rows())).toEqual(wanted)
        } else expect(before).toEqual(wanted)
        await project.db.delete()
      }),
      { numRuns: 25 },
    )
  })

  it('is one edit that names the snapshot, and nothing at all when nothing differs', async () => {
    const project = await freshProject()
    const snapshot = snapshotOf(project)
    expect(
      await project.run(restoreSnapshot('then', { rows: snapshot, tables: TABLE_NAMES })),
    ).toBeNull()
    await project.run(deleteCode(project.codes[0], null))
    const length = project.journal.length
    await project.run(restoreSnapshot('then', { rows: snapshot, tables: TABLE_NAMES }))
    expect(project.journal.slice(length)).toMatchObject([
      { kind: 'do', label: 'restoreSnapshot', about: 'then', changes: [{ table: 'codes' }] },
    ])
  })

  it('plans the same from the working copy and from the folded journal', async () => {
    const project = await freshProject()
    const snapshot = snapshotOf(project)
    await project.run(assignCode(passageOf(reportOf(0), 0, 4), project.codes[0]))
    await project.run(deleteCode(project.codes[1], null))
    const state = foldAll(project.journal)
    const folded = await restoreSnapshot('', { rows: snapshot, tables: TABLE_NAMES })(
      stateReader(state),
      project.actor,
    )
    const copied = await project.plan(restoreSnapshot('', { rows: snapshot, tables: TABLE_NAMES }))
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
    expect([...folded.changes].sort(byId)).toEqual([...copied.changes].sort(byId))
    expect([...copied.changes].sort(byId)).toEqual(
      changesBetween(rowsIn(state), snapshot).sort(byId),
    )
  })

  it('leaves the coders who have joined since', async () => {
    const project = await freshProject()
    const snapshot = snapshotOf(project)
    const other = { ...project.actor, coderId: 'other' as CoderId }
    await project.runnerOn(project.db, other).run(joinAsCoder('Other'))
    expect(
      await project.run(restoreSnapshot('', { rows: snapshot, tables: TABLE_NAMES })),
    ).toBeNull()
    expect(await project.reader.coder('other' as CoderId)).toMatchObject({ name: 'Other' })
  })

  it('leaves what stands in tables of which an earlier version knew nothing', async () => {
    const project = await freshProject()
    const tables = ['coders', 'codes', 'batches', 'reports', 'annotations'] as const
    const rows = snapshotOf(project).filter(({ table }) => tables.some(each => each === table))
    await project.run(addVariable({ name: 'size', type: 'number', categories: [] }))
    const [variable] = await project.reader.variables()
    await project.run(setValue([reportOf(0)], variable!.id, 7))
    await project.run(deleteCode(project.codes[0], null))

    const entry = await project.run(restoreSnapshot('then', { rows, tables }))
    expect(entry).toMatchObject({ changes: [{ table: 'codes' }] })
    expect(await project.reader.variables()).toEqual([variable])
    expect(await project.reader.valuesOf([reportOf(0)])).toMatchObject([{ value: 7 }])
  })

  it('leaves sets that an earlier version knew nothing of, without the reports that go', async () => {
    const project = await freshProject()
    const tables = ['coders', 'codes', 'batches', 'reports', 'annotations'] as const
    const rows = snapshotOf(project).filter(({ row }) => row.id !== 'r1')
    await project.run(saveSet({ name: 'North', members: ['r1', 'r2'] as ReportId[] }))
    await project.run(restoreSnapshot('then', { rows, tables }))
    expect(await project.reader.sets()).toMatchObject([{ name: 'North', members: 'r2' }])
    expect(await project.reader.report('r1' as ReportId)).toBeNull()
  })

  it('brings reports back though their texts came in again in others, which go', async () => {
    const project = await freshProject()
    const snapshot = snapshotOf(project)
    const wanted = contentOf(await project.rows())
    await project.run(removeImport(BATCH.id))
    const batch = { ...BATCH, id: 'later' as typeof BATCH.id }
    const reports = project.reports.map(each => ({
      ...each,
      id: `again ${each.id}` as ReportId,
      batchId: batch.id,
    }))
    const entry = { kind: 'import', batch, reports, variables: [], values: [], at: 0 } as const
    const by = { coderId: project.actor.coderId }
    const { seq } = await project.append({ ...entry, ...by })
    await applyEntry(project.db, { ...entry, ...by, seq })
    const before = contentOf(await project.rows())
    await project.run(restoreSnapshot('', { rows: snapshot, tables: TABLE_NAMES }))
    expect(contentOf(await project.rows())).toEqual(wanted)
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('is undone and redone after the project was opened again', async () => {
    const project = await freshProject()
    const snapshot = snapshotOf(project)
    await project.run(deleteCode(project.codes[0], null))
    await project.run(restoreSnapshot('then', { rows: snapshot, tables: TABLE_NAMES }))
    project.db.close()
    await project.db.open()
    const runner = project.runnerOn(project.db)
    expect((await historyNow(project.db)).undo).toMatchObject({ label: 'restoreSnapshot' })
    await runner.undo()
    expect(await project.reader.codes()).toHaveLength(2)
    await runner.redo()
    expect(await project.reader.codes()).toHaveLength(3)
  })
})
