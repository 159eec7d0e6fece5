import { AArrowDown, AArrowUp, TableOfContents } from 'lucide-react'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import {
  assignCode,
  assignCodeToAll,
  assignNewCode,
  removeAnnotation,
} from '../../../shared/commands/annotate'
import type { Command } from '../../../shared/commands/command'
import {
  correctStructure,
  type NewCorrection,
  removeCorrections,
} from '../../../shared/commands/structure'
import { type Annotation, inReadingOrder, type Passage } from '../../../shared/domain/annotation'
import { codePath } from '../../../shared/domain/code'
import type { AnnotationId, CodeId } from '../../../shared/domain/id'
import type { Report, ReportText } from '../../../shared/domain/report'
import type { Span } from '../../../shared/domain/structure'
import type { JournalEntry } from '../../../shared/journal/history'
import { annotationsIn } from '../../data/annotations'
import { allCoders, allCodes } from '../../data/codebook'
import { CopyFailed } from '../../data/commit'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { READER_FONT_SIZES, useLayout } from '../../session/layout'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { IconButton } from '../../ui/IconButton'
import { Select } from '../../ui/Select'
import { ToggleButton } from '../../ui/ToggleButton'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'
import { ActiveCode } from './ActiveCode'
import { CodeAllDialog } from './CodeAllDialog'
import { CodePicker } from './CodePicker'
import { FindBar } from './FindBar'
import { Margin } from './Margin'
import { Outline } from './Outline'
import { PickedCard } from './PickedCard'
import { passageOf } from './passage'
import { SectionPath } from './SectionPath'
import { StructureMenu } from './StructureMenu'
import { SHOWN_UNITS, type ShownUnit } from './structure-plugin'
import { usePlace } from './use-place'
import { useReaderCommands } from './use-reader-commands'
import { useStripes } from './use-stripes'
import { useStructure } from './use-structure'
import { mountReader, type ReaderView } from './view'

interface ReportPaneProps {
  readonly report: Report
  readonly content: ReportText
}

const NONE: readonly Annotation[] = []
const NO_STOPS: readonly number[] = []

