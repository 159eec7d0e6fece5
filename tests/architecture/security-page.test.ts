import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync('SECURITY.md', 'utf8')
const cited = [...page.matchAll(/`(tests\/[\w./-]+)` › "([^"]+)"/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}))

it.each(cited)('SECURITY.md rests on $file › $name, which runs', ({ file, name }) => {
  expect(runs(existsSync(file) ? readFileSync(file, 'utf8') : '', name)).toBe(true)
})

it('takes no test for one that runs which is skipped, in a comment or only mentioned', () => {
  for (const source of [
    "it('a', () => {})",
    "  test('a', async () => {})",
    "it.each([\n  1,\n  2,\n])(\n  'a',",
    "it.each(LIST)('a', x => {})",
  ]) {
    expect([source, runs(source, 'a')]).toEqual([source, true])
  }
  for (const source of [
    "it.skip('a', () => {})",
    "it.skipIf(isRoot)('a', () => {})",
    "it.todo('a')",
    "it.each([1])('b', () => {})\nit.skip('a', () => {})",
    "it.each([1])('b', () => {})\nit.skip.each([1])('a', () => {})",
    "// it('a', () => {})",
    "/*\nit('a', () => {})\n*/",
    "const name = 'a'",
    "describe.skip('b', () => {\n  it('a', () => {})\n})",
    "it('a and more', () => {})",
  ]) {
    expect([source, runs(source, 'a')]).toEqual([source, false])
  }
})

it('has the twenty rows of the checklist in order, each with a test', () => {
  const rows = [...page.matchAll(/^\| (\d+) \|.*$/gm)]
  expect(rows.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
  expect(rows.filter(([row]) => !/`tests\/[^`]+` › "[^"]+" *(\||;)/.test(row))).toEqual([])
})

it('names no file that is not there', () => {
  const named = [...page.matchAll(/`((?:electron|tests)\/[\w./-]+)`/g)].map(([, file]) => file!)
  expect(named.filter(file => !existsSync(file))).toEqual([])
})

/** Whether a source has a test of that name that runs whenever the file does. */
function runs(source: string, name: string): boolean {
  if (/\bdescribe\.(skip|todo)/.test(source)) return false
  const code = source.replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const table = String.raw`\.each\((?:(?!\n\s*(?:it|test)\b)[\s\S])*?\)`
  return new RegExp(String.raw`^[ \t]*(?:it|test)(?:${table})?\(\s*'${quoted}'`, 'm').test(code)
}
