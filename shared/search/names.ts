// Names found as one types them in a hurry: by the beginning, by a part, by the letters of their
// pinyin, whole or initials only, and with letters left out in between. A name is a row of
// letters, each of which a query may go on with itself or with the beginning of one of its
// readings.

/** Where in a name a query was found, in UTF-16 units. */
export interface NameMark {
  readonly start: number
  readonly end: number
}

/** A name that was found. */
export interface NameHit {
  /** Its place among the names. */
  readonly index: number
  /** How well it fits; 0 is best. */
  readonly rank: number
  readonly marks: readonly NameMark[]
  /** Whether it merely has the query's letters in their order, with others in between. */
  readonly isScattered: boolean
}

/** Names made ready to be searched. */
export interface NameIndex {
  /**
   * The names that fit, best first, equally good ones in their own order. All of them for a query
   * of white space, of rank 0 and without marks.
   */
  find(query: string): NameHit[]
}

/** The readings of one character in plain letters; none for what has no other than itself. */
export type ReadingsOf = (letter: string) => readonly string[]

interface Letter extends NameMark {
  readonly folded: string
  readonly readings: readonly string[]
}

const RANK = { whole: 0, beginning: 1, part: 2, spelledBeginning: 3, spelled: 4, scattered: 5 }

/** Makes names ready. Width and case count for nothing. */
export function nameIndex(names: readonly string[], readingsOf: ReadingsOf): NameIndex {
  const entries = names.map(name => ({ name, folded: foldedName(name), letters: NO_LETTERS }))
  const lettersOf = (index: number) => {
    const entry = entries[index]!
    if (entry.letters === NO_LETTERS) entry.letters = toLetters(entry.name, readingsOf)
    return entry.letters
  }
  return {
    find(query) {
      const wanted = foldedName(query).replace(/\s+/g, '')
      if (wanted === '')
        return names.map((_, index) => ({ index, rank: 0, marks: [], isScattered: false }))
      const hits: NameHit[] = []
      for (const [index, { name, folded }] of entries.entries()) {
        const hit = literalIn({ name, folded }, wanted) ?? spelledIn(lettersOf(index), wanted)
        if (hit) hits.push({ index, ...hit, isScattered: hit.rank >= RANK.scattered })
      }
      return hits.sort((a, b) => a.rank - b.rank || a.index - b.index)
    },
  }
}

const NO_LETTERS: readonly Letter[] = []

/** A name as searching compares it: half-width, lower case. */
function foldedName(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

type Found = Omit<NameHit, 'index' | 'isScattered'>

function literalIn(
  { name, folded }: { readonly name: string; readonly folded: string },
  wanted: string,
): Found | null {
  const at = folded.indexOf(wanted)
  if (at < 0) return null
  const isWhole = folded.length === wanted.length
  const rank = at > 0 ? RANK.part : isWhole ? RANK.whole : RANK.beginning
  // Where folding has changed the length, nobody knows where it was.
  const marks = folded.length === name.length ? [{ start: at, end: at + wanted.length }] : []
  return { rank, marks }
}

function spelledIn(letters: readonly Letter[], wanted: string): Found | null {
  for (let first = 0; first < letters.length; first++) {
    const last = spelledFrom(letters, first, wanted)
    if (last === null) continue
    const rank = first === 0 ? RANK.spelledBeginning : RANK.spelled
    return { rank, marks: [{ start: letters[first]!.start, end: letters[last]!.end }] }
  }
  const marks = wanted.length > 1 ? scatteredIn(letters, wanted) : null
  if (!marks) return null
  // The closer together, the likelier.
  const spread = marks.at(-1)!.end - marks[0]!.start
  return { rank: RANK.scattered + Math.min(0.999, spread / 1000), marks }
}

/** The last of the letters, from `first` on without a gap, that spell the query; `null`. */
function spelledFrom(letters: readonly Letter[], first: number, wanted: string): number | null {
  let reached: readonly number[] = [0]
  for (let at = first; at < letters.length && reached.length > 0; at++) {
    const letter = letters[at]!
    // What separates words may be typed or not, but nothing begins with it.
    const kept = at > first && isSeparator(letter) ? reached : []
    reached = [...new Set([...kept, ...reached.flatMap(from => stepsOver(letter, wanted, from))])]
    if (reached.includes(wanted.length)) return at
  }
  return null
}

/** The letters that spell the query with others in between; the first ones that do. */
function scatteredIn(letters: readonly Letter[], wanted: string): NameMark[] | null {
  // By what of the query is spelled: the letters that did it.
  const reached = new Map<number, readonly number[]>([[0, []]])
  for (const [at, letter] of letters.entries()) {
    for (const [from, by] of [...reached]) {
      for (const to of stepsOver(letter, wanted, from)) {
        if (to === wanted.length) return [...by, at].map(i => markOf(letters[i]!))
        if (!reached.has(to)) reached.set(to, [...by, at])
      }
    }
  }
  return null
}

function markOf({ start, end }: Letter): NameMark {
  return { start, end }
}

/** How far the query may be spelled after a letter, when it was spelled up to `from` before it. */
function stepsOver({ folded, readings }: Letter, wanted: string, from: number): number[] {
  const steps: number[] = []
  if (wanted.startsWith(folded, from)) steps.push(from + folded.length)
  for (const reading of readings) {
    for (let length = 1; length <= reading.length; length++) {
      if (reading[length - 1] !== wanted[from + length - 1]) break
      steps.push(from + length)
    }
  }
  return steps
}

function isSeparator({ folded }: Letter): boolean {
  return /^[^\p{L}\p{N}]+$/u.test(folded)
}

function toLetters(name: string, readingsOf: ReadingsOf): Letter[] {
  const letters: Letter[] = []
  let start = 0
  // With the accents that stand behind a letter, which folding may draw into it.
  for (const letter of name.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) {
    const end = start + letter.length
    const folded = foldedName(letter)
    if (folded.trim() !== '') letters.push({ start, end, folded, readings: readingsOf(letter) })
    start = end
  }
  return letters
}
