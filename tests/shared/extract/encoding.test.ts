import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeText,
  detectEncoding,
  ENCODINGS,
  type EncodingLabel,
  obviousUtf8,
} from '../../../shared/extract/encoding'
import { encodeAs, encodeForeign, encodeLatin, joined } from '../../support/encode'

const SEEDS = fileURLToPath(new URL('../../../../shared/data/seeds', import.meta.url))
const hasSeeds = existsSync(SEEDS)
if (!hasSeeds) console.warn(`SKIPPED: no reports in ${SEEDS}, detection was not measured on them`)
const seeds = hasSeeds
  ? readdirSync(SEEDS).map(name => readFileSync(`${SEEDS}/${name}`, 'utf8'))
  : []

/** Written for these tests: government work, a court's ruling, news, and spoken Cantonese. */
const TRADITIONAL = [
  '本市依法行政工作報告指出\uff0c過去一年各機關積極推動法制建設\uff0c完成自治法規整理與審查\u3002全市共舉辦普法宣導活動二百餘場\uff0c參與民眾逾三萬人次\uff0c行政救濟案件較去年減少一成\u3002',
  '原告主張被告未依約履行義務\uff0c請求損害賠償\u3002本院審酌全部證據後認為\uff0c契約既經合法成立\uff0c當事人自應受其拘束\uff0c被告所辯無理由\uff0c爰判決如主文\u3002',
  '行政院昨日宣布\uff0c為因應極端氣候\uff0c將於臺灣各縣市設置防災中心\uff0c並補助偏鄉學校更新設備\u3002環境部官員說\uff0c相關經費已經編列\uff0c預計明年三月起陸續發放\u3002',
  '佢話呢個計劃唔係咁簡單\uff0c政府應該先同街坊傾清楚\uff0c點解要而家做\uff0c做完之後邊個負責\uff0c使幾多錢\uff0c大家都想知\u3002',
]

/** Written for these tests, away from the genre of the five reports. */
const SIMPLIFIED = [
  '昨天下午\uff0c一场大雨让城里的街道变成了小河\u3002住在三楼的老人说\uff0c她活了七十年\uff0c从来没有见过这么大的水\u3002孩子们却很高兴\uff0c把纸船放到门口\u3002',
  '当事人一方不履行合同义务或者履行合同义务不符合约定的\uff0c应当承担继续履行\u3001采取补救措施或者赔偿损失等违约责任\u3002',
  '记者从有关部门获悉\uff0c今年前三个季度全国粮食产量保持稳定\uff0c价格总体平稳\uff0c企业用电量同比增长\u3002',
]

const CHINESE = ['gb18030', 'utf-16le', 'utf-16be'] as const

/** Stretches of `length` characters from `count` places of each text, without white space. */
function cuts(texts: readonly string[], length: number, count: number): string[] {
  return texts.flatMap(text => {
    const characters = [...text.replace(/\s+/g, '')]
    const room = characters.length - length
    if (room < 0) return []
    const places = Array.from({ length: count }, (_, i) => Math.floor((room * i) / count))
    return places.map(at => characters.slice(at, at + length).join(''))
  })
}

/** How many samples are detected as what they are, and how many surely as something else. */
function score(samples: readonly string[], encoding: EncodingLabel) {
  const found = samples.map(text => detectEncoding(encodeAs(text, encoding)))
  return {
    hits: found.filter(detected => detected?.encoding === encoding).length / samples.length,
    wrong: found.filter(detected => detected?.sure && detected.encoding !== encoding).length,
  }
}

it.skipIf(!hasSeeds)('knows each whole report in each encoding, and is sure', () => {
  for (const encoding of ['utf-8', ...CHINESE] as const) {
    for (const text of seeds) {
      expect(detectEncoding(encodeAs(text, encoding))).toEqual({ encoding, sure: true })
    }
  }
})

it.skipIf(!hasSeeds)('knows the reports by stretches of ten characters and more', () => {
  for (const encoding of CHINESE) {
    for (const length of [10, 30, 100, 1000]) {
      const samples = cuts(seeds, length, 100).filter(text => /[^0-9A-Za-z]/.test(text))
      expect({ encoding, length, ...score(samples, encoding) }).toEqual({
        encoding,
        length,
        hits: 1,
        wrong: 0,
      })
    }
  }
})

it.skipIf(!hasSeeds)('knows the reports by four characters in 98 of 100 places', () => {
  for (const encoding of CHINESE) {
    const samples = cuts(seeds, 4, 400).filter(text => /[^ -~]/.test(text))
    const { hits, wrong } = score(samples, encoding)
    console.info(`four characters, ${encoding}: ${(hits * 100).toFixed(2)} % of ${samples.length}`)
    expect(hits).toBeGreaterThan(0.98)
    expect(wrong / samples.length).toBeLessThan(0.002)
  }
})

