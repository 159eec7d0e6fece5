import { type RefObject, useRef } from 'react'
import { assignCode, assignNewCode } from '../../../shared/commands/annotate'
import type { Command } from '../../../shared/commands/command'
import type { Annotation, Passage } from '../../../shared/domain/annotation'
import type { Report, ReportText } from '../../../shared/domain/report'
import type { Span } from '../../../shared/domain/structure'
import type { JournalEntry } from '../../../shared/journal/history'
import { type UnitKind, unitAt } from '../../../shared/text/structure'
import { grownUnit, shrunkUnit } from '../../../shared/text/unit-growth'
import { useWords } from '../../locale/use-words'
import type { CommandHandlers } from '../../session/commands'
import { useLayout } from '../../session/layout'
import { useMainView } from '../../session/main-view'
import { useReading } from '../../session/reading'
import { useToast } from '../../ui/use-toast'
import { useCommands } from '../../workspace/use-commands'
import { type Direction, nearest, uncodedAmong } from './next-places'
import { passageOf } from './passage'
import type { ReportStructure } from './use-structure'
import type { ReaderView } from './view'

interface ReaderParts {
  readonly view: RefObject<ReaderView | null>
  readonly report: Report
  readonly content: ReportText
  /** `null` until it has been read. */
  readonly read: ReportStructure | null
  /** In reading order. */
  readonly annotations: readonly Annotation[]
  readonly isLocked: boolean
  /** Runs a command; a failure is told, and `failed` answered. */
  run(command: Command): Promise<JournalEntry | null | 'failed'>
  /** Opens the search, for what is selected where that is short. */
  onFind(query: string): void
  /** Opens the picker for a passage. */
  onPickCode(passage: Passage): void
}

/**
 * The commands of a report on screen: units, coding what is selected, and ways to the next place.
 * `codeActive` gives a stretch the active code, where there is one.
 */
