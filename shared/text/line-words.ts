import type { ReadLine } from './lines'
import { foldWidth } from './width'

/** What a line says, folded; of a long line only as much as any rule here looks at. */
export function shortTextOf(text: string, { start, end }: ReadLine): string {
  return foldWidth(text.slice(start, Math.min(end, start + 200)))
}

export function spacelessOf(text: string, line: ReadLine): string {
  return shortTextOf(text, line).replace(/\s/g, '')
}

/** A title's line without what may stand in brackets behind it. */
export function wordingOf(text: string, line: ReadLine): string {
  return spacelessOf(text, line).replace(/(?:[(\u3014][^()\u3014\u3015]{0,30}[)\u3015])+$/, '')
}

export function isSentence(text: string, { start, end }: ReadLine): boolean {
  const stop = text.indexOf('\u3002', start)
  return end - start > 120 || (stop >= 0 && stop < end)
}