it('knows traditional Chinese in Big5 and in GBK, also by four characters', () => {
  for (const encoding of ['big5', ...CHINESE] as const) {
    for (const text of TRADITIONAL) {
      expect(detectEncoding(encodeAs(text, encoding))).toEqual({ encoding, sure: true })
    }
    expect(score(cuts(TRADITIONAL, 10, 60), encoding)).toEqual({ hits: 1, wrong: 0 })
    const short = score(cuts(TRADITIONAL, 4, 60), encoding)
    expect(short.hits).toBeGreaterThan(0.97)
    expect(short.wrong).toBe(0)
  }
})

it('knows simplified Chinese of other kinds', () => {
  for (const encoding of CHINESE) {
    for (const text of SIMPLIFIED) {
      expect(detectEncoding(encodeAs(text, encoding))).toEqual({ encoding, sure: true })
    }
    expect(score(cuts(SIMPLIFIED, 10, 60), encoding)).toEqual({ hits: 1, wrong: 0 })
    // Four characters may be eight printable ASCII bytes in UTF-16. Then nothing is sure.
    const short = score(cuts(SIMPLIFIED, 4, 60), encoding)
    expect(short.hits).toBeGreaterThan(0.95)
    expect(short.wrong).toBe(0)
  }
})

it('believes a byte order mark, but not one of UTF-32', () => {
  expect(detectEncoding(Uint8Array.of(0xef, 0xbb, 0xbf))).toEqual({
    encoding: 'utf-8-bom',
    sure: true,
  })
  expect(detectEncoding(Uint8Array.of(0xff, 0xfe, 0x2d, 0x4e))?.encoding).toBe('utf-16le')
  expect(detectEncoding(Uint8Array.of(0xfe, 0xff, 0x4e, 0x2d))?.encoding).toBe('utf-16be')
  expect(detectEncoding(encodeAs('\ufeff中', 'gb18030'))?.encoding).toBe('gb18030')
  expect(detectEncoding(Uint8Array.of(0xff, 0xfe, 0, 0, 0x2d, 0x4e, 0, 0))).toBeNull()
  expect(detectEncoding(Uint8Array.of(0, 0, 0xfe, 0xff, 0, 0, 0x4e, 0x2d))).toBeNull()
})

it('reads ASCII as UTF-8, even the famous sentence', () => {
  for (const text of ['', 'Bush hid the facts', 'a', '2024\r\n', 'x'.repeat(200_000)]) {
    expect(detectEncoding(encodeAs(text, 'utf-8'))).toEqual({ encoding: 'utf-8', sure: true })
  }
})

it('is not sure of an ASCII-only head, nor of letters that are as well Chinese in UTF-16', () => {
  expect(detectEncoding(encodeAs('Report', 'utf-8'), { partial: true })).toEqual({
    encoding: 'utf-8',
    sure: false,
  })
  const letters = encodeAs('水平健全', 'utf-16le')
  expect(letters.every(byte => byte >= 0x20 && byte < 0x7f)).toBe(true)
  expect(detectEncoding(letters)).toEqual({ encoding: 'utf-8', sure: false })
})

it.each([
  "L'hôtel est sûr, côté façade; où est le café ?",
  'Müller, größer, Straße – \u201cquoted\u201d',
  'sûr',
  'Правительство опубликовало доклад',
  'Η κυβέρνηση δημοσίευσε έκθεση',
  'これは日本語の文章です\u3002',
  '정부는 보고서를 발표하였다.',
  'emoji 🌾 only',
])('reads UTF-8 in other languages as UTF-8: %s', text => {
  expect(detectEncoding(encodeAs(text, 'utf-8'))).toEqual({ encoding: 'utf-8', sure: true })
})

it('forgives a character cut by the end of a head, wherever the cut is', () => {
  const bytes = encodeAs('报告指出\uff0c🌾农业é', 'utf-8')
  for (let end = 3; end <= bytes.length; end++) {
    const head = bytes.subarray(0, end)
    expect(detectEncoding(head, { partial: true })).toEqual({ encoding: 'utf-8', sure: true })
  }
  for (const encoding of CHINESE) {
    const cut = encodeAs('各部门要认真贯彻执行', encoding).subarray(0, 19)
    expect(detectEncoding(cut, { partial: true })).toEqual({ encoding, sure: true })
  }
})

it('takes damaged UTF-8 for UTF-8, but not surely', () => {
  const text = encodeAs('各部门要认真贯彻执行', 'utf-8')
  const damaged = { encoding: 'utf-8', sure: false }
  expect(detectEncoding(text.subarray(0, text.length - 1))).toEqual(damaged)
  expect(detectEncoding(joined(text, [0xff], text))).toEqual(damaged)
  expect(detectEncoding(joined(text, text, encodeAs('报告', 'gb18030')))).toEqual(damaged)
  // A head is forgiven its cut end, and nothing else.
  expect(detectEncoding(joined([0xff], text, [0xe6]), { partial: true })).toEqual(damaged)
})

