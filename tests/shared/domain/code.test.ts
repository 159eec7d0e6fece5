import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  branchOf,
  type Code,
  type CodeNode,
  canMove,
  codePath,
  codeTree,
  inCodebookOrder,
  MAX_CODE_DEPTH,
  PATH_SEPARATOR,
} from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { codeOf } from '../../support/codes'

const idOf = (id: string) => id as CodeId
const namesOf = (codes: readonly Code[]) => codes.map(code => code.name)

/** Codes whose parents are anything: another code, themselves, nobody, somebody missing. */
const anyCodes = fc.integer({ min: 0, max: 8 }).chain(count =>
  fc.tuple(
    ...Array.from({ length: count }, (_, i) =>
      fc
        .record({
          parent: fc.option(fc.integer({ min: 0, max: 9 })),
          rank: fc.integer({ min: 0, max: 3 }),
        })
        .map(({ parent, rank }) =>
          codeOf(`c${i}`, { rank, parentId: parent === null ? null : idOf(`c${parent}`) }),
        ),
    ),
  ),
)

describe('the codebook as a tree', () => {
  it('puts siblings in the order of their ranks, and children after their parent', () => {
    const codes = [
      codeOf('b', { rank: 2 }),
      codeOf('a2', { rank: 2, parentId: idOf('a') }),
      codeOf('a', { rank: 1 }),
      codeOf('a1', { rank: 1, parentId: idOf('a') }),
    ]
    expect(namesOf(inCodebookOrder(codes))).toEqual(['a', 'a1', 'a2', 'b'])
  })

  it('settles equal ranks by id, whatever order the codes come in', () => {
    const codes = [codeOf('x'), codeOf('y'), codeOf('z')]
    expect(namesOf(inCodebookOrder([...codes].reverse()))).toEqual(['x', 'y', 'z'])
  })

  it('loses no code and doubles none, whatever the parents say', () => {
    fc.assert(
      fc.property(anyCodes, codes => {
        expect(namesOf(inCodebookOrder(codes)).sort()).toEqual(namesOf(codes).sort())
      }),
    )
  })

  it('does not depend on the order in which codes come', () => {
    fc.assert(
      fc.property(anyCodes, codes => {
        expect(inCodebookOrder([...codes].reverse())).toEqual(inCodebookOrder(codes))
      }),
    )
  })

  it('puts a code whose parent is missing at the top', () => {
    const [node] = codeTree([codeOf('a', { parentId: idOf('gone') })])
    expect(node?.depth).toBe(0)
  })

  it('puts the codes of a cycle at the top, and leaves what hangs on them where it is', () => {
    const tree = codeTree([
      codeOf('a', { parentId: idOf('b') }),
      codeOf('b', { parentId: idOf('a') }),
      codeOf('c', { parentId: idOf('a') }),
    ])
    expect(tree.map(({ code, children }) => [code.name, children.length])).toEqual([
      ['a', 1],
      ['b', 0],
    ])
  })

  it('takes a code and everything below it for its branch', () => {
    const codes = [
      codeOf('a'),
      codeOf('b', { parentId: idOf('a') }),
      codeOf('c', { parentId: idOf('b') }),
      codeOf('d'),
    ]
    expect(namesOf(branchOf(codes, idOf('a')))).toEqual(['a', 'b', 'c'])
    expect(branchOf(codes, idOf('nobody'))).toEqual([])
  })
})

describe('moving', () => {
  const codes = [codeOf('a'), codeOf('b', { parentId: idOf('a') }), codeOf('c')]

  it('is allowed to the top and under codes that are not below', () => {
    expect(canMove(codes, idOf('b'), null)).toBe(true)
    expect(canMove(codes, idOf('a'), idOf('c'))).toBe(true)
  })

  it('is not allowed under the code itself, under its own children or under nobody', () => {
    expect(canMove(codes, idOf('a'), idOf('a'))).toBe(false)
    expect(canMove(codes, idOf('a'), idOf('b'))).toBe(false)
    expect(canMove(codes, idOf('a'), idOf('nobody'))).toBe(false)
  })
})

describe("a code's path", () => {
  /** The path of a chain of codes with these names. */
  const pathOf = (names: readonly string[]) => {
    const codes = names.map((name, i) =>
      codeOf(`c${i}`, { name, parentId: i === 0 ? null : idOf(`c${i - 1}`) }),
    )
    return codePath(new Map(codes.map(code => [code.id, code])), idOf(`c${names.length - 1}`))
  }
  const namesIn = (path: string) =>
    path.split(PATH_SEPARATOR).map(part => part.replace(/\\(.)/g, '$1'))

  it('lists the names from the top', () => {
    expect(pathOf(['Law', 'Review', 'Appeal'])).toBe('Law / Review / Appeal')
  })

  it.each([
    [['a / b', 'c'], 'a \\/ b / c'],
    [['a/b', 'c'], 'a/b / c'],
    [['a\\', 'b'], 'a\\\\ / b'],
    [['a /', 'b'], 'a \\/ / b'],
    [['/', '/'], '\\/ / \\/'],
  ])('escapes what would read as a separator: %j', (names, path) => {
    expect(pathOf(names)).toBe(path)
  })

  it('can be taken apart again, whatever the names are', () => {
    const name = fc
      .array(fc.constantFrom('a', ' ', '/', '\\', '码'), { minLength: 1, maxLength: 8 })
      .map(units => units.join(''))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), names => {
        expect(namesIn(pathOf(names))).toEqual(names)
      }),
    )
  })

  it('ends at a cycle', () => {
    const codes = [codeOf('a', { parentId: idOf('b') }), codeOf('b', { parentId: idOf('a') })]
    expect(codePath(new Map(codes.map(code => [code.id, code])), idOf('a'))).toBe('b / a')
  })
})

it('keeps a chain of thousands of codes readable: what is too deep stands at the top', () => {
  const chain = Array.from({ length: 3_000 }, (_, i) =>
    codeOf(`c${i}`, { parentId: i === 0 ? null : idOf(`c${i - 1}`) }),
  )
  const listed = inCodebookOrder(chain)
  expect(new Set(listed.map(({ id }) => id)).size).toBe(chain.length)
  const depthOf = (nodes: CodeNode['children']): number =>
    nodes.length === 0 ? 0 : 1 + Math.max(...nodes.map(({ children }) => depthOf(children)))
  expect(depthOf(codeTree(chain))).toBe(MAX_CODE_DEPTH + 1)
})
