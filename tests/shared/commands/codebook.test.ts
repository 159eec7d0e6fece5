import { describe, expect, it } from 'vitest'
import { assignCode } from '../../../shared/commands/annotate'
import {
  addCode,
  deleteCode,
  describeCode,
  type LoadedCode,
  loadCodebook,
  moveCode,
  previewDeletion,
  setDigit,
} from '../../../shared/commands/codebook'
import { Refusal } from '../../../shared/commands/command'
import { codePath } from '../../../shared/domain/code'
import type { CodeId, CoderId, ReportId } from '../../../shared/domain/id'
import { codeOf } from '../../support/codes'
import { type FreshProject, freshProject, passageOf } from '../../support/project'

const R1 = 'r1' as ReportId
const R2 = 'r2' as ReportId
const NOBODY = 'nobody' as CodeId

const draft = { name: 'x', color: '#112233', parentId: null }

/** The codebook as paths, in its order. */
async function pathsOf({ reader }: FreshProject): Promise<string[]> {
  const codes = await reader.codes()
  const byId = new Map(codes.map(code => [code.id, code]))
  return codes.map(({ id }) => codePath(byId, id))
}

/** Who has which number key. */
async function digitsOf({ reader }: FreshProject) {
  return Object.fromEntries((await reader.codes()).map(({ name, digit }) => [name, digit]))
}

describe('adding a code', () => {
  it('puts it last among its siblings', async () => {
    const project = await freshProject()
    await project.run(addCode({ ...draft, name: 'd' }))
    await project.run(addCode({ ...draft, name: 'a1', parentId: project.codes[0] }))
    await project.run(addCode({ ...draft, name: 'a2', parentId: project.codes[0] }))
    expect(await pathsOf(project)).toEqual(['a', 'a / a1', 'a / a2', 'b', 'c', 'd'])
  })

  it('gives it the lowest number key that is free, and none when all are taken', async () => {
    const project = await freshProject({ codeNames: [...'abcdefghij'] })
    expect(Object.values(await digitsOf(project))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, null])
    await project.run(setDigit(project.codes[1], null))
    await project.run(addCode(draft))
    expect((await digitsOf(project)).x).toBe(2)
  })

  it('refuses no name, too long a name and a parent that is not there', async () => {
    const { run } = await freshProject()
    await expect(run(addCode({ ...draft, name: ' ' }))).rejects.toEqual(new Refusal('name-empty'))
    await expect(run(addCode({ ...draft, name: 'x'.repeat(201) }))).rejects.toEqual(
      new Refusal('name-too-long'),
    )
    await expect(run(addCode({ ...draft, parentId: NOBODY }))).rejects.toEqual(
      new Refusal('code-missing'),
    )
  })
})

describe('describing a code', () => {
  it('changes what is said and leaves the rest', async () => {
    const project = await freshProject()
    const before = await project.reader.code(project.codes[0])
    await project.run(describeCode(project.codes[0], { definition: 'D', example: 'E' }))
    expect(await project.reader.code(project.codes[0])).toEqual({
      ...before,
      definition: 'D',
      example: 'E',
    })
  })

  it.each([
    [{ name: 'z' }, 'renameCode'],
    [{ color: '#000000' }, 'recolorCode'],
    [{ definition: 'D' }, 'describeCode'],
    [{ name: 'z', color: '#000000' }, 'describeCode'],
  ])('is called by what it does: %j', async (description, label) => {
    const project = await freshProject()
    expect(await project.plan(describeCode(project.codes[0], description))).toMatchObject({ label })
  })

  it('does nothing when all is as it was, spaces aside', async () => {
    const project = await freshProject()
    expect(await project.run(describeCode(project.codes[0], { name: ' a ' }))).toBeNull()
  })

  it('refuses an empty name and a code that is gone', async () => {
    const { run, codes } = await freshProject()
    await expect(run(describeCode(codes[0], { name: '' }))).rejects.toEqual(
      new Refusal('name-empty'),
    )
    await expect(run(describeCode(NOBODY, {}))).rejects.toEqual(new Refusal('code-missing'))
  })
})