export function useReaderCommands(parts: ReaderParts): { codeActive(span: Span): void } {
  const { view, report, content, read, annotations, isLocked, run, onFind, onPickCode } = parts
  const { t } = useWords()
  const toast = useToast()
  /** From where the selection has been growing. */
  const grownFrom = useRef<{ readonly at: number; readonly span: Span } | null>(null)
  const length = content.text.length
  const select = (span: Span | null) => {
    if (!span) return toast({ message: t('reader.noUnit') })
    grownFrom.current = null
    view.current?.select(span)
  }
  /** Selects a unit, which gets the active code where there is one. */
  const take = (span: Span | null) => {
    select(span)
    if (span) codeActive(span)
  }
  const codeActive = (span: Span) => {
    const { activeCode } = useReading.getState()
    const passage = activeCode && passageOf(report.id, content.text, span)
    if (passage && !isLocked) void code(() => assignCode(passage, activeCode))
  }
  const placeNow = () => view.current?.selection() ?? null
  /** What is selected, else the sentence that the caret is in. */
  const passageNow = (): Passage | null => {
    const selected = placeNow()
    if (!selected) return null
    const chosen = passageOf(report.id, content.text, selected)
    if (chosen || !read) return chosen
    const sentence = unitAt(read.structure, 'sentence', selected.start)
    if (!sentence) return null
    view.current?.select(sentence)
    return passageOf(report.id, content.text, sentence)
  }
  const code = async (commandFor: (passage: Passage) => Command | null) => {
    const passage = passageNow()
    const command = passage && commandFor(passage)
    if (!command) return toast({ message: t('reader.selectFirst') })
    const entry = await run(command)
    if (entry === null) toast({ message: t('reader.already') })
  }
  const unit = (kind: UnitKind) => ({
    isEnabled: read !== null,
    run: () => {
      const place = placeNow()
      if (read && place) take(unitAt(read.structure, kind, place.start))
    },
  })
  const grow = () => {
    const place = placeNow()
    if (!read || !place) return
    const larger = grownUnit(read.structure, place, length)
    if (!larger) return
    const begun = grownFrom.current
    const isOn = begun?.span.start === place.start && begun.span.end === place.end
    view.current?.select(larger)
    grownFrom.current = { at: isOn ? begun.at : place.start, span: larger }
  }
  const shrink = () => {
    const place = placeNow()
    if (!read || !place) return
    const begun = grownFrom.current
    const anchor = begun?.at ?? place.start
    const smaller = shrunkUnit(read.structure, place, { length, anchor })
    if (!smaller) return
    view.current?.select(smaller)
    grownFrom.current = { at: anchor, span: smaller }
  }
  const goToAnnotation = (direction: Direction) => {
    const { picked, pick, show } = useReading.getState()
    const current = annotations.find(({ id }) => picked.includes(id))
    const at = current?.start ?? placeNow()?.start ?? view.current?.top() ?? 0
    const found = nearest(annotations, at, direction)
    if (!found) return toast({ message: t(`reader.noAnnotation.${direction}`) })
    const here = annotations.filter(({ start, end }) => start === found.start && end === found.end)
    view.current?.select(found)
    show(found)
    pick(here.map(({ id }) => id))
  }
  const goToUncoded = (direction: Direction) => {
    if (!read) return
    const at = placeNow()?.start ?? view.current?.top() ?? 0
    const found = nearest(uncodedAmong(read.structure.paragraphs, annotations), at, direction)
    if (!found) return toast({ message: t(`reader.noUncoded.${direction}`) })
    select(found)
    view.current?.reveal(found)
  }
  const [last] = useReading(({ recentCodes }) => recentCodes)
  const active = useReading(({ activeCode }) => activeCode)
  const { activate } = useReading.getState()

  // Behind the table and the coverage nobody sees what would be coded.
  const isSeen = useMainView(({ view: shown }) => shown === 'reading')
  const handlers: CommandHandlers = {
    find: {
      run: () => {
        const place = placeNow()
        const selected = place ? content.text.slice(place.start, place.end) : ''
        onFind(selected.length <= LONGEST_NAME && !selected.includes('\n') ? selected : '')
      },
    },
    pickCode: {
      isEnabled: !isLocked,
      run: () => {
        const passage = passageNow()
        if (passage) onPickCode(passage)
        else toast({ message: t('reader.selectFirst') })
      },
    },
    codeAgain: {
      isEnabled: !isLocked,
      run: () =>
        last === undefined
          ? toast({ message: t('reader.noLastCode') })
          : code(passage => assignCode(passage, last)),
    },
    codeEverySelection: {
      isEnabled: !isLocked,
      run: () => {
        if (active !== null) activate(null)
        else if (last === undefined) toast({ message: t('reader.noLastCode') })
        else activate(last)
      },
    },
    leaveActiveCode: { isEnabled: active !== null, run: () => activate(null) },
    codeInVivo: {
      isEnabled: !isLocked,
      run: () =>
        code(passage => {
          const name = nameIn(passage.quote)
          return name === '' ? null : assignNewCode(passage, { name, parentId: null })
        }),
    },
    selectClause: unit('clause'),
    selectSentence: unit('sentence'),
    selectItem: unit('item'),
    selectParagraph: unit('paragraph'),
    selectSection: unit('section'),
    growSelection: { isEnabled: read !== null, run: grow },
    shrinkSelection: { isEnabled: read !== null, run: shrink },
    nextAnnotation: { run: () => goToAnnotation('next') },
    previousAnnotation: { run: () => goToAnnotation('previous') },
    nextUncoded: { isEnabled: read !== null, run: () => goToUncoded('next') },
    previousUncoded: { isEnabled: read !== null, run: () => goToUncoded('previous') },
    outline: {
      run: () => {
        const { isOutlineOpen, showOutline } = useLayout.getState()
        showOutline(!isOutlineOpen)
      },
    },
  }
  useCommands(isSeen ? handlers : {})
  return { codeActive }
}

/** The longest name that a code is given from a text, in characters. */
const LONGEST_NAME = 60

/** What a code made from a passage is called: its words on one line, without what ends a sentence. */
function nameIn(quote: string): string {
  const line = quote.replace(/\s+/g, ' ').replace(/[\u3002\uFF1B;.\uFF0C,\u3001:\uFF1A]+$/, '')
  return [...line.trim()].slice(0, LONGEST_NAME).join('')
}
