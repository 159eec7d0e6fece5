import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import type { RefusalReason } from '../../shared/commands/command'
import { HOST_REASONS } from '../../shared/host'
import { EDIT_LABELS } from '../../shared/journal/edit'

// A reason without a line here, or a line without a reason, does not compile.
const REFUSALS: Record<RefusalReason, true> = {
  'code-missing': true,
  'report-missing': true,
  'annotation-missing': true,
  'coder-missing': true,
  'passage-outside': true,
  'name-empty': true,
  'name-too-long': true,
  'move-into-itself': true,
  'batch-coded': true,
  'reports-coded': true,
  'batch-missing': true,
  overtaken: true,
  'text-twice': true,
  'import-since': true,
  'others-step': true,
  'variable-missing': true,
  'value-missing': true,
  'values-refused': true,
  'too-many-values': true,
  'name-taken': true,
  'categories-refused': true,
  'correction-missing': true,
  'set-missing': true,
  'set-by-rule': true,
}

const texts = { zh: textsIn(zh), en: textsIn(en) }

describe('the two languages', () => {
  it('have the same keys, whatever plurals each of them needs', () => {
    expect(keysOf(texts.zh)).toEqual(keysOf(texts.en))
  })

  it('put the same values into each text', () => {
    const { zh: zhNames, en: enNames } = { zh: namesOf(texts.zh), en: namesOf(texts.en) }
    expect(zhNames).toEqual(enNames)
  })

  it('leave no text empty', () => {
    const empty = [...texts.zh, ...texts.en].filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })

  it('list the same areas in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })
})

describe('the texts and the program', () => {
  const known = keysOf(texts.zh)
  const { keys, patterns } = keysInSource()

  it('have no key that nothing uses', () => {
    const isUsed = (key: string) => keys.has(key) || patterns.some(pattern => pattern.test(key))
    expect(known.filter(key => !isUsed(key))).toEqual([])
  })

  it('use no key that is not there', () => {
    expect([...keys].filter(key => !known.includes(key))).toEqual([])
    expect(patterns.filter(pattern => !known.some(key => pattern.test(key)))).toEqual([])
  })
})

describe('the Chinese texts', () => {
  it('use full-width punctuation between Han characters', () => {
    const halfWidth = /[\p{Script=Han}”）}]\s*[,;?!:]|[,;?!:]\s*\p{Script=Han}|\p{Script=Han}\(/u
    expect(texts.zh.filter(([, text]) => halfWidth.test(text))).toEqual([])
  })
})

describe('words for what can go wrong', () => {
  const reasons = [...HOST_REASONS, ...Object.keys(REFUSALS), 'unexpected']

  it.each(reasons)('say for "%s" what happened, what is safe and what to do', reason => {
    const parts = ['what', 'safe', 'todo'].map(part => `errors.${reason}.${part}`)
    const known = texts.zh.map(([key]) => key)
    expect(parts.filter(part => !known.includes(part))).toEqual([])
  })
})

it('names every kind of edit, and no other', () => {
  const around = ['edits.about', 'edits.redo', 'edits.undo']
  const named = texts.zh.map(([key]) => key).filter(key => key.startsWith('edits.'))
  expect(named.sort()).toEqual([...EDIT_LABELS.map(label => `edits.${label}`), ...around].sort())
})

/** Every text with its full key, in the file's order. */
function textsIn(tree: object, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : textsIn(value as object, `${path}${key}.`),
  )
}

/**
 * What in the page's source looks like a key: strings as they are, and templates as patterns
 * in which each value stands for one part of a key.
 */
function keysInSource(): { keys: ReadonlySet<string>; patterns: readonly RegExp[] } {
  const root = join(import.meta.dirname, '../../renderer')
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path))
    .map(path => readFileSync(join(root, path), 'utf8'))
    .join('\n')
  const areas = Object.keys(zh).join('|')
  const literals = source.matchAll(new RegExp(`'((?:${areas})\\.[\\w.-]+)'`, 'g'))
  const templates = source.matchAll(new RegExp(`\`((?:${areas})\\.[^\`]+)\``, 'g'))
  return {
    keys: new Set([...literals].map(match => match[1]!)),
    patterns: [...templates].map(match => {
      const parts = match[1]!.split(/\$\{[^}]*\}/).map(part => part.replaceAll('.', '\\.'))
      return new RegExp(`^${parts.join('[^.]+')}$`)
    }),
  }
}

/** The keys as code uses them: one for all plural forms of a text. */
function keysOf(entries: readonly [string, string][]): string[] {
  return [...new Set(entries.map(([key]) => withoutPlural(key)))].sort()
}

/** What is put into each text, by key. */
function namesOf(entries: readonly [string, string][]): Record<string, string[]> {
  const names: Record<string, string[]> = {}
  for (const [key, text] of entries) {
    const inText = [...text.matchAll(/\{\{(\w+)/g)].map(match => match[1] ?? '')
    const all = [...(names[withoutPlural(key)] ?? []), ...inText]
    names[withoutPlural(key)] = [...new Set(all)].sort()
  }
  return names
}

function withoutPlural(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}