it('rejects overlong forms, surrogates and code points that do not exist', () => {
  for (const bad of [
    [0xc0, 0xaf],
    [0xe0, 0x80, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
  ]) {
    expect(detectEncoding(joined(encodeAs('各部门认真贯彻执行各项规定', 'utf-8'), bad))?.sure).toBe(
      false,
    )
  }
})

it('agrees with a strict decoder on what valid UTF-8 is', () => {
  const piece = fc.constantFrom(
    [0x41],
    [0xc3],
    [0xa9],
    [0xe4],
    [0xb8],
    [0xed],
    [0xa0],
    [0xf0],
    [0x90],
    [0xf4],
    [0xe0],
    [0xe4, 0xb8, 0xad],
    [0xf0, 0x9f, 0x8c, 0xbe],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const bytes = joined([0xe4, 0xb8, 0xad], ...pieces)
      const isSure = detectEncoding(bytes)?.encoding === 'utf-8' && detectEncoding(bytes)?.sure
      expect(isSure).toBe(decodeText(bytes, 'utf-8').replaced === 0)
    }),
    { numRuns: 3000 },
  )
})

it('knows Latin text in UTF-16 without a mark', () => {
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = 'Annual report on the rule of law, 2024.\r\n'
    expect(detectEncoding(encodeAs(text, encoding))).toEqual({ encoding, sure: true })
    const mixed = '2024年法治政府建设\uff0c完成率95%\u3002'
    expect(detectEncoding(encodeAs(mixed, encoding))).toEqual({ encoding, sure: true })
  }
})

it.each([
  'Le caf\xe9 de la Paix a \xe9t\xe9 r\xe9nov\xe9 \xe0 c\xf4t\xe9 du th\xe9\xe2tre, pr\xe8s de l\x92\xe9glise.',
  'M\xfcller fuhr \xfcber die Br\xfccke; gr\xf6\xdfer, h\xf6her, weiter. Stra\xdfe',
  'El a\xf1o pasado la poblaci\xf3n creci\xf3 un 5 % seg\xfan el \xedndice.',
  '\xc9TAT G\xc9N\xc9RAL DE LA R\xc9PUBLIQUE',
  'Temperatures rose to 25\xb0C on average, \xa9 2024.',
  'The \x93rule of law\x94 report \x96 a summary',
])('does not make Chinese of Windows-1252: %s', text => {
  expect(detectEncoding(encodeLatin(text))).toBeNull()
})

it('is not sure of single Chinese characters between Latin letters', () => {
  expect(detectEncoding(encodeAs('a的b c是d e了f', 'gb18030'))).toEqual({
    encoding: 'gb18030',
    sure: false,
  })
})

it('does not claim Japanese and Korean encodings', () => {
  const japanese = 'これは日本語の文章です\u3002政府は新しい計画を発表した\u3002'
  const korean = '정부는 새로운 계획을 발표하였다. 이 보고서는 한국어로 작성되었다.'
  for (const bytes of [
    encodeForeign(japanese, 'shift_jis'),
    encodeForeign('東京都千代田区永田町', 'shift_jis'),
    encodeForeign(japanese, 'euc-jp'),
    encodeForeign(korean, 'euc-kr'),
    encodeForeign('대한민국 정부', 'euc-kr'),
  ]) {
    expect(detectEncoding(bytes)?.sure ?? false).toBe(false)
  }
})

it('does not claim random bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 40, maxLength: 400 }), bytes => {
      // fast-check likes small bytes, which are ASCII and NUL.
      const wild = bytes.map((byte, i) => (byte * 167 + i * 89 + 0x80) & 0xff)
      if (new Set(wild).size < 30) return
      // A byte order mark is a claim of the bytes' own.
      if (wild[0]! >= 0xef && [0xbb, 0xfe, 0xff].includes(wild[1]!)) return
      expect(detectEncoding(wild)?.sure ?? false).toBe(false)
    }),
    { numRuns: 2000 },
  )
})

it('finds Chinese that begins long after the first 64 KB', () => {
  for (const end of [0, 1]) {
    const ascii = encodeAs('a'.repeat(200_000 + end), 'utf-8')
    const bytes = joined(ascii, encodeAs('各部门要认真贯彻执行', 'gb18030'))
    expect(detectEncoding(bytes)).toEqual({ encoding: 'gb18030', sure: true })
  }
})

