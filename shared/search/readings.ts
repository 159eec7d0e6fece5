import { pinyin } from 'pinyin-pro'

/**
 * All readings of a Han character in letters without tones, as `['xing', 'hang', 'heng']` for 行;
 * `lü` also as it is typed, `lv`. Empty for anything else.
 */
export function readingsOf(letter: string): readonly string[] {
  const known = readings.get(letter)
  if (known) return known
  const found = HAN.test(letter)
    ? pinyin(letter, { toneType: 'none', type: 'array', multiple: true }).flatMap(typed)
    : []
  const all = [...new Set(found)]
  readings.set(letter, all)
  return all
}

/** What has been looked up: a dictionary does not change, and asking it takes a while. */
const readings = new Map<string, readonly string[]>()

const HAN = /^\p{Script=Han}$/u

function typed(reading: string): string[] {
  const plain = reading.toLowerCase()
  return plain.includes('ü') ? [plain.replace('ü', 'v'), plain.replace('ü', 'u')] : [plain]
}
