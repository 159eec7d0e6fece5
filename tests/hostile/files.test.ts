import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { problemWords } from '../../renderer/features/library/scan-words'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import {
  MAX_FILE_BYTES,
  MAX_REPORT_LENGTH,
  readTextFile,
  type TextProblem,
} from '../../shared/extract/text-file'

// Files that strangers send as reports and that are none, or that have been damaged. Each is
// refused for its own reason, with words in both languages that are kept in messages.txt to be
// read by people. What looks odd and is a text all the same is read, and stands further below.

const latin = (text: string) => Uint8Array.from(text, each => each.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const noise = (length: number) => {
  let state = 12345
  return Uint8Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state >>> 16
  })
}

const REFUSED: Readonly<Record<string, readonly [Uint8Array, TextProblem]>> = {
  'nothing at all': [new Uint8Array(), 'empty'],
  'white space of every kind': [utf8(' \t\r\n\u3000\u00a0\u2028\n'), 'empty'],
  'a byte order mark and no more': [latin('\xef\xbb\xbf'), 'empty'],
  'a Word file': [join(latin('PK\x03\x04\x14\0\x06\0'), noise(400)), 'binary'],
  'an empty zip': [join(latin('PK\x05\x06'), new Uint8Array(18)), 'binary'],
  'an old Word file': [join(latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), noise(400)), 'binary'],
  'a PDF with script': [
    latin('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'),
    'binary',
  ],
  'rich text': [latin('{\\rtf1\\ansi\\deff0 {\\field{\\*\\fldinst INCLUDEPICTURE}}}'), 'binary'],
  'a picture': [join(latin('\x89PNG\r\n\x1a\n'), noise(300)), 'binary'],
  'a photo': [join(latin('\xff\xd8\xff\xe0'), noise(300)), 'binary'],
  'a program for Windows': [join(latin('MZ\x90\0\x03\0\0\0'), new Uint8Array(120)), 'binary'],
  'a program for Linux': [join(latin('\x7fELF\x02\x01\x01\0'), noise(300)), 'binary'],
  'a compressed log': [join(latin('\x1f\x8b\x08\0'), noise(300)), 'binary'],
  'a database': [join(latin('SQLite format 3\0'), noise(300)), 'binary'],
  'a tape archive': [
    join(new Uint8Array(257), latin('ustar\x0000'), new Uint8Array(248)),
    'binary',
  ],
  'random bytes': [noise(4_000), 'binary'],
  'terminal output that is mostly escapes': [latin('\x1b\x07\x01'.repeat(300)), 'binary'],
  'a text with NUL in it': [latin('annual report\0hidden'), 'nul'],
  'UTF-32': [
    join(latin('\xff\xfe\0\0'), new Uint8Array(new Uint32Array([0x4f9d, 0x6cd5, 0x884c]).buffer)),
    'binary',
  ],
  'Chinese cut in the middle of a character': [
    utf8('\u4f9d\u6cd5\u884c\u653f\u3002'.repeat(60)).subarray(0, 896),
    'broken-characters',
  ],
  'Chinese with bytes lost': [
    join(utf8('\u5168\u9762\u63a8\u8fdb'.repeat(30)), latin('\xe4\xbe'), utf8('\u4f9d\u6cd5')),
    'broken-characters',
  ],
  'overlong forms that hide a slash': [
    join(utf8('\u4f9d\u6cd5\u884c\u653f'.repeat(30)), latin('\xc0\xaf\xe0\x80\xaf')),
    'broken-characters',
  ],
  'surrogates in UTF-8': [
    join(utf8('\u4f9d\u6cd5\u884c\u653f'.repeat(30)), latin('\xed\xa0\x80')),
    'broken-characters',
  ],
  'half a pair in UTF-16': [
    join(latin('\xff\xfe'), utf16(`\u4f9d\u6cd5\ud800\u884c`)),
    'broken-characters',
  ],
  'Japanese in Shift JIS': [
    latin(
      '\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x65\x83\x4c\x83\x58\x83\x67\x82\xc5\x82\xb7\x81\x42'.repeat(
        4,
      ),
    ),
    'unknown-encoding',
  ],
  'too many bytes': [new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61), 'too-large'],
  'too long a text': [new Uint8Array(MAX_REPORT_LENGTH + 1).fill(0x61), 'too-long'],
}

const words: Record<'zh' | 'en', TFunction> = {} as Record<'zh' | 'en', TFunction>

beforeAll(async () => {
  await i18next.init({ resources: { zh: { translation: zh }, en: { translation: en } } })
  words.zh = i18next.getFixedT('zh') as TFunction
  words.en = i18next.getFixedT('en') as TFunction
})

it.each(Object.entries(REFUSED))('refuses %s', (_name, [bytes, problem]) => {
  const before = bytes.slice(0, 1_000)
  expect(readTextFile(bytes)).toMatchObject({ ok: false, problem })
  expect(bytes.subarray(0, 1_000)).toEqual(before)
})

it('says why and what to do about each, in both languages', async () => {
  const lines: string[] = []
  for (const [name, [bytes]] of Object.entries(REFUSED)) {
    const file = readTextFile(bytes)
    if (file.ok) throw new Error(`${name} was read`)
    lines.push(name)
    for (const language of ['zh', 'en'] as const) {
      const number = (value: number) => value.toLocaleString(language)
      const { what, todo } = problemWords(words[language], file, number)
      for (const text of [what, todo]) {
        expect(text, name).not.toMatch(/\{\{|undefined|NaN|^import\./)
        expect(/\p{Script=Han}/u.test(text), text).toBe(language === 'zh')
      }
      lines.push(`  ${what} ${todo}`)
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('messages.txt')
})

const READ: Readonly<Record<string, Uint8Array>> = {
  'markup that would be a script': utf8('<script>alert(1)</script>'),
  'a marked override': utf8('safe \u202etxt.exe'),
  'nothing but zero-width marks and a word': utf8('\u200b\u200bword\u2060'),
  'ten thousand combining marks on a letter': utf8(`a${'\u0301'.repeat(10_000)}`),
  'a spreadsheet formula': utf8('=HYPERLINK("http://example.invalid","x")'),
  'one line of half a million characters': utf8('\u6cd5'.repeat(500_000)),
  'a million empty lines and a word': utf8(`${'\n'.repeat(1_000_000)}end`),
  'characters from the private planes': utf8('\ue000\u{f0000}\u{10fffd} text'),
  'lines that end in every way': utf8('a\rb\r\nc\nd\u2028e\u0085f'),
}

it.each(Object.entries(READ))('reads %s, and changes nothing in it', (_name, bytes) => {
  const file = readTextFile(bytes)
  expect(file).toMatchObject({ ok: true })
  if (file.ok) expect(utf8(file.text)).toEqual(bytes)
})
