import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEntry, CopyFailed, commit, metaOf, StaleEdit } from '../../../renderer/data/commit'
import { ProjectDb } from '../../../renderer/data/database'
import { historyNow, undo } from '../../../renderer/data/history'
import { assignCode, removeAnnotation } from '../../../shared/commands/annotate'
import {
  addCode,
  deleteCode,
  describeCode,
  loadCodebook,
  moveCode,
  setDigit,
} from '../../../shared/commands/codebook'
import { type Command, Refusal } from '../../../shared/commands/command'
import { removeImport, renameReport } from '../../../shared/commands/library'
import type { CodeId, CoderId, ReportId } from '../../../shared/domain/id'
import { type Change, sameRow } from '../../../shared/journal/edit'
import { type EditEntry, UNDO_REACH } from '../../../shared/journal/history'
import { BATCH, contentOf, type FreshProject, freshProject, passageOf } from '../../support/project'

const R1 = 'r1' as ReportId

/** Something that a researcher may do; numbers pick among what is there at that moment. */
type Wish = (project: FreshProject) => Promise<Command | 'undo' | 'redo'>

const PICK = fc.nat(20)
const NAMES = fc.constantFrom('a', 'b', 'new', 'x / y', '码')

async function pickCode({ reader }: FreshProject, n: number): Promise<CodeId> {
  const codes = await reader.codes()
  return codes[n % Math.max(1, codes.length)]?.id ?? ('none' as CodeId)
}

async function pickCodeOrNone(project: FreshProject, n: number): Promise<CodeId | null> {
  return n % 3 === 0 ? null : pickCode(project, n)
}

