import { FileOutput, History, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { TrailRow } from '../../../shared/journal/trail'
import { toTag } from '../../locale/language'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { isComposing } from '../../ui/composing'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { IconButton } from '../../ui/IconButton'
import { ProgressBar } from '../../ui/ProgressBar'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList'
import { useErrorText } from '../../workspace/use-error-text'
import { AuditDialog } from './AuditDialog'
import { isFiltering, NO_FILTER } from './filter'
import { HistoryDetail } from './HistoryDetail'
import { HistoryFilters } from './HistoryFilters'
import { rowWords } from './row-words'
import { useJump } from './use-jump'
import { useMatching } from './use-matching'
import { type Told, useTrail } from './use-trail'
import './history.css'

export interface HistoryPanelProps {
  onClose(): void
}

const NOTHING: Told = { rows: [], codes: [], coders: [] }

/** How long a row must stay the current one before its changes are read. */
const REST_MS = 120

/** Every edit of the project, the newest first. Enter goes to where it was, Escape closes. */
export function HistoryPanel({ onClose }: HistoryPanelProps) {
  const words = useWords()
  const { t, number, language } = words
  const errorText = useErrorText()
  const { state, detail, askForDetail, retry } = useTrail()
  const jump = useJump()
  const [filter, setFilter] = useState(NO_FILTER)
  const [seq, setSeq] = useState<number | null>(null)
  const [isExporting, setExporting] = useState(false)
  const list = useRef<VirtualListHandle>(null)

  const { rows, codes, coders } = state.kind === 'ready' ? state : NOTHING
  const { shown, isSettled } = useMatching(rows, filter, codes)
  const isReady = state.kind === 'ready'
  const current = seq === null ? null : (rows[(rows[0]?.seq ?? 0) - seq] ?? null)

  // Whoever opened the panel came to read it, and goes back to what they did before.
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  useEffect(() => {
    if (isReady) list.current?.focus()
  }, [isReady])
  const asking = useRef(askForDetail)
  asking.current = askForDetail
  useEffect(() => {
    if (seq === null) return
    const timer = setTimeout(() => asking.current(seq), REST_MS)
    return () => clearTimeout(timer)
  }, [seq])

  const days = new Intl.DateTimeFormat(toTag(language), {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
  })
  const times = new Intl.DateTimeFormat(toTag(language), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return
    event.preventDefault()
    onClose()
  }
  const renderRow = (row: TrailRow, index: number) => {
    const day = days.format(row.at)
    const above = shown[index - 1]
    const isFirst = !above || days.format(above.at) !== day
    return (
      <div className={isFirst ? 'history-row is-first' : 'history-row'}>
        <span className="history-day">{day}</span>
        <span className="history-time">{times.format(row.at)}</span>
        <span className="history-who">{row.coder}</span>
        <span className="history-what">{rowWords(words, row)}</span>
      </div>
    )
  }

  return (
    <section className="history" aria-label={t('history.title')} onKeyDown={onKeyDown}>
      <header className="history-head">
        <h2 className="history-title">
          {t('history.title')}
          {isReady && (
            <span className="history-count" role="status">
              {isFiltering(filter)
                ? t('history.found', { found: number(shown.length), total: number(rows.length) })
                : t('history.count', { count: rows.length, n: number(rows.length) })}
            </span>
          )}
        </h2>
        <HistoryFilters filter={filter} onFilter={setFilter} codes={codes} coders={coders} />
        <Button
          size="small"
          icon={<FileOutput aria-hidden />}
          isDisabled={!isReady || !isSettled}
          onPress={() => setExporting(true)}
        >
          {t('history.export')}
        </Button>
        <IconButton
          size="small"
          label={t('common.close')}
          icon={<X aria-hidden />}
          onPress={onClose}
        />
      </header>
      {state.kind === 'reading' && (
        <div className="history-reading">
          <ProgressBar
            label={t('history.reading')}
            value={state.total === 0 ? null : state.done / state.total}
            note={
              state.total === 0
                ? ''
                : t('history.readingOf', { done: number(state.done), total: number(state.total) })
            }
          />
        </div>
      )}
      {state.kind === 'failed' && (
        <div className="history-reading">
          <ErrorNotice
            {...errorText(state.error)}
            actions={
              <Button size="small" onPress={retry}>
                {t('common.retry')}
              </Button>
            }
          />
        </div>
      )}
      {isReady && (
        <div className="history-body">
          <div className="history-list">
            <VirtualList
              ref={list}
              label={t('history.list')}
              items={shown}
              keyOf={row => String(row.seq)}
              renderRow={(row, { index }) => renderRow(row, index)}
              selected={new Set(seq === null ? [] : [String(seq)])}
              onSelect={([key = null]) => setSeq(key === null ? null : Number(key))}
              onActivate={row => void jump(row)}
              empty={<p className="history-none">{t('history.none')}</p>}
            />
          </div>
          {current ? (
            <HistoryDetail
              row={current}
              detail={detail?.seq === current.seq ? detail : null}
              onJump={() => void jump(current)}
            />
          ) : (
            <div className="history-detail">
              <EmptyState icon={<History aria-hidden />} title={t('history.pick')} />
            </div>
          )}
        </div>
      )}
      {isExporting && (
        <AuditDialog
          shown={isFiltering(filter) ? shown : null}
          total={rows.length}
          onClose={() => setExporting(false)}
        />
      )}
    </section>
  )
}
