import type { Structure } from '../../../shared/domain/structure'

// Invented texts in the forms that official ones have, with what every line is said before it:
//
//   T title   A around the report   P paragraph   S signature   D date   X row of a table
//   1 to 5    a heading of that level on its own line
//   r1 to r5  a heading of that level that runs in, up to its first full stop

/** A text and what stands in it. */
export interface OfficialText {
  readonly kind: string
  readonly text: string
  readonly lines: readonly OfficialLine[]
}

export interface OfficialLine {
  readonly says: string
  readonly words: string
}

/** A text from lines that say what they are. Blank lines between them are no lines. */
export function official(kind: string, written: string): OfficialText {
  const lines = written
    .trim()
    .split('\n')
    .map(line => {
      const [, says = '', words = ''] = /^\s*(\S+) (.*)$/.exec(line) ?? []
      return { says, words }
    })
  return textOf(kind, lines)
}

/** The same lines, each changed; what is put between them is no part of the text. */
export function textOf(kind: string, lines: readonly OfficialLine[], between = '\n'): OfficialText {
  return { kind, lines, text: lines.map(({ words }) => words).join(between) }
}

/** What a reader shall say of each line: its role, and of a heading its level and its words. */
export function expectedOf({ lines }: OfficialText): string[] {
  return lines.map(({ says, words }) => {
    const level = Number(says.replace('r', ''))
    if (Number.isNaN(level)) return ROLES[says] ?? says
    const isRunIn = says.startsWith('r')
    const bare = words.replace(/[\u3000\u00a0]/g, ' ').trim()
    // An article without a full stop has nothing but its number for a title.
    const [first = ''] = bare.split(isRunIn && !bare.includes('\u3002') ? ' ' : '\u3002')
    const heading = isRunIn || bare.endsWith('\u3002') ? first : bare
    return `${isRunIn ? 'paragraph' : 'heading'} ${level} ${heading}`
  })
}

/** What {@link expectedOf} expects, as a structure says it. */
export function saidOf(text: string, { lines, headings }: Structure): string[] {
  const filled = lines.filter(({ role }) => role !== 'blank')
  return filled.map(({ role, start, end }) => {
    const heading = headings.find(each => each.start >= start && each.start < end)
    return heading ? `${role} ${heading.level} ${text.slice(heading.start, heading.end)}` : role
  })
}

const ROLES: Readonly<Record<string, string>> = {
  T: 'title',
  A: 'aside',
  P: 'paragraph',
  S: 'signature',
  D: 'date',
  X: 'row',
}

/** With full-width punctuation and digits, as web pages and printed texts have them. */
export function wide(text: string): string {
  return text.replace(/[(),;:!?0-9]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}
