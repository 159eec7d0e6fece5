// A PDF says which glyphs to draw and, mostly, which characters they stand for. Some programs name
// the radical that looks the same instead of the character, a ligature instead of its letters, or a
// code that only their own font knows.

/** What a glyph stands for, as it stands in texts: U+FFFD where the file does not tell. */
export function characterOf(glyph: string, font: string): string {
  if (glyph.length === 1) {
    const unit = glyph.charCodeAt(0)
    if (unit >= 0x20 && unit < 0x7f) return isPictureFont(font) ? pictureOf(unit) : glyph
    if (unit >= 0x4e00 && unit < 0xa000) return glyph
  }
  let text = ''
  for (const character of glyph) text += plainOf(character, font)
  return text
}

/** What stands for a character that a file does not name. */
export const UNKNOWN = '\ufffd'

function plainOf(character: string, font: string): string {
  const code = character.codePointAt(0) ?? 0
  if (isPrivate(code)) {
    const low = code & 0xff
    // A symbol font's codes are put into the private area at U+F000.
    return code >= 0xf000 && code <= 0xf0ff ? symbolOf(low, font) : UNKNOWN
  }
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return isBlank(character) ? ' ' : UNKNOWN
  const twin = LOOKALIKES.get(character)
  if (twin !== undefined) return twin
  if (isInvisible(code)) return ''
  if ((code >= 0xd800 && code < 0xe000) || (code & 0xfffe) === 0xfffe) return UNKNOWN
  if (code >= 0x2e80 && code <= 0x2eff)
    return RADICALS.get(character) ?? character.normalize('NFKC')
  // Radicals by their look, ligatures by their letters, doubled characters by the single ones.
  if (isCompatible(code)) return character.normalize('NFKC')
  return character
}

/** Stands at the end of a line where a word was divided; some fonts draw every hyphen as one. */
export const SOFT_HYPHEN = '\u00ad'

/** Kangxi radicals, Latin ligatures, and Han characters that are there twice. */
function isCompatible(code: number): boolean {
  return (
    (code >= 0x2f00 && code <= 0x2fd5) ||
    (code >= 0xfb00 && code <= 0xfb06) ||
    (code >= 0xf900 && code <= 0xfad9) ||
    (code >= 0x2f800 && code <= 0x2fa1d)
  )
}

function isPrivate(code: number): boolean {
  return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000
}

function isInvisible(code: number): boolean {
  return code === 0xfeff || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)
}

function isBlank(character: string): boolean {
  return /^\s$/.test(character)
}

function isPictureFont(font: string): boolean {
  return /wingdings|webdings/i.test(font)
}

function symbolOf(low: number, font: string): string {
  if (isPictureFont(font)) return pictureOf(low)
  // Symbol's own bullet; letters and digits are left in place by fonts that only pretend.
  if (low === 0xb7) return '\u2022'
  return low >= 0x20 && low < 0x7f && !/symbol/i.test(font) ? String.fromCharCode(low) : UNKNOWN
}

/**
 * Characters that Chinese fonts draw with another one's glyph: programs that look a glyph's
 * character up backwards come upon these, and nobody typed them.
 */
const LOOKALIKES: ReadonlyMap<string, string> = pairs(
  '\u2015\u2014\u2329\u3008\u232a\u3009\u22ef\u2026\u301c\uff5e\u2027\u00b7\u30fb\u00b7' +
    '\u2010-\u2011-\u2f3e\u6237',
)

function pictureOf(low: number): string {
  return PICTURES.get(low) ?? (low === 0x20 ? ' ' : UNKNOWN)
}

/** The pictures of Wingdings that lists are marked with. */
const PICTURES: ReadonlyMap<number, string> = new Map([
  [0x6c, '\u25cf'],
  [0x6e, '\u25a0'],
  [0x6f, '\u25a1'],
  [0x71, '\u2751'],
  [0x75, '\u25c6'],
  [0x76, '\u2756'],
  [0x9f, '\u2022'],
  [0xa7, '\u25aa'],
  [0xa8, '\u25fb'],
  [0xd8, '\u27a2'],
  [0xe8, '\u2794'],
  [0xfc, '\u2713'],
  [0xfe, '\u2611'],
])

/** Radicals that Unicode does not decompose, each before the character that it looks like. */
const RADICALS: ReadonlyMap<string, string> = pairs(
  '\u2e81\u5382\u2e85\u4ebb\u2e88\u5200\u2e89\u5202\u2e8c\u5c0f\u2e8e\u5140\u2e91\u5c23\u2e92\u5df3' +
    '\u2e93\u5e7a\u2e95\u5f51\u2e96\u5fc4\u2e98\u624c\u2e99\u6535\u2e9b\u65e1\u2e9d\u6708\u2e9e\u6b7a' +
    '\u2ea0\u6c11\u2ea1\u6c35\u2ea2\u6c3a\u2ea3\u706c\u2ea4\u722b\u2ea5\u722b\u2ea6\u4e2c\u2ea8\u72ad' +
    '\u2eab\u7f52\u2ead\u793b\u2eae\u7af9\u2eaf\u7cf9\u2eb0\u7e9f\u2eb1\u7f53\u2eb2\u7f52\u2eb6\u7f8a' +
    '\u2eb9\u8002\u2ebc\u8089\u2ebe\u8279\u2ebf\u8279\u2ec0\u8279\u2ec1\u864e\u2ec2\u8864\u2ec3\u8980' +
    '\u2ec4\u897f\u2ec5\u89c1\u2ec6\u89d2\u2ec8\u8ba0\u2ec9\u8d1d\u2ecb\u8f66\u2ecc\u8fb6\u2ecd\u8fb6' +
    '\u2ecf\u961d\u2ed0\u9485\u2ed1\u9577\u2ed6\u961d\u2ed2\u9578\u2ed3\u957f\u2ed4\u95e8\u2ed7\u96e8\u2ed8\u9752\u2ed9\u97e6' +
    '\u2eda\u9875\u2edb\u98ce\u2edc\u98de\u2edd\u98df\u2edf\u98e0\u2ee0\u9963\u2ee2\u9a6c\u2ee3\u9aa8' +
    '\u2ee4\u9b3c\u2ee5\u9c7c\u2ee6\u9e1f\u2ee7\u5364\u2ee8\u9ea6\u2ee9\u9ec4\u2eea\u9efe\u2eeb\u658a' +
    '\u2eec\u9f50\u2eed\u6b6f\u2eee\u9f7f\u2eef\u7adc\u2ef0\u9f99\u2ef1\u9f9c\u2ef2\u4e80',
)

function pairs(list: string): Map<string, string> {
  const map = new Map<string, string>()
  for (let at = 0; at + 1 < list.length; at += 2) map.set(list[at]!, list[at + 1]!)
  return map
}