/** A report and its code stripes. ProseMirror owns the text, React the margin. */
export function ReportPane({ report, content }: ReportPaneProps) {
  const { db, runner } = useWorkspace()
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const readerFontSize = useLayout(layout => layout.readerFontSize)
  const { setReaderFontSize, showOutline } = useLayout.getState()
  const picked = useReading(reading => reading.picked)
  const reveal = useReading(reading => reading.reveal)
  const { pick, selectPassage } = useReading.getState()
  const isLocked = !useCanEdit()
  const live = useLive(() => annotationsIn(db, report.id), report.id)
  const annotations = live ?? NONE
  const isKnown = live !== undefined
  const codes = useLive(() => allCodes(db), 'codes')
  const coders = useLive(() => allCoders(db), 'coders')

  const place = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const view = useRef<ReaderView>(null)
  const shown = useRef<readonly Annotation[]>(annotations)
  shown.current = annotations
  const [cardTop, setCardTop] = useState(0)
  /** Whether the card was asked for by the keyboard and takes the focus. */
  const [cardFocus, setCardFocus] = useState(false)
  /** What a code is being picked for. */
  const [picking, setPicking] = useState<Picking | null>(null)
  /** The places that are being gone through to be coded. */
  const [codingAll, setCodingAll] = useState<readonly Span[] | null>(null)
  const [finding, setFinding] = useState<{ readonly query: string } | null>(null)

  const codeSelected = useRef((_range: Span) => {})

  // Mounted once the annotations are known: text and highlights are drawn in one go.
  useEffect(() => {
    if (!isKnown) return
    const first = { report: content, shown: shown.current }
    const mounted = mountReader(place.current!, scroller.current!, first, {
      onSelect: range => {
        selectPassage(range && passageOf(report.id, content.text, range))
        if (range) pick([])
      },
      onSelected: range => codeSelected.current(range),
      onClick: offset => {
        const here = shown.current.filter(({ start, end }) => start <= offset && offset < end)
        setCardFocus(false)
        pick(here.map(({ id }) => id))
      },
    })
    view.current = mounted
    mounted.focus()
    return () => {
      view.current = null
      mounted.destroy()
    }
  }, [isKnown, content, report.id, pick, selectPassage])

  const placed = useStripes({ view, scroller, place, annotations })
  const read = useStructure(report, content.text)
  const [unit, setUnit] = useState<ShownUnit>('none')
  const isOutlineOpen = useLayout(layout => layout.isOutlineOpen)
  const readingAt = usePlace({ view, scroller, isReady: isKnown, stops: read?.stops ?? NO_STOPS })
  const passage = useReading(reading => reading.passage)
  const pathAt = passage?.reportId === report.id ? passage.start : readingAt

  useEffect(() => {
    if (read && isKnown) view.current?.showStructure({ read, unit })
  }, [read, unit, isKnown])

  // Asked for before the text was mounted, it is shown when it is.
  useEffect(() => {
    if (isKnown && reveal?.reportId === report.id) view.current?.reveal(reveal)
  }, [reveal, report.id, isKnown])

  const pickedHere = annotations.filter(({ id }) => picked.includes(id)).sort(inReadingOrder)
  const lastPicked = pickedHere.at(-1)
  const anchor = lastPicked ? `${lastPicked.id} ${placed.length}` : null
  useEffect(() => {
    if (anchor === null || !lastPicked || !view.current) return
    setCardTop(view.current.measure(lastPicked).bottom + 6)
  }, [anchor, lastPicked])

  const byId = new Map((codes ?? []).map(code => [code.id, code]))
  const coderNames = new Map((coders ?? []).map(({ id, name }) => [id, name]))
  const colors = Object.fromEntries(
    (codes ?? []).map(({ id, color }) => [`--code-${id}`, colorIn(color)]),
  )
  const stripes = placed.map(({ annotation: { id, codeId }, top, bottom }) => ({
    id,
    code: byId.get(codeId)?.name ?? '',
    color: `var(--code-${codeId})`,
    top,
    bottom,
  }))
  const close = () => {
    const stripe = scroller.current?.querySelector<HTMLElement>('.stripe.is-picked button')
    pick([])
    if (cardFocus && stripe) stripe.focus()
    else view.current?.focus()
  }
  const run = async (command: Command) => {
    try {
      const entry = await runner.run(command)
      noteCodes(entry)
      return entry
    } catch (error) {
      // Whoever gives up saving, or must reopen the project, has been told so by the shell.
      if (!(error instanceof GivenUp || error instanceof CopyFailed)) {
        toast({ message: errorText(error).brief, kind: 'danger' })
      }
      return 'failed'
    }
  }
  const attempt = async (command: Command) => (await run(command)) !== 'failed'
  const pickCode = (passage: Passage) => {
    if (!view.current) return
    pick([])
    setPicking({ passage, at: view.current.anchorOf(passage) })
  }
  const endPicking = (refocus: boolean) => {
    setPicking(null)
    if (refocus) view.current?.focus()
  }
  const applyPicked = async (command: Command) => {
    endPicking(true)
    if ((await run(command)) === null) toast({ message: t('reader.already') })
  }
  const codeAll = async (passages: readonly Passage[], codeId: CodeId) => {
    const entry = await run(assignCodeToAll(passages, codeId))
    if (entry === null) toast({ message: t('reader.already') })
    if (entry === null || entry === 'failed' || entry.kind === 'import') return
    const count = entry.changes.length
    toast({ message: t('reader.codeAll.done', { count, n: number(count) }) })
  }
  const { codeActive } = useReaderCommands({
    ...{ view, report, content, read, annotations, isLocked, run },
    onFind: query => setFinding({ query }),
    onPickCode: pickCode,
  })
  codeSelected.current = codeActive
  const correct = (correction: NewCorrection) =>
    void attempt(correctStructure(report.id, correction))
  const jump = ({ start, end }: Span) => view.current?.bring({ start, end })
  const remove = async (id: AnnotationId) => {
    if (!(await attempt(removeAnnotation(report.id, id)))) return
    // Not where another place was picked meanwhile: that card is to stay.
    if (pickedHere.length === 1 && useReading.getState().picked === picked) close()
  }

  // Delete takes off the one annotation that is picked, wherever in the reader the focus is.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const [only, ...others] = pickedHere
    if (event.key !== 'Delete' || !only || others.length > 0 || isLocked) return
    event.preventDefault()
    void remove(only.id)
  }

  return (
    <section onKeyDown={onKeyDown} className="reader-pane" aria-label={report.title}>
      <header className="reader-head">
        <ToggleButton
          iconOnly
          size="small"
          label={t('outline.title')}
          keys="Mod+Shift+O"
          icon={<TableOfContents aria-hidden />}
          isSelected={isOutlineOpen}
          onChange={showOutline}
        />
        <h1 className="reader-title" title={report.title}>
          {report.title}
        </h1>
        <span className="reader-facts">
          {t('reader.characters', { n: number(report.chars) })}
          {' \u00b7 '}
          {t('reader.annotations', { count: annotations.length, n: number(annotations.length) })}
        </span>
        <Select<ShownUnit>
          hideLabel
          label={t('outline.units')}
          value={unit}
          options={SHOWN_UNITS.map(id => ({ id, label: t(`outline.unit.${id}`) }))}
          onChange={setUnit}
          isDisabled={!read}
        />
        {read && (
          <StructureMenu
            read={read}
            text={content.text}
            canEdit={!isLocked}
            selection={() => view.current?.selection() ?? null}
            onCorrect={correct}
            onRestore={corrections => void attempt(removeCorrections(corrections))}
          />
        )}
        <IconButton
          size="small"
          label={t('reader.smaller')}
          icon={<AArrowDown aria-hidden />}
          isDisabled={readerFontSize <= READER_FONT_SIZES.min}
          onPress={() => setReaderFontSize(readerFontSize - 1)}
        />
        <IconButton
          size="small"
          label={t('reader.larger')}
          icon={<AArrowUp aria-hidden />}
          isDisabled={readerFontSize >= READER_FONT_SIZES.max}
          onPress={() => setReaderFontSize(readerFontSize + 1)}
        />
      </header>
      <ActiveCode codes={codes ?? []} />
      {finding && (
        <FindBar
          text={content.text}
          view={view}
          wish={finding}
          canCode={!isLocked && read !== null && (codes?.length ?? 0) > 0}
          onCodeAll={setCodingAll}
          onClose={() => setFinding(null)}
        />
      )}
      <div className="reader-body">
        {isOutlineOpen && !read && <div className="outline" aria-busy />}
        {isOutlineOpen && read && (
          <Outline
            read={read}
            hasParts={languageOf(content.text) === 'zh-CN'}
            place={readingAt}
            canEdit={!isLocked}
            onJump={jump}
            onSetLevel={({ start, end }, level) => correct({ kind: 'heading', start, end, level })}
            onRemoveHeading={({ start, end }) =>
              correct({ kind: 'not-heading', start, end, level: 0 })
            }
          />
        )}
        <div
          className="reader"
          ref={scroller}
          style={{ ...colors, '--size': `${readerFontSize}px` } as CSSProperties}
        >
          <div className="reader-page">
            <div className="reader-text" ref={place} lang={languageOf(content.text)} />
            <Margin
              label={t('reader.margin')}
              stripes={stripes}
              picked={new Set(picked)}
              onPick={(id, { byKeyboard }) => {
                setCardFocus(byKeyboard)
                pick([id])
              }}
            />
            {picking && codes && (
              <CodePicker
                codes={codes}
                applied={appliedTo(picking.passage, annotations)}
                at={picking.at}
                onPick={id => void applyPicked(assignCode(picking.passage, id))}
                onCreate={name =>
                  void applyPicked(assignNewCode(picking.passage, { name, parentId: null }))
                }
                onClose={endPicking}
              />
            )}
            {pickedHere.length > 0 && cardTop > 0 && (
              <PickedCard
                key={picked.join(' ')}
                annotations={pickedHere}
                top={cardTop}
                isLocked={isLocked}
                takesFocus={cardFocus}
                codePathOf={id => codePath(byId, id)}
                coderNameOf={id => coderNames.get(id) ?? ''}
                onRemove={id => void remove(id)}
                onClose={close}
              />
            )}
          </div>
        </div>
      </div>
      {codingAll && read && (
        <CodeAllDialog
          report={report}
          text={content.text}
          structure={read.structure}
          hits={codingAll}
          codes={codes ?? []}
          onCode={(passages, codeId) => {
            setCodingAll(null)
            void codeAll(passages, codeId)
          }}
          onClose={() => setCodingAll(null)}
        />
      )}
      <footer className="reader-foot">
        {read && <SectionPath structure={read.structure} place={pathAt} />}
      </footer>
    </section>
  )
}

interface Picking {
  readonly passage: Passage
  readonly at: ReturnType<ReaderView['anchorOf']>
}

/** The codes that a passage has exactly. */
function appliedTo(passage: Passage, annotations: readonly Annotation[]): ReadonlySet<CodeId> {
  const here = annotations.filter(
    ({ start, end }) => start === passage.start && end === passage.end,
  )
  return new Set(here.map(({ codeId }) => codeId))
}

/** Codes that an edit applied are the ones most likely wanted next. */
function noteCodes(entry: JournalEntry | null): void {
  if (!entry || entry.kind === 'import' || entry.label !== 'assignCode') return
  for (const { table, after } of entry.changes) {
    if (table === 'annotations' && after) useReading.getState().noteCode(after.codeId)
  }
}

/** A code's colour as it is drawn: lighter on a dark page, where dark ones would not be seen. */
function colorIn(color: string): string {
  return `light-dark(${color}, color-mix(in oklch, ${color}, white 38%))`
}

/** The language that decides how Han characters are drawn: Chinese as soon as there are any. */
function languageOf(text: string): 'zh-CN' | 'en' {
  return /\p{Script=Han}/u.test(text.slice(0, 20_000)) ? 'zh-CN' : 'en'
}
