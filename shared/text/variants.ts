import { foldWidth } from './width'

// Rules about words are written in simplified characters. Reports from before 1956, from Hong Kong
// and Macao, and from whoever likes the look of it have traditional ones.

const PAIRS =
  '報报總总結结匯汇彙汇況况舉举問问題题難难環环節节項项戰战臨临後后來来計计劃划設设謀谋點点規规議议責责負负領领' +
  '導导職职進进經经驗验開开實实體体將将繼继續续還还針针對对圍围繞绕應应與与個个認认識识現现較较顯显須须強强務务' +
  '辦办執执發发為为當当間间員员眾众業业學学戶户帳账補补齊齐緊紧'

/** By UTF-16 unit: the simplified one, or 0 where rules speak of no other. */
const SIMPLIFIED = new Uint16Array(0x10000)
for (let at = 0; at < PAIRS.length; at += 2) {
  SIMPLIFIED[PAIRS.charCodeAt(at)] = PAIRS.charCodeAt(at + 1)
}

/**
 * What `foldWidth` makes of a text, with the traditional characters that rules speak of as
 * simplified ones. It has the same length, and the same place for every unit.
 */
export function foldWords(text: string): string {
  const folded = foldWidth(text)
  let words = ''
  let done = 0
  for (let at = 0; at < folded.length; at++) {
    const unit = SIMPLIFIED[folded.charCodeAt(at)]!
    if (unit === 0) continue
    words += folded.slice(done, at) + String.fromCharCode(unit)
    done = at + 1
  }
  return done === 0 ? folded : words + folded.slice(done)
}
