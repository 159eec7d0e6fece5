import { counterText, gapAfter } from './docx-counters'
import { isOn, type NumberRef, type Styles, settingOf, wholeNumberOf } from './docx-styles'
import { childOf, childrenOf, type XmlElement } from './xml'

// Word keeps the 一、（一）1. of a report out of its text: paragraphs name a list and a level, and
// the numbers are counted when the page is drawn. Lists (`w:num`) that share an abstract one
// count on together, unless one says where to start anew.

/** A paragraph's number. */
export interface ListNumber {
  /** As Word shows it, with what separates it from the text; empty for a bullet. */
  readonly label: string
  /** Counted from 0. */
  readonly level: number
}

/** Counts a document's lists. Paragraphs have to be asked for in reading order, once each. */
export interface Numbering {
  /** The number of the next paragraph; `null` where it has none. */
  next(direct: NumberRef, style: NumberRef, numberedBy: readonly string[]): ListNumber | null
}

/** Reads `numbering.xml`; without one nothing is numbered. */
export function numberingOf(root: XmlElement | undefined, styles: Styles): Numbering {
  const lists = listsOf(root, styles)
  const counters = new Map<AbstractList, (number | undefined)[]>()
  const started = new Set<string>()

  return {
    next(direct, style, numberedBy) {
      const numId = direct.numId ?? style.numId
      const list = numId === undefined ? undefined : lists.get(numId)
      if (!list || numId === undefined) return null
      const level = levelFor(list, direct, style, numberedBy)
      const settings = list.levels[level]
      if (!settings) return null

      const counts = counters.get(list.base) ?? []
      counters.set(list.base, counts)
      const startsAt = list.starts[level]
      const first = `${numId} ${level}`
      if (startsAt !== undefined && !started.has(first)) counts[level] = startsAt
      else {
        const before = counts[level]
        counts[level] = before === undefined ? settings.start : before + 1
      }
      started.add(first)
      // A level that was left out counts as begun, as in Word, and its next number goes on.
      for (let above = 0; above < level; above++) counts[above] ??= list.levels[above]?.start
      restartBelow(counts, level, list.levels)
      return { label: labelOf(list.levels, level, counts), level }
    },
  }
}

interface Level {
  readonly start: number
  readonly format: string
  /** The zero-padded pattern of a custom format. */
  readonly width: number
  /** With `%1` for the number of the first level. */
  readonly text: string
  readonly suffix: string
  /** Counted from 1: the deepest level that restarts this one; 0 for none, else any higher. */
  readonly restartsAfter: number | undefined
  readonly allDigits: boolean
  readonly style: string | undefined
}

type AbstractList = XmlElement

interface List {
  readonly base: AbstractList
  readonly levels: readonly (Level | undefined)[]
  /** Where this list starts anew when it is first used, by level. */
  readonly starts: readonly (number | undefined)[]
}

const LEVELS = 9

function listsOf(root: XmlElement | undefined, styles: Styles): Map<string, List> {
  const abstracts = new Map<string, AbstractList>()
  for (const abstract of childrenOf(root, 'w:abstractNum')) {
    abstracts.set(abstract.attributes['w:abstractNumId'] ?? '', abstract)
  }
  const nums = new Map<string, XmlElement>()
  for (const num of childrenOf(root, 'w:num')) nums.set(num.attributes['w:numId'] ?? '', num)

  /** A list may stand for the one that a list style names, once or several times over. */
  function baseOf(num: XmlElement): AbstractList | undefined {
    const seen = new Set<XmlElement>()
    for (let next: XmlElement | undefined = num; next && !seen.has(next); ) {
      seen.add(next)
      const abstract = abstracts.get(settingOf(next, 'w:abstractNumId') ?? '')
      const link = settingOf(abstract, 'w:numStyleLink')
      if (!abstract || link === undefined) return abstract
      next = nums.get(styles.listNumId(link) ?? '')
    }
    return undefined
  }

  const lists = new Map<string, List>()
  const levelsOf = new Map<AbstractList, (Level | undefined)[]>()
  for (const [numId, num] of nums) {
    const base = baseOf(num)
    if (!base || numId === '0') continue
    let shared = levelsOf.get(base)
    if (!shared) {
      shared = []
      for (const level of childrenOf(base, 'w:lvl')) place(shared, level, levelOf(level))
      levelsOf.set(base, shared)
    }
    const levels = [...shared]
    const starts: (number | undefined)[] = []
    for (const override of childrenOf(num, 'w:lvlOverride')) {
      const level = childOf(override, 'w:lvl')
      if (level) place(levels, override, levelOf(level))
      const start = wholeNumberOf(settingOf(override, 'w:startOverride'))
      if (start !== undefined) place(starts, override, start)
    }
    lists.set(numId, { base, levels, starts })
  }
  return lists
}

function place<T>(levels: (T | undefined)[], element: XmlElement, value: T): void {
  const index = wholeNumberOf(element.attributes['w:ilvl'])
  if (index !== undefined && index >= 0 && index < LEVELS) levels[index] = value
}

function levelOf(element: XmlElement): Level {
  const { format, width } = formatOf(element)
  return {
    start: wholeNumberOf(settingOf(element, 'w:start')) ?? 0,
    format,
    width,
    text: settingOf(element, 'w:lvlText') ?? '',
    suffix: settingOf(element, 'w:suff') ?? 'tab',
    restartsAfter: wholeNumberOf(settingOf(element, 'w:lvlRestart')),
    allDigits: isOn(childOf(element, 'w:isLgl') ? settingOf(element, 'w:isLgl') : 'off'),
    style: settingOf(element, 'w:pStyle'),
  }
}

/** The number format; newer Words put those that older ones lack in an alternative. */
function formatOf(level: XmlElement): { format: string; width: number } {
  const choice = childOf(childOf(level, 'mc:AlternateContent'), 'mc:Choice')
  const element = childOf(choice, 'w:numFmt') ?? childOf(level, 'w:numFmt')
  const format = element?.attributes['w:val'] ?? 'decimal'
  if (format !== 'custom') return { format, width: 0 }
  const pattern = element?.attributes['w:format'] ?? ''
  return { format: 'decimal', width: /^0*1/.exec(pattern)?.[0].length ?? 0 }
}

/** The level: said directly, or that to which the list ties the style, or said by the style. */
function levelFor(
  list: List,
  direct: NumberRef,
  style: NumberRef,
  numberedBy: readonly string[],
): number {
  if (direct.level !== undefined) return direct.level
  if (direct.numId === undefined || direct.numId === style.numId) {
    for (const id of numberedBy) {
      const tied = list.levels.findIndex(level => level?.style === id)
      if (tied >= 0) return tied
    }
  }
  return style.level ?? 0
}

/** Forgets the counts of deeper levels, but for those that this level does not restart. */
function restartBelow(
  counts: (number | undefined)[],
  level: number,
  levels: readonly (Level | undefined)[],
): void {
  for (let deeper = level + 1; deeper < LEVELS; deeper++) {
    const after = levels[deeper]?.restartsAfter
    if (after === undefined || level < after) counts[deeper] = undefined
  }
}

function labelOf(
  levels: readonly (Level | undefined)[],
  level: number,
  counts: readonly (number | undefined)[],
): string {
  const settings = levels[level]!
  if (settings.format === 'bullet') return ''
  const number = settings.text.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1
    const of = levels[index]
    if (!of || index > level) return ''
    const value = counts[index] ?? of.start
    const format = settings.allDigits && of.format !== 'none' ? 'decimal' : of.format
    return counterText(value, format).padStart(of.width, '0')
  })
  return number + gapAfter(number, settings.suffix)
}
