import type { FlowLine } from './pdf-flow'
import { hasLeader } from './pdf-flow'
import { isWide, type PdfLine } from './pdf-lines'

// Where a line ends by the margin's will it goes on in the next one; where it ends by its own, the
// paragraph does. So the question at each line is whether the next one's first word would have
// fitted, and then what its place says: indented, centred, apart.

/** What the rules need to know of the whole document. */
export interface Habits {
  readonly bodySize: number
  /** The usual step from one baseline to the next, in parts of the size. */
  readonly pitch: number
  /** Whether paragraphs begin with an indented line. */
  readonly indents: boolean
}

/** Reads a document's habits from its lines. */
export function habitsOf(lines: readonly FlowLine[], bodySize: number): Habits {
  const steps: number[] = []
  let full = 0
  let indented = 0
  for (let i = 0; i < lines.length; i++) {
    const item = lines[i]!
    if (Math.abs(item.line.size - bodySize) > 0.1 * bodySize) continue
    const indent = indentOf(item)
    if (indent > 1.2 && indent < 4.5 && item.right - item.line.x1 < 3 * bodySize) indented++
    if (indent <= 1.2) full++
    const last = lines[i - 1]
    if (last && last.band === item.band) {
      const step = (item.line.y - last.line.y) / bodySize
      if (step > 0.9 && step < 4) steps.push(step)
    }
  }
  steps.sort((a, b) => a - b)
  return {
    bodySize,
    pitch: steps[Math.floor(steps.length * 0.4)] ?? 1.5,
    indents: indented > 0 && indented >= 0.06 * (full + indented),
  }
}

/** Whether `next` begins a paragraph, after the lines of `current`, of which there is at least one. */
export function startsParagraph(
  current: readonly FlowLine[],
  next: FlowLine,
  habits: Habits,
): boolean {
  const last = current.at(-1)!
  const { line } = next
  const em = line.size
  if (Math.abs(last.line.size - em) > 0.07 * Math.max(em, last.line.size)) return true
  if (hasLeader(last.line.text) || isScattered(last.line) || isScattered(line)) return true
  if (isWideApart(last, next, habits)) return true

  // A line right below another that begins at the same place goes on, wherever it ends.
  const isBelow = Math.abs(line.x0 - last.line.x0) < 0.4 * em && !isCentred(last)
  const isInMiddle = isCentred(next) && !isBelow
  const isBoth = isBalanced(last) && (isInMiddle || (isCentred(last) && isBalanced(next)))
  if (isBoth) return !isOneTitle(last, next, habits)
  if (isInMiddle || isCentred(last)) return true
  if (endsByItself(last, next, habits)) return true
  // The last line is full: it goes on, unless the next one's place says otherwise.
  const isFarIn = indentOf(next) > 5.5
  const first = current[0]!
  if (current.length > 1) {
    if (line.x0 - next.left > last.line.x0 - last.left + 1.2 * em) return true
  } else if (isFarIn) {
    // A signature and its date, unless it is a long item set far in.
    return !isHanging(first, next) || last.line.x1 - last.line.x0 < 12 * em
  } else if (indentOf(next) > 1.2) {
    const isSameIndent = Math.abs(indentOf(next) - indentOf(last)) < 0.6
    if (!isSameIndent) return indentOf(next) > indentOf(last) ? !isHanging(first, next) : false
    // Where paragraphs begin with an indent, the second line of one has none.
    return habits.indents || endsSentence(last.line.text) || startsWithMarker(line.text)
  }
  return !habits.indents && endsSentence(last.line.text) && startsWithMarker(line.text)
}

/** How far a line begins from the margin, in characters. */
function indentOf({ line, left }: FlowLine): number {
  return (line.x0 - left) / line.size
}

/** Whether a line stands in the middle between its margins, with room on both sides. */
export function isCentred({ line, left, right }: FlowLine): boolean {
  const [before, after] = [line.x0 - left, right - line.x1]
  return (
    before > 2.4 * line.size &&
    after > 1.5 * line.size &&
    Math.abs(before - after) < Math.max(line.size, 0.06 * (before + after))
  )
}

/** Whether a line has as much room on its left as on its right, be it little. */
function isBalanced({ line, left, right }: FlowLine): boolean {
  return Math.abs(line.x0 - left - (right - line.x1)) < 2 * line.size
}

/** Whether a line is parts far from each other, as two signatures side by side. */
function isScattered(line: PdfLine): boolean {
  return line.segments.some((segment, i) => {
    const before = line.segments[i - 1]
    return before !== undefined && segment.x0 - before.x1 > 3 * line.size
  })
}