const WISHES: fc.Arbitrary<Wish> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(PICK, PICK, PICK).map(([code, report, at]): Wish => {
      return async project => {
        const passage = passageOf(`r${1 + (report % 3)}` as ReportId, at % 4, 4 + (at % 5))
        return assignCode(passage, await pickCode(project, code))
      }
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(PICK, PICK).map(([report, n]): Wish => {
      return async ({ reader }) => {
        const reportId = `r${1 + (report % 3)}` as ReportId
        const present = await reader.annotationsIn(reportId)
        const one = present[n % Math.max(1, present.length)]
        return one ? removeAnnotation(reportId, one.id) : 'undo'
      }
    }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(NAMES, PICK).map(
      ([name, parent]): Wish =>
        async project =>
          addCode({ name, color: '#123456', parentId: await pickCodeOrNone(project, parent) }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(PICK, NAMES).map(
      ([code, name]): Wish =>
        async project =>
          describeCode(await pickCode(project, code), { name, definition: name }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(PICK, PICK, PICK).map(
      ([code, parent, before]): Wish =>
        async project =>
          moveCode(
            await pickCode(project, code),
            await pickCodeOrNone(project, parent),
            await pickCodeOrNone(project, before),
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(PICK, fc.option(fc.integer({ min: 1, max: 9 }))).map(
      ([code, digit]): Wish =>
        async project =>
          setDigit(await pickCode(project, code), digit),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(PICK, PICK).map(
      ([code, heir]): Wish =>
        async project =>
          deleteCode(await pickCode(project, code), await pickCodeOrNone(project, heir)),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Wish>(async () => loadCodebook('Book', BOOK)) },
  {
    weight: 1,
    arbitrary: NAMES.map(
      (title): Wish =>
        async () =>
          renameReport(R1, title),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Wish>(async () => removeImport(BATCH.id)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Wish>(
      async () => 'undo',
      async () => 'redo',
    ),
  },
)

const BOOK = [
  { key: 'A', parentKey: null, name: 'a', color: '#111111' },
  { key: 'A1', parentKey: 'A', name: 'new', color: '#222222' },
]

/** Does what is wished, and takes a refusal for an answer. */
async function grant(project: FreshProject, wish: Wish): Promise<void> {
  const wanted = await wish(project)
  if (wanted === 'undo') await project.undo()
  else if (wanted === 'redo') await project.redo()
  else {
    await project.run(wanted).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  }
}

describe('any sequence of commands, with undo and redo in between', () => {
  it('leaves the working copy as the folded journal, tallies as a recount, at every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(WISHES, { maxLength: 14 }), async wishes => {
        const project = await freshProject()
        for (const wish of wishes) {
          await grant(project, wish)
          expect(await project.rows()).toEqual(project.folded())
        }
        await project.db.delete()
      }),
      { numRuns: 60 },
    )
  })

  it('returns to the start when all is undone and to the end when all is redone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(WISHES, { maxLength: 14 }), async wishes => {
        const project = await freshProject({ codeNames: [] })
        const start = contentOf(await project.rows())
        for (const wish of wishes) await grant(project, wish)
        // What was undone on the way is part of the end, too.
        while (await project.redo());
        const end = contentOf(await project.rows())
        while (await project.undo());
        expect(contentOf(await project.rows())).toEqual(start)
        while (await project.redo());
        expect(contentOf(await project.rows())).toEqual(end)
        await project.db.delete()
      }),
      { numRuns: 60 },
    )
  })
})

describe('undo and redo', () => {
  it('have nothing to do in a new project, joining and importing aside', async () => {
    const project = await freshProject({ codeNames: [] })
    expect(await historyNow(project.db)).toEqual({ undo: null, redo: null })
    expect([await project.undo(), await project.redo()]).toEqual([null, null])
  })

  it('name the edit that they would act on', async () => {
    const project = await freshProject()
    await project.run(describeCode(project.codes[0], { name: 'z' }))
    expect((await historyNow(project.db)).undo).toMatchObject({ label: 'renameCode', about: 'z' })
    await project.undo()
    expect((await historyNow(project.db)).redo).toMatchObject({ label: 'renameCode', about: 'z' })
  })

  it('undo two edits when asked twice at once', async () => {
    const project = await freshProject()
    await Promise.all([project.undo(), project.undo()])
    expect((await project.reader.codes()).map(({ name }) => name)).toEqual(['a'])
  })

  it('never take back, nor do again, what a colleague did', async () => {
    const project = await freshProject()
    const colleague = project.runnerOn(project.db, { ...project.actor, coderId: 'li' as CoderId })
    await expect(colleague.undo()).rejects.toMatchObject({ reason: 'others-step' })
    await project.undo()
    await expect(colleague.redo()).rejects.toMatchObject({ reason: 'others-step' })
    await project.redo()
    await colleague.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    await expect(project.undo()).rejects.toMatchObject({ reason: 'others-step' })
    expect(await colleague.undo()).toMatchObject({ kind: 'undo', coderId: 'li' })
  })

  it('forget what was undone once something new is done', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    await project.undo()
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[1]))
    expect((await historyNow(project.db)).redo).toBeNull()
  })

  it('write what they change into the journal, and which edit they mean', async () => {
    const project = await freshProject()
    const done = await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    const undone = await project.undo()
    const redone = await project.redo()
    expect(project.journal.slice(-2)).toEqual([undone, redone])
    expect([undone, redone]).toMatchObject([
      { kind: 'undo', of: done?.seq },
      { kind: 'redo', of: done?.seq },
    ])
  })

  it('survive closing and opening again', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    await project.run(assignCode(passageOf(R1, 5, 9), project.codes[0]))
    await project.undo()
    project.db.close()

    const again = new ProjectDb(project.db.name)
    const runner = project.runnerOn(again)
    await runner.redo()
    expect((await again.annotations.get(R1))?.items).toHaveLength(2)
    await runner.undo()
    await runner.undo()
    expect(await again.annotations.get(R1)).toBeUndefined()
  })

  it('reach back so many edits, and drop the rows of older ones', async () => {
    const project = await freshProject({ codeNames: ['a'] })
    const [a] = project.codes
    // The history as it is after very many edits, without making them all.
    const { seq } = await metaOf(project.db)
    const done = Array.from({ length: UNDO_REACH }, (_, i) => seq - UNDO_REACH + 1 + i)
    const [template] = await project.db.undoable.toArray()
    await project.db.undoable.bulkPut(done.map(each => ({ ...template!, seq: each })))
    await project.db.meta.update('state', { history: { done, undone: [] } })

    await project.run(describeCode(a, { name: 'b' }))
    const { history, undoable } = await project.rows()
    expect(history.done).toEqual([...done.slice(1), seq + 1])
    expect(undoable).toEqual(history.done)
  })
})

