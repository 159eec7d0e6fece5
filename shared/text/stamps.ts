// Sites that collect texts put their name and address into them, also in the middle of a word. The
// text keeps them; where words are looked for, they are read over.

const ADDRESS = /(?:https?:\/\/|www\.)(?![\w.-]*\.gov\.)[\w-]+(?:\.[\w-]+)+/gi

/** How many are looked at, and how much before each, in UTF-16 units. */
const MOST = 50
const BEFORE = 40

/**
 * What such a site put into a text several times, longest first: its address, and what stands
 * before it each time. Empty for a text without any.
 */
export function stampsIn(text: string): string[] {
  const places = new Map<string, number[]>()
  let left = MOST
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    if (left-- === 0) break
    places.set(address, [...(places.get(address) ?? []), index])
  }
  const stamps = [...places].flatMap(([address, starts]) =>
    starts.length < 2 ? [] : [sharedBefore(text, starts) + address],
  )
  return stamps.sort((a, b) => b.length - a.length)
}

/** Words without the stamps in them. */
export function withoutStamps(words: string, stamps: readonly string[]): string {
  return stamps.reduce((left, stamp) => left.replaceAll(stamp, ''), words)
}

/** What stands before all of some places alike, within their lines. */
function sharedBefore(text: string, places: readonly number[]): string {
  const [first = 0, ...others] = places
  let length = 0
  while (length < BEFORE && length < first) {
    const sign = text[first - length - 1]
    if (sign === '\n' || others.some(at => text[at - length - 1] !== sign)) break
    length++
  }
  return text.slice(first - length, first)
}