function isWideApart(last: FlowLine, next: FlowLine, { pitch, indents }: Habits): boolean {
  if (last.band !== next.band) return false
  const step = (next.line.y - last.line.y) / Math.max(next.line.size, last.line.size)
  // Large print has its own spacing; there only much more than double counts.
  const usual = Math.max(pitch, 1)
  if (step < -0.5) return true
  if (step > usual * 1.7 && step > 1.9) return true
  return !indents && step > usual * 1.2 && step > 1.3
}

/** A title that takes two centred lines, as a long one does; not a date or number below it. */
function isOneTitle(last: FlowLine, next: FlowLine, habits: Habits): boolean {
  const isLarge = next.line.size > 1.12 * habits.bodySize
  const isStyled = last.line.font === next.line.font && last.line.isBold === next.line.isBold
  return (
    isLarge &&
    isStyled &&
    !/^[(\uff08\u3014\d]/.test(next.line.text) &&
    !/[\u3002\uff1b\u6587\u4ef6]$/.test(last.line.text)
  )
}

/** Whether the next line's first word would have fitted behind the last line. */
function endsByItself(last: FlowLine, next: FlowLine, { indents }: Habits): boolean {
  const room = last.right - last.line.x1
  // Programs differ in what they keep together. Where paragraphs have indents, a line without one
  // after an unfinished sentence needs better proof that it begins a paragraph.
  const goesOnByLook =
    indents && indentOf(next) < 0.6 && /[\p{L}\p{N}\uff0c\u3001,]$/u.test(last.line.text)
  const slack = goesOnByLook ? 3 : 0.6
  return room > firstWordWidth(next.line) + slack * last.line.size
}

/** Marks that never begin a line, and so go to the next one with the character before them. */
const CLOSING =
  /[\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\uff09\u300b\u3009\u201d\u2019\u3011\u3015,.;:?!)\]%\uff05]/
const OPENING = /[\uff08\u300a\u3008\u201c\u2018\u3010\u3014([]/

/** In characters; longer ones, such as addresses, are divided anywhere. */
const LONGEST_WORD = 12

function firstWordWidth({ text, size }: PdfLine): number {
  let width = 0
  let last = ''
  for (const character of text) {
    // A word of letters or digits goes on; a wide character is a word by itself.
    const goesOn =
      last === '' ||
      OPENING.test(last) ||
      CLOSING.test(character) ||
      (CLOSING.test(last) && /[\dA-Za-z]/.test(character)) ||
      !(isWide(last) || isWide(character) || /\s/.test(character))
    if (!goesOn || width > LONGEST_WORD * size) break
    width += isWide(character) ? size : 0.52 * size
    last = character
  }
  return width
}
/** An item whose lines stand under its text, not under its number. */
function isHanging(first: FlowLine, next: FlowLine): boolean {
  return (
    startsWithMarker(first.line.text) &&
    !endsSentence(first.line.text) &&
    next.line.x0 > first.line.x0 + 0.5 * next.line.size &&
    next.line.x0 < first.line.x0 + 5 * next.line.size
  )
}

function endsSentence(text: string): boolean {
  return /[\u3002\uff01\uff1f!?][\u201d\u2019\uff09)\u300b]*$|[a-z\d)]\.$/.test(text)
}

const MARKER =
  /^(?:[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[\u3001\uff0e.]|[(\uff08\ufe59][\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\d\uff10-\uff19]{1,3}[)\uff09\ufe5a]|[\d\uff10-\uff19]{1,2}[.\uff0e\u3001](?![\d\uff10-\uff19])|[\u2460-\u2473]|\u7b2c[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u96f6\d]{1,5}[\u7ae0\u7f16\u6761\u8282]|[\u2022\u25cf\u25a0\u25c6\u25aa\u25cb\u25a1\u27a2\u2713]|\u9644\u4ef6[\uff1a:\d])/

/** Whether a line begins with a number or a bullet, as items and headings do. */
function startsWithMarker(text: string): boolean {
  return MARKER.test(text)
}

/** Which kind of number a heading begins with, the highest first; 0 without one. */
export function markerRankOf(text: string): number {
  if (/^\u7b2c[^\s]{1,5}[\u7ae0\u7f16]/.test(text)) return 1
  if (
    /^[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[\u3001\uff0e.]/.test(text)
  ) {
    return 2
  }
  if (
    /^[(\uff08\ufe59][\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[)\uff09\ufe5a]/.test(
      text,
    )
  ) {
    return 3
  }
  if (/^[\d\uff10-\uff19]{1,2}[.\uff0e\u3001]/.test(text)) return 4
  if (/^[(\uff08][\d\uff10-\uff19]{1,2}[)\uff09]/.test(text)) return 5
  return 0
}