it('looks at thirty megabytes in little time', () => {
  const paragraph = encodeAs(`${SIMPLIFIED[1]}\n`, 'gb18030')
  const bytes = new Uint8Array(30 * 1024 * 1024)
  for (let at = 0; at < bytes.length; at += paragraph.length) {
    bytes.set(paragraph.subarray(0, bytes.length - at), at)
  }
  const started = performance.now()
  expect(detectEncoding(bytes)).toEqual({ encoding: 'gb18030', sure: true })
  expect(performance.now() - started).toBeLessThan(3_000)
})

it('decodes every character that an encoding has, without loss', () => {
  const anything = fc.string({ unit: 'binary' }).filter(text => !text.startsWith('\ufeff'))
  for (const encoding of ENCODINGS) {
    if (encoding === 'big5') continue
    fc.assert(
      fc.property(anything, text => {
        expect(decodeText(encodeAs(text, encoding), encoding)).toEqual({ text, replaced: 0 })
      }),
    )
  }
  for (const text of TRADITIONAL) {
    expect(decodeText(encodeAs(text, 'big5'), 'big5')).toEqual({ text, replaced: 0 })
  }
})

it('decodes four-byte GB18030, above U+FFFF too', () => {
  const bytes = Uint8Array.of(
    0x81,
    0x39,
    0xee,
    0x39,
    0x95,
    0x32,
    0x82,
    0x36,
    0x90,
    0x30,
    0x81,
    0x30,
  )
  expect(decodeText(bytes, 'gb18030')).toEqual({ text: '\u3400\u{20000}\u{10000}', replaced: 0 })
  expect(decodeText(Uint8Array.of(0x80, 0xd6, 0xd0), 'gb18030').text).toBe('\u20ac\u4e2d')
})

it('leaves out one byte order mark, and only at the start', () => {
  for (const encoding of ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'] as const) {
    const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding
    expect(decodeText(encodeAs('\ufeff\ufeffa\ufeff', label), encoding).text).toBe('\ufeffa\ufeff')
  }
})

it('counts what the decoder had to replace, and not what the file itself has', () => {
  const own = '\ufffd中\ufffd'
  for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
    const bytes = encodeAs(own, encoding)
    expect(decodeText(bytes, encoding)).toEqual({ text: own, replaced: 0 })
    // 0xFF is no character in any of them: alone in most, half a unit in UTF-16.
    expect(decodeText(joined(bytes, [0xff]), encoding)).toEqual({
      text: `${own}\ufffd`,
      replaced: 1,
    })
  }
})

it('counts lone surrogates in UTF-16 as replaced', () => {
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const bytes = encodeAs('a\ud800b\udc00\ufffd🌾', encoding)
    expect(decodeText(bytes, encoding)).toEqual({ text: 'a\ufffdb\ufffd\ufffd🌾', replaced: 2 })
  }
})

it('never counts more replacements than there are, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...ENCODINGS), (bytes, label) => {
      const { text, replaced } = decodeText(bytes, label)
      const all = text.split('\ufffd').length - 1
      expect(replaced).toBeGreaterThanOrEqual(0)
      expect(replaced).toBeLessThanOrEqual(all)
    }),
    { numRuns: 3000 },
  )
})

it('gives the standard answer for Big5, or counts what this platform cannot read', () => {
  // A Hong Kong character, which Node has no table for, and bytes that are never a character.
  const extended = decodeText(Uint8Array.of(0x87, 0x40), 'big5')
  expect(['\u43f0', '\ufffd']).toContain(extended.text)
  expect(extended.replaced).toBe(extended.text === '\ufffd' ? 1 : 0)
  expect(decodeText(Uint8Array.of(0x80, 0xff), 'big5')).toEqual({
    text: '\ufffd\ufffd',
    replaced: 2,
  })
  expect(decodeText(Uint8Array.of(0xf9, 0xfe), 'big5').text).toBe('\uffed')
})

it('reads at once only what it would have detected beyond doubt, and as it would have decoded it', () => {
  const text = fc.string({
    unit: fc.constantFrom('\u653f', '\u{20000}', 'a', '\n', '\u00e9', '\0'),
  })
  const bytes = fc.oneof(
    text.map(each => new TextEncoder().encode(each)),
    fc.uint8Array({ max: 255, maxLength: 40 }),
    text.map(each => new TextEncoder().encode(each).subarray(1)),
    text.map(each => new TextEncoder().encode(`\ufeff${each}`)),
  )
  let seen = 0
  fc.assert(
    fc.property(bytes, some => {
      const obvious = obviousUtf8(some)
      if (!obvious) return
      seen++
      const detected = detectEncoding(some)
      expect(obvious).toEqual({ ...detected, ...decodeText(some, 'utf-8') })
      expect(detected).toEqual({ encoding: 'utf-8', sure: true })
    }),
    { numRuns: 1000 },
  )
  expect(seen).toBeGreaterThan(20)
})