describe('moving a code', () => {
  it('puts it before another one, or last', async () => {
    const project = await freshProject()
    const [a, b, c] = project.codes
    await project.run(moveCode(c, null, a))
    expect(await pathsOf(project)).toEqual(['c', 'a', 'b'])
    await project.run(moveCode(c, null, b))
    expect(await pathsOf(project)).toEqual(['a', 'c', 'b'])
    await project.run(moveCode(a, null, null))
    expect(await pathsOf(project)).toEqual(['c', 'b', 'a'])
  })

  it('takes along what is below it', async () => {
    const project = await freshProject()
    const [a, b, c] = project.codes
    await project.run(moveCode(b, a, null))
    await project.run(moveCode(a, c, null))
    expect(await pathsOf(project)).toEqual(['c', 'c / a', 'c / a / b'])
  })

  it('changes one row where there is room between two ranks', async () => {
    const project = await freshProject()
    const [a, , c] = project.codes
    expect((await project.plan(moveCode(c, null, a))).changes).toHaveLength(1)
  })

  it('does nothing when the code stands there already', async () => {
    const project = await freshProject()
    const [a, b, c] = project.codes
    expect(await project.run(moveCode(a, null, b))).toBeNull()
    expect(await project.run(moveCode(c, null, null))).toBeNull()
  })

  it('keeps the order even when ranks have come as close as numbers can', async () => {
    const project = await freshProject()
    const order = [...project.codes]
    for (let i = 0; i < 200; i++) {
      // The last goes between the first two, over and over: each time half the room is left.
      const [first, second, last] = order as [CodeId, CodeId, CodeId]
      await project.run(moveCode(last, null, second))
      order.splice(0, 3, first, last, second)
      expect((await project.reader.codes()).map(({ id }) => id)).toEqual(order)
    }
  })

  it('numbers the siblings anew when their ranks are the same', async () => {
    const project = await freshProject({ codeNames: [] })
    await project.db.codes.bulkPut(['a', 'b', 'c'].map(id => codeOf(id, { rank: 1 })))
    await project.run(moveCode('c' as CodeId, null, 'b' as CodeId))
    expect(await pathsOf(project)).toEqual(['a', 'c', 'b'])
  })

  it('writes no row that stays the same when it numbers anew', async () => {
    const project = await freshProject({ codeNames: [] })
    await project.db.codes.bulkPut(['a', 'b', 'c'].map(id => codeOf(id, { rank: 2 })))
    const { changes } = await project.plan(moveCode('c' as CodeId, null, 'b' as CodeId))
    expect(changes.map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('refuses to move a code into itself or below itself', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    await project.run(moveCode(b, a, null))
    const refusal = new Refusal('move-into-itself')
    await expect(project.run(moveCode(a, a, null))).rejects.toEqual(refusal)
    await expect(project.run(moveCode(a, b, null))).rejects.toEqual(refusal)
  })
})

describe('setting a number key', () => {
  it('takes it from the code that had it', async () => {
    const project = await freshProject()
    await project.run(setDigit(project.codes[2], 1))
    expect(await digitsOf(project)).toEqual({ a: null, b: 2, c: 1 })
  })

  it('is one edit, so that undoing gives both keys back', async () => {
    const project = await freshProject()
    await project.run(setDigit(project.codes[2], 1))
    await project.undo()
    expect(await digitsOf(project)).toEqual({ a: 1, b: 2, c: 3 })
  })

  it('can free a key, and does nothing when nothing changes', async () => {
    const project = await freshProject()
    await project.run(setDigit(project.codes[0], null))
    expect(await digitsOf(project)).toEqual({ a: null, b: 2, c: 3 })
    expect(await project.run(setDigit(project.codes[0], null))).toBeNull()
    expect(await project.run(setDigit(project.codes[1], 2))).toBeNull()
  })
})

describe('deleting a code', () => {
  /** `b` below `a`; `a` on two passages, `b` on one of them and in another report, `c` on one. */
  async function codedProject() {
    const project = await freshProject()
    const [a, b, c] = project.codes
    await project.run(moveCode(b, a, null))
    await project.run(assignCode(passageOf(R1, 0, 4), a))
    await project.run(assignCode(passageOf(R1, 5, 9), a))
    await project.run(assignCode(passageOf(R1, 0, 4), b))
    await project.run(assignCode(passageOf(R2, 0, 4), b))
    await project.run(assignCode(passageOf(R1, 5, 9), c))
    return project
  }
  const placesOf = async ({ rows }: FreshProject) =>
    (await rows()).annotations.map(({ reportId, start, codeId }) => [reportId, start, codeId])

  it('takes everything below it and all annotations along', async () => {
    const project = await codedProject()
    await project.run(deleteCode(project.codes[0], null))
    expect(await pathsOf(project)).toEqual(['c'])
    expect(await placesOf(project)).toEqual([[R1, 5, project.codes[2]]])
  })

  it('hands the annotations to an heir, and doubles none', async () => {
    const project = await codedProject()
    const [a, , c] = project.codes
    await project.run(deleteCode(a, c))
    expect(new Set((await placesOf(project)).map(String))).toEqual(
      new Set([`${R1},0,${c}`, `${R1},5,${c}`, `${R2},0,${c}`]),
    )
    expect(await placesOf(project)).toHaveLength(3)
  })

  it('keeps what another coder said of the same passage', async () => {
    const project = await freshProject()
    const [a, , c] = project.codes
    const you = project.runnerOn(project.db, { ...project.actor, coderId: 'you' as CoderId })
    await project.run(assignCode(passageOf(R1, 0, 4), c))
    await you.run(assignCode(passageOf(R1, 0, 4), a))
    await project.run(deleteCode(a, c))
    expect((await project.rows()).annotations).toHaveLength(2)
  })

  it('says beforehand what goes', async () => {
    const project = await codedProject()
    const preview = await previewDeletion(project.reader, project.codes[0])
    expect({ ...preview, codes: preview.codes.map(code => code.name) }).toEqual({
      codes: ['a', 'b'],
      annotations: 4,
      reports: 2,
    })
  })

  it('refuses a code that is gone, and an heir that is gone or goes too', async () => {
    const project = await codedProject()
    const [a, b] = project.codes
    const refusal = new Refusal('code-missing')
    await expect(project.run(deleteCode(NOBODY, null))).rejects.toEqual(refusal)
    await expect(project.run(deleteCode(a, NOBODY))).rejects.toEqual(refusal)
    await expect(project.run(deleteCode(a, b))).rejects.toEqual(refusal)
    await expect(project.run(deleteCode(a, a))).rejects.toEqual(refusal)
  })
})

describe('loading a codebook', () => {
  const loaded = (key: string, parentKey: string | null, name = key): LoadedCode => ({
    key,
    parentKey,
    name,
    color: '#112233',
  })

  it('adds its tree below what is there, in its own order', async () => {
    const project = await freshProject({ codeNames: ['z'] })
    const book = [loaded('B', null), loaded('B1', 'B'), loaded('A', null), loaded('B2', 'B')]
    await project.run(loadCodebook('Book', book))
    expect(await pathsOf(project)).toEqual(['z', 'B', 'B / B1', 'B / B2', 'A'])
  })

  it('joins what stands at the same path and leaves that as it is', async () => {
    const project = await freshProject()
    const before = await project.reader.code(project.codes[0])
    await project.run(loadCodebook('Book', [loaded('K', null, ' a '), loaded('K1', 'K', 'new')]))
    expect(await pathsOf(project)).toEqual(['a', 'a / new', 'b', 'c'])
    expect(await project.reader.code(project.codes[0])).toEqual(before)
  })

  it('does nothing the second time', async () => {
    const project = await freshProject()
    const book = [loaded('A', null), loaded('A1', 'A'), loaded('A2', 'A')]
    await project.run(loadCodebook('Book', book))
    expect(await project.run(loadCodebook('Book', book))).toBeNull()
  })

  it('tells the same name at another place from one that is there', async () => {
    const project = await freshProject()
    await project.run(loadCodebook('Book', [loaded('P', null), loaded('P1', 'P', 'a')]))
    expect(await pathsOf(project)).toEqual(['a', 'b', 'c', 'P', 'P / a'])
  })

  it('gives the free number keys to codes at the top', async () => {
    const project = await freshProject()
    await project.run(
      loadCodebook('Book', [loaded('P', null), loaded('P1', 'P'), loaded('Q', null)]),
    )
    expect(await digitsOf(project)).toEqual({ a: 1, b: 2, c: 3, P: 4, P1: null, Q: 5 })
  })

  it('is one edit, so that one undo takes it all away', async () => {
    const project = await freshProject()
    await project.run(loadCodebook('Book', [loaded('P', null), loaded('P1', 'P')]))
    await project.undo()
    expect(await pathsOf(project)).toEqual(['a', 'b', 'c'])
  })
})
