import { expect, it } from 'vitest'
import { USAGE, wishOf } from '../../electron/cli/options'
import { failureWords, refusalWords, say, tongueOf, visibly } from '../../electron/cli/words'
import { DOCUMENT_PROBLEMS } from '../../shared/extract/document'
import { BINARY_KINDS, TEXT_PROBLEMS } from '../../shared/extract/text-file'
import { HOST_REASONS } from '../../shared/host'
import { OTHER_KINDS } from '../../shared/intake/document-kind'

const OURS = ['unreadable', 'link-outside', 'no-column'] as const

const READING = {
  encoding: null,
  mode: 'main',
  sheet: null,
  textColumn: null,
  titleColumn: null,
}

it.each([
  [
    'import a b --project p',
    {
      command: 'import',
      sources: ['a', 'b'],
      project: 'p',
      name: null,
      coder: null,
      reading: READING,
      isQuiet: false,
    },
  ],
  [
    'import --project=p --raw a --encoding big5 --text-column t --title-column n --sheet s -q',
    {
      command: 'import',
      sources: ['a'],
      project: 'p',
      name: null,
      coder: null,
      reading: { encoding: 'big5', mode: 'raw', sheet: 's', textColumn: 't', titleColumn: 'n' },
      isQuiet: true,
    },
  ],
  ['inspect p --json', { command: 'inspect', project: 'p', asJson: true }],
  ['inspect --project p', { command: 'inspect', project: 'p', asJson: false }],
  ['--help', { command: 'help' }],
  ['import --help', { command: 'help' }],
  ['help', { command: 'help' }],
  ['-V', { command: 'version' }],
])('understands %j', (line, wish) => {
  expect(wishOf(line.split(' '))).toEqual(wish)
})

it.each([
  '',
  'import',
  'import x',
  'import --project y',
  'import x --project',
  'import x --project y --json',
  'import x --project y --encoding klingon',
  'import x --project y --sideways',
  'import x --project y --project z',
  'import x --project y --text-column a --text-column=b',
  'inspect',
  'inspect a b',
  'inspect a --project b',
  'inspect a --raw',
  'publish a',
])('says what is wrong with %j, in both languages', line => {
  const wish = wishOf(line === '' ? [] : line.split(' '))
  if (wish.command !== 'wrong') throw new Error(wish.command)
  expect(wish.why.en).toMatch(/\.$/)
  expect(wish.why.zh).toMatch(/\u3002$/)
})

it('names every option in both languages', () => {
  const options = (text: string) => [...new Set(text.match(/--[a-z-]+/g))].sort()
  expect(options(USAGE.en)).toEqual(options(USAGE.zh))
  expect(options(USAGE.en)).toContain('--title-column')
})

it('has words for everything that can be wrong with a file', () => {
  for (const problem of [...DOCUMENT_PROBLEMS, ...TEXT_PROBLEMS, ...OURS]) {
    const words = refusalWords({ problem, details: {} })
    expect(words.en).toMatch(/^[a-z\d]/)
    expect(words.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(say(words, 'both')).not.toContain('undefined')
  }
})

it('names in Chinese what a file is, and the row in which it is damaged', () => {
  for (const kind of [...BINARY_KINDS, ...OTHER_KINDS]) {
    const { zh } = refusalWords({ problem: 'unsupported', details: { kind } })
    expect(zh).not.toContain(`\uff08${kind}\uff09`)
  }
  const { zh } = refusalWords({ problem: 'damaged', details: { where: 'row 4' } })
  expect(zh).toContain('\uff08\u7b2c 4 \u884c\uff09')
})

it('shows signs that a terminal would obey as their numbers', () => {
  expect(visibly('a\u001b[2J\u202eb\u8bcd\n')).toBe('a\\u001b[2J\\u202eb\u8bcd\\u000a')
})

it('has words for everything that can be wrong with a project, and names the details', () => {
  for (const reason of HOST_REASONS) {
    const { en, zh } = failureWords(reason, { pid: 7, machine: '' })
    expect(en).toMatch(/ \(process 7\)$/)
    expect(zh).toMatch(/\uff08\u8fdb\u7a0b 7\uff09$/)
  }
})

it.each([
  [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
  [{ LANG: 'de_DE.UTF-8' }, 'en'],
  [{ LANG: 'de_DE.UTF-8', LC_ALL: 'zh_TW' }, 'zh'],
  [{ LANG: 'zh_CN.UTF-8', LC_MESSAGES: 'C' }, 'both'],
  [{ LANG: 'C.UTF-8' }, 'both'],
  [{}, 'both'],
])('under %j speaks %s', (env, tongue) => {
  expect(tongueOf(env)).toBe(tongue)
})
