import { AArrowDown, AArrowUp } from 'lucide-react'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { removeAnnotation } from '../../../shared/commands/annotate'
import { type Annotation, inReadingOrder } from '../../../shared/domain/annotation'
import { codePath } from '../../../shared/domain/code'
import type { AnnotationId } from '../../../shared/domain/id'
import type { Report, ReportText } from '../../../shared/domain/report'
import { annotationsIn } from '../../data/annotations'
import { allCoders, allCodes } from '../../data/codebook'
import { CopyFailed } from '../../data/commit'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { READER_FONT_SIZES, useLayout } from '../../session/layout'
import { useReading } from '../../session/reading'
import { useSaving } from '../../session/saving'
import { IconButton } from '../../ui/IconButton'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'
import { Margin } from './Margin'
import { PickedCard } from './PickedCard'
import { passageOf } from './passage'
import { useStripes } from './use-stripes'
import { mountReader, type ReaderView } from './view'

interface ReportPaneProps {
  readonly report: Report
  readonly content: ReportText
}

const NONE: readonly Annotation[] = []

/** A report and its code stripes. ProseMirror owns the text, React the margin. */
export function ReportPane({ report, content }: ReportPaneProps) {
  const { db, runner } = useWorkspace()
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const { readerFontSize, setReaderFontSize } = useLayout()
  const { picked, reveal, pick, selectPassage } = useReading()
  const isLocked = useSaving(({ state }) => state.kind !== 'saved' && state.kind !== 'saving')
  const annotations = useLive(() => annotationsIn(db, report.id), report.id) ?? NONE
  const codes = useLive(() => allCodes(db), 'codes')
  const coders = useLive(() => allCoders(db), 'coders')

  const place = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const view = useRef<ReaderView>(null)
  const shown = useRef<readonly Annotation[]>(annotations)
  shown.current = annotations
  const [cardTop, setCardTop] = useState(0)

  useEffect(() => {
    const mounted = mountReader(place.current!, scroller.current!, content, {
      onSelect: range => {
        selectPassage(range && passageOf(report.id, content.text, range))
        if (range) pick([])
      },
      onClick: offset => {
        const here = shown.current.filter(({ start, end }) => start <= offset && offset < end)
        pick(here.map(({ id }) => id))
      },
    })
    view.current = mounted
    mounted.focus()
    return () => {
      view.current = null
      mounted.destroy()
    }
  }, [content, report.id, pick, selectPassage])

  const placed = useStripes({ view, scroller, place, annotations })

  useEffect(() => {
    if (reveal?.reportId === report.id) view.current?.reveal(reveal)
  }, [reveal, report.id])

  const pickedHere = annotations.filter(({ id }) => picked.includes(id)).sort(inReadingOrder)
  const lastPicked = pickedHere.at(-1)
  const anchor = lastPicked ? `${lastPicked.id} ${placed.length}` : null
  useEffect(() => {
    if (anchor === null || !lastPicked || !view.current) return
    setCardTop(view.current.measure(lastPicked).bottom + 6)
  }, [anchor, lastPicked])

  const byId = new Map((codes ?? []).map(code => [code.id, code]))
  const coderNames = new Map((coders ?? []).map(({ id, name }) => [id, name]))
  const colors = Object.fromEntries((codes ?? []).map(({ id, color }) => [`--code-${id}`, color]))
  const stripes = placed.map(({ annotation: { id, codeId }, top, bottom }) => ({
    id,
    code: byId.get(codeId)?.name ?? '',
    color: `var(--code-${codeId})`,
    top,
    bottom,
  }))
  const close = () => {
    pick([])
    view.current?.focus()
  }
  const remove = async (id: AnnotationId) => {
    try {
      await runner.run(removeAnnotation(report.id, id))
    } catch (error) {
      // Whoever gives up saving, or must reopen the project, has been told so by the shell.
      if (error instanceof GivenUp || error instanceof CopyFailed) return
      toast({ message: errorText(error).brief, kind: 'danger' })
      return
    }
    // Not where another place was picked meanwhile: that card is to stay.
    if (pickedHere.length === 1 && useReading.getState().picked === picked) close()
  }

  return (
    <section className="reader-pane" aria-label={report.title}>
      <header className="reader-head">
        <h1 className="reader-title" title={report.title}>
          {report.title}
        </h1>
        <span className="reader-facts">
          {t('reader.facts', {
            characters: number(report.chars),
            annotations: number(annotations.length),
          })}
        </span>
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
            onPick={id => pick([id])}
          />
          {pickedHere.length > 0 && cardTop > 0 && (
            <PickedCard
              key={picked.join(' ')}
              annotations={pickedHere}
              top={cardTop}
              isLocked={isLocked}
              codePathOf={id => codePath(byId, id)}
              coderNameOf={id => coderNames.get(id) ?? ''}
              onRemove={id => void remove(id)}
              onClose={close}
            />
          )}
        </div>
      </div>
    </section>
  )
}

/** The language that decides how Han characters are drawn: Chinese as soon as there are any. */
function languageOf(text: string): 'zh-CN' | 'en' {
  return /\p{Script=Han}/u.test(text.slice(0, 20_000)) ? 'zh-CN' : 'en'
}
