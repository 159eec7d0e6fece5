import { counterText, gapAfter } from './docx-counters'
import type { OdtListStyle, OdtStyles } from './odt-styles'
import type { XmlElement } from './xml'

// OpenDocument nests lists as elements, and an interrupted list is a new element that says which
// one it continues. A number belongs to the first paragraph of an item; one that holds only a
// deeper list shows none.

/** A list as it stands around the place that is being read. */
export interface OpenList {
  readonly style: OdtListStyle
  readonly counts: (number | undefined)[]
  /** Counted from 0. */
  readonly level: number
}

/** Counts a document's lists, and its headings that stand in none. */
export interface OdtLists {
  /** Enters a `text:list`, within an item of another one or not. */
  enter(element: XmlElement, around: OpenList | null): OpenList
  /** Makes the lists within an item of this one begin anew. */
  restartWithin(list: OpenList): void
  /** The label of an item's first paragraph; `start` is where the item says to begin anew. */
  label(list: OpenList, start: number | undefined): string
  /** The label of a heading in no list, `level` counted from 0. */
  heading(level: number): string
}

export function odtLists(styles: OdtStyles): OdtLists {
  const byId = new Map<string, OpenList>()
  const byStyle = new Map<string, OpenList>()
  let headings: OpenList | null = null

  return {
    enter(element, around) {
      const { attributes } = element
      const name = attributes['text:style-name']
      const style = name === undefined && around ? around.style : styles.list(name)
      if (around) return { style, counts: around.counts, level: around.level + 1 }
      const continues = attributes['text:continue-list']
      const before =
        (continues === undefined ? undefined : byId.get(continues)) ??
        (attributes['text:continue-numbering'] === 'true' ? byStyle.get(name ?? '') : undefined)
      const list = { style, counts: before?.counts ?? [], level: 0 }
      const id = attributes['xml:id']
      if (id !== undefined) byId.set(id, list)
      byStyle.set(name ?? '', list)
      return list
    },
    restartWithin({ counts, level }) {
      counts.length = Math.min(counts.length, level + 1)
    },
    label: (list, start) => nextLabel(list, start),
    heading(level) {
      headings ??= { style: styles.outline(), counts: [], level: 0 }
      return nextLabel({ ...headings, level }, undefined)
    },
  }
}

function nextLabel({ style, counts, level }: OpenList, start: number | undefined): string {
  const settings = style[level]
  const before = counts[level]
  counts[level] = start ?? (before === undefined ? (settings?.start ?? 1) : before + 1)
  counts.length = level + 1
  // A level that was left out counts as begun, and its next number goes on.
  for (let above = 0; above < level; above++) counts[above] ??= style[above]?.start
  if (!settings || settings.format === 'bullet' || settings.format === 'none') return ''
  const number = settings.text.replace(/%(10|[1-9])/g, (_, digits: string) => {
    const index = Number(digits) - 1
    const of = style[index]
    return of && index <= level ? counterText(counts[index] ?? of.start, of.format) : ''
  })
  return number + gapAfter(number, settings.suffix)
}
