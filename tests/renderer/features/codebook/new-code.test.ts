import { describe, expect, it } from 'vitest'
import { addSuitedCode, takeName } from '../../../../renderer/features/codebook/new-code'
import { freshProject } from '../../../support/project'

/** A field to type into, whose saves are answered by hand, in the order in which they came. */
function typing() {
  let value = ''
  const asked: string[] = []
  const lost: string[] = []
  const answers: ((isMade: boolean) => void)[] = []
  const field = {
    read: () => value,
    write: (name: string) => {
      value = name
    },
  }
  const save = (name: string) => {
    asked.push(name)
    return new Promise<boolean>(resolve => answers.push(resolve))
  }
  const enter = (name: string) => {
    value = name
    return takeName(field, { save, tellLost: name => lost.push(name) })
  }
  return { field, asked, lost, answers, enter }
}

describe('typing codes in quick succession', () => {
  it('saves every name and keeps what is typed while one is saved', async () => {
    const { field, asked, answers, enter } = typing()
    const first = enter('a')
    expect(field.read()).toBe('')
    const second = enter('b')
    field.write('c')
    for (const answer of answers) answer(true)
    await Promise.all([first, second])
    expect(asked).toEqual(['a', 'b'])
    expect(field.read()).toBe('c')
  })

  it('puts a refused name back into the empty field', async () => {
    const { field, lost, answers, enter } = typing()
    const entered = enter('a')
    answers[0]?.(false)
    await entered
    expect(field.read()).toBe('a')
    expect(lost).toEqual([])
  })

  it('tells which name was refused when the field is taken', async () => {
    const { field, lost, answers, enter } = typing()
    const entered = enter('a ')
    field.write('b')
    answers[0]?.(false)
    await entered
    expect(field.read()).toBe('b')
    expect(lost).toEqual(['a'])
  })

  it('saves nothing for blanks', async () => {
    const { field, asked, enter } = typing()
    await enter(' ')
    expect(asked).toEqual([])
    expect(field.read()).toBe(' ')
  })
})

it('colours each code by those that are there when its turn comes', async () => {
  const project = await freshProject()
  const names = ['x', 'y', 'z']
  for (const name of names) await project.run(addSuitedCode(name, null))
  const made = (await project.reader.codes()).filter(({ name }) => names.includes(name))
  expect(new Set(made.map(({ color }) => color)).size).toBe(3)
})