describe('a stale edit', () => {
  /** An edit that expects code `a` to have another name than it has. */
  async function stale(project: FreshProject): Promise<EditEntry> {
    const { changes } = await project.plan(describeCode(project.codes[0], { name: 'late' }))
    await project.run(describeCode(project.codes[0], { name: 'early' }))
    return { kind: 'do', of: null, label: 'renameCode', about: '', changes }
  }
  const by = { at: 0, coderId: 'me' as CoderId }

  it('is refused, and neither journal nor working copy takes any of it', async () => {
    const project = await freshProject()
    const entry = await stale(project)
    const { changes } = await project.plan(assignCode(passageOf(R1, 0, 4), project.codes[1]))
    const mixed = { ...entry, changes: [...changes, ...entry.changes], ...by }
    const [rows, length] = [await project.rows(), project.journal.length]
    const error = await commit(project.db, project.append, mixed).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(StaleEdit)
    expect((error as StaleEdit).change).toEqual(entry.changes[0])
    expect([await project.rows(), project.journal.length]).toEqual([rows, length])
  })

  it('is also one that would add a row that is there, or remove one that is not', async () => {
    const project = await freshProject()
    const entry = await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
    const changes = entry?.kind === 'do' ? entry.changes : []
    const again = { kind: 'do', of: null, label: 'assignCode', about: '', changes, ...by } as const
    await expect(commit(project.db, project.append, again)).rejects.toThrow(StaleEdit)
    await project.undo()
    const gone: Change[] = changes.map(
      change => ({ ...change, before: change.after, after: null }) as Change,
    )
    await expect(commit(project.db, project.append, { ...again, changes: gone })).rejects.toThrow(
      StaleEdit,
    )
  })

  it('is an undo of what another window has changed since', async () => {
    const project = await freshProject()
    const [a] = project.codes
    await project.run(describeCode(a, { name: 'z' }))
    await project.db.codes.update(a, { color: '#000000' })
    await expect(undo(project.db, project.append, by)).rejects.toThrow(StaleEdit)
    const code = await project.reader.code(a)
    expect(sameRow(code, { ...code, name: 'z', color: '#000000' })).toBe(true)
  })
})

describe('a disk that refuses', () => {
  it('leaves the working copy alone', async () => {
    const project = await freshProject()
    const rows = await project.rows()
    const { label, about, changes } = await project.plan(setDigit(project.codes[0], 9))
    const entry = {
      kind: 'do',
      of: null,
      label,
      about,
      changes,
      at: 0,
      coderId: 'me' as CoderId,
    } as const
    const refuse = () => Promise.reject(new Error('disk full'))
    await expect(commit(project.db, refuse, entry)).rejects.toThrow('disk full')
    expect(await project.rows()).toEqual(rows)
  })
})

describe('an entry that is not the next one', () => {
  it('is not applied', async () => {
    const project = await freshProject()
    const rows = await project.rows()
    const last = project.journal.at(-1)!
    await expect(applyEntry(project.db, last)).rejects.toThrow(CopyFailed)
    await expect(applyEntry(project.db, { ...last, seq: last.seq + 2 })).rejects.toThrow(CopyFailed)
    expect(await project.rows()).toEqual(rows)
  })
})

it('refuses to bring back reports whose texts came in again meanwhile, and changes nothing', async () => {
  const project = await freshProject()
  await project.run(removeImport(BATCH.id))
  const [report] = project.reports
  const again = { ...report!, id: 'later' as ReportId }
  const batch = { ...BATCH, id: 'later' as typeof BATCH.id }
  const incoming = { batch, reports: [again], variables: [], values: [] }
  const entry = { kind: 'import', ...incoming, at: 0 } as const
  const { seq } = await project.append({ ...entry, coderId: project.actor.coderId })
  await applyEntry(project.db, { ...entry, seq, coderId: project.actor.coderId })
  const rows = await project.rows()
  await expect(project.undo()).rejects.toMatchObject({ reason: 'text-twice' })
  expect(await project.rows()).toEqual(rows)
})

it('does nothing more once the working copy could not take what is in the journal', async () => {
  const project = await freshProject()
  await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
  const length = project.journal.length
  await project.db.meta.update('state', { seq: length + 5 })
  const [first, second] = await Promise.allSettled([
    project.run(assignCode(passageOf(R1, 5, 9), project.codes[0])),
    project.undo(),
  ])
  expect(first).toMatchObject({ status: 'rejected', reason: { name: 'CopyFailed' } })
  expect(second).toMatchObject({ status: 'rejected', reason: { name: 'CopyFailed' } })
  expect(project.journal.length).toBe(length + 1)
})
