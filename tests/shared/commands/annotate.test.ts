import { describe, expect, it } from 'vitest'
import {
  assignCode,
  assignCodeToAll,
  assignNewCode,
  removeAnnotation,
} from '../../../shared/commands/annotate'
import { Refusal } from '../../../shared/commands/command'
import type { AnnotationId, CodeId, CoderId, ReportId } from '../../../shared/domain/id'
import { contentOf, freshProject, passageOf, TEXT } from '../../support/project'

const R1 = 'r1' as ReportId

describe('assigning a code', () => {
  it('adds one annotation with the passage, the coder and the time', async () => {
    const project = await freshProject()
    const passage = passageOf(R1, 5, 20)
    const { label, about, changes } = await project.plan(assignCode(passage, project.codes[0]))
    const [change] = changes
    expect([label, about, changes.length, change?.before]).toEqual(['assignCode', 'a', 1, null])
    expect(change?.after).toEqual({
      ...passage,
      id: change?.id,
      codeId: project.codes[0],
      coderId: 'me',
      memo: '',
      createdAt: expect.any(Number),
    })
  })

  it('keeps nothing of a passage but its place and its quote', async () => {
    const project = await freshProject()
    const passage = { ...passageOf(R1, 5, 20), isPicked: true }
    const { changes } = await project.plan(assignCode(passage, project.codes[0]))
    expect(changes[0]?.after).not.toHaveProperty('isPicked')
  })

  it('does nothing when this coder has given this passage this code already', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 5, 20), project.codes[0]))
    expect(await project.run(assignCode(passageOf(R1, 5, 20), project.codes[0]))).toBeNull()
    expect(project.journal.filter(entry => entry.kind === 'do')).toHaveLength(5)
  })

  it('lets another coder, another code and another passage have their own annotation', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    const other = project.runnerOn(project.db, { ...project.actor, coderId: 'you' as CoderId })
    await project.run(assignCode(passageOf(R1, 5, 20), a))
    await project.run(assignCode(passageOf(R1, 5, 20), b))
    await project.run(assignCode(passageOf(R1, 5, 21), a))
    await other.run(assignCode(passageOf(R1, 5, 20), a))
    expect((await project.rows()).annotations).toHaveLength(4)
  })

  it.each([
    ['is empty', passageOf(R1, 5, 5)],
    ['ends before it begins', { ...passageOf(R1, 5, 9), start: 9, end: 5 }],
    ['begins before the text', { ...passageOf(R1, 0, 4), start: -1, end: 3 }],
    ['ends behind the text', { ...passageOf(R1, 0, 4), start: TEXT.length, end: TEXT.length + 4 }],
    ['quotes more than it spans', { ...passageOf(R1, 0, 4), quote: 'Wind in' }],
    ['has no place', { ...passageOf(R1, 0, 4), start: Number.NaN }],
  ])('refuses a passage that %s', async (_, passage) => {
    const project = await freshProject()
    await expect(project.run(assignCode(passage, project.codes[0]))).rejects.toEqual(
      new Refusal('passage-outside'),
    )
  })

  it('takes a passage that covers the whole text', async () => {
    const project = await freshProject()
    const whole = passageOf(R1, 0, TEXT.length)
    expect(await project.run(assignCode(whole, project.codes[0]))).not.toBeNull()
  })

  it('refuses a code and a report that are not there', async () => {
    const project = await freshProject()
    const unknown = assignCode(passageOf(R1, 0, 4), 'nobody' as CodeId)
    await expect(project.run(unknown)).rejects.toEqual(new Refusal('code-missing'))
    const nowhere = assignCode(passageOf('nowhere' as ReportId, 0, 4), project.codes[0])
    await expect(project.run(nowhere)).rejects.toEqual(new Refusal('report-missing'))
  })
})

describe('removing an annotation', () => {
  it('takes away that one and no other', async () => {
    const project = await freshProject()
    const [a, b] = project.codes
    await project.run(assignCode(passageOf(R1, 5, 20), a))
    await project.run(assignCode(passageOf(R1, 5, 20), b))
    const [first, second] = await project.reader.annotationsIn(R1)
    await project.run(removeAnnotation(R1, first!.id))
    expect(await project.reader.annotationsIn(R1)).toEqual([second])
  })

  it('refuses one that is gone', async () => {
    const project = await freshProject()
    await expect(project.run(removeAnnotation(R1, 'gone' as AnnotationId))).rejects.toEqual(
      new Refusal('annotation-missing'),
    )
  })
})

describe('making a code for a passage', () => {
  it('adds code and annotation as one step, which is undone as one', async () => {
    const project = await freshProject()
    const before = contentOf(await project.rows())
    const passage = passageOf(R1, 5, 20)
    const command = assignNewCode(passage, { name: ' New \n code ', parentId: null })
    const { label, about, changes } = await project.plan(command)
    expect([label, about]).toEqual(['assignCode', 'New code'])
    expect(changes.map(({ table }) => table)).toEqual(['codes', 'annotations'])
    expect(changes[1]?.after).toMatchObject({ ...passage, codeId: changes[0]?.id })
    await project.run(command)
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('applies the code that has that name there already', async () => {
    const project = await freshProject()
    const wish = { name: 'a', parentId: null }
    const { changes } = await project.plan(assignNewCode(passageOf(R1, 5, 20), wish))
    expect(changes.map(({ table }) => table)).toEqual(['annotations'])
    expect(changes[0]?.after).toMatchObject({ codeId: project.codes[0] })
  })

  it('makes no code where the passage or the name is refused', async () => {
    const project = await freshProject()
    const outside = { ...passageOf(R1, 5, 20), end: 1_000_000 }
    const plan = (passage: typeof outside, name: string) =>
      project.run(assignNewCode(passage, { name, parentId: null }))
    await expect(plan(outside, 'New')).rejects.toEqual(new Refusal('passage-outside'))
    await expect(plan(passageOf(R1, 5, 20), ' ')).rejects.toEqual(new Refusal('name-empty'))
  })
})

describe('coding many passages', () => {
  it('is one step, and leaves out what has the code already or stands twice', async () => {
    const project = await freshProject()
    await project.run(assignCode(passageOf(R1, 5, 20), project.codes[0]))
    const before = contentOf(await project.rows())
    const passages = [
      [5, 20],
      [0, 4],
      [0, 4],
      [21, 25],
    ].map(([start, end]) => passageOf(R1, start!, end!))
    const { changes } = await project.plan(assignCodeToAll(passages, project.codes[0]))
    const places = changes.map(({ after }) => after && 'start' in after && [after.start, after.end])
    expect(places).toEqual([
      [0, 4],
      [21, 25],
    ])
    await project.run(assignCodeToAll(passages, project.codes[0]))
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('codes none where one is refused', async () => {
    const project = await freshProject()
    const outside = { ...passageOf(R1, 5, 20), end: 1_000_000 }
    const all = [passageOf(R1, 0, 4), outside]
    await expect(project.run(assignCodeToAll(all, project.codes[0]))).rejects.toEqual(
      new Refusal('passage-outside'),
    )
    await expect(project.run(assignCodeToAll(all, 'no' as CodeId))).rejects.toEqual(
      new Refusal('code-missing'),
    )
    expect(await project.run(assignCodeToAll([], project.codes[0]))).toBeNull()
  })
})
