/**
 * What a character of a symbol font looks like, as the Unicode character for it: 0xFC of
 * Wingdings is ✓. `null` where Unicode or this table has none.
 *
 * Office stores such characters in the private range from U+F000 on; both forms are understood.
 * Characters of other fonts are themselves, unless they are private there too.
 */
export function symbolOf(code: number, font: string): string | null {
  const table = TABLES[font.trim().toLowerCase()]
  if (table) {
    const place = code >= 0xf000 && code <= 0xf0ff ? code - 0xf000 : code
    return table.get(place) ?? null
  }
  const isPrivate = code >= 0xe000 && code <= 0xf8ff
  const isCharacter = code >= 0x20 && code < 0xd800
  return isCharacter || (code > 0xf8ff && code < 0xfffe && !isPrivate)
    ? String.fromCharCode(code)
    : null
}

/** Whether characters set in a font mean something else than they are. */
export function isSymbolFont(font: string | undefined): font is string {
  return font !== undefined && font.trim().toLowerCase() in TABLES
}

/** Characters in order, from the place of the first one on. */
type Run = readonly [first: number, characters: string]

const WINGDINGS: readonly Run[] = [
  [0x20, ' '],
  [0x28, '☎✆✉'],
  [0x45, '☜☞☝☟'],
  [0x4a, '☺'],
  [0x6c, '●❍■□❐❑❒⬧⧫◆❖⬥'],
  [0x80, '⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿'],
  [0x9f, '•'],
  [0xa1, '○'],
  [0xa4, '◉◎'],
  [0xa7, '▪◻'],
  [0xab, '★'],
  [0xd8, '➢'],
  [0xdf, '←→↑↓'],
  [0xe8, '➔'],
  [0xef, '⇦⇨⇧⇩'],
  [0xfb, '✗✓☒☑'],
]

const WINGDINGS_2: readonly Run[] = [
  [0x20, ' '],
  [0x4f, '✗✓☒☑'],
  [0x69, '⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿'],
  [0x97, '●'],
  [0xa2, '■□'],
]

const SYMBOL: readonly Run[] = [
  [0x20, ' !∀#∃%&∋()∗+,−./0123456789:;<=>?'],
  [0x40, '≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_'],
  [0x61, 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼'],
  [0xa0, '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…'],
  [0xc4, '⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓'],
  [0xe5, '∑'],
]

const TABLES: Readonly<Record<string, ReadonlyMap<number, string>>> = {
  wingdings: tableOf(WINGDINGS),
  'wingdings 2': tableOf(WINGDINGS_2),
  symbol: tableOf(SYMBOL),
}

function tableOf(runs: readonly Run[]): Map<number, string> {
  return new Map(
    runs.flatMap(([first, characters]) =>
      [...characters].map((character, index): [number, string] => [first + index, character]),
    ),
  )
}
