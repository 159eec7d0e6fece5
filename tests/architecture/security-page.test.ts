import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const page = readFileSync('SECURITY.md', 'utf8')
const cited = [...page.matchAll(/`(tests\/[\w./-]+)` › "([^"]+)"/g)].map(([, file, name]) => ({
  file: file!,
  name: name!,
}))

it.each(cited)('SECURITY.md rests on $file › $name, which exists', ({ file, name }) => {
  const source = existsSync(file) ? readFileSync(file, 'utf8') : ''
  expect(source.includes(`'${name}'`)).toBe(true)
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
