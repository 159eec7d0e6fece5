import type { ImportProgress } from '../../jobs/import-job'
import { useWords } from '../../locale/use-words'
import { ProgressBar } from '../../ui/ProgressBar'
import { toSize } from './sizes'

interface ImportRunningProps {
  readonly progress: ImportProgress
  readonly isStopping: boolean
}

/** How far an import has come, how fast it goes and how long it will take. */
export function ImportRunning({ progress, isStopping }: ImportRunningProps) {
  const { t, number } = useWords()
  const { done, total, bytes, bytesTotal, elapsedMs } = progress
  const part = bytesTotal > 0 ? bytes / bytesTotal : done / Math.max(1, total)
  const leftMs = part > 0 ? (elapsedMs * (1 - part)) / part : null
  const rate = elapsedMs > 0 ? (bytes / elapsedMs) * 1000 : 0
  return (
    <>
      <ProgressBar
        label={isStopping ? t('import.stopping') : t('import.running')}
        value={part}
        note={t('import.ofTotal', { done: number(done), total: number(total) })}
      />
      <p className="import-quiet import-numbers">
        {t('import.bytesOf', { done: toSize(bytes, number), total: toSize(bytesTotal, number) })}
        {rate > 0 && t('import.rate', { rate: toSize(rate, number) })}
        {leftMs !== null && part < 1 && t('import.left', { left: durationWords(leftMs) })}
      </p>
    </>
  )

  function durationWords(ms: number): string {
    const seconds = Math.max(1, Math.round(ms / 1000))
    return seconds < 90
      ? t('import.seconds', { count: seconds })
      : t('import.minutes', { count: Math.round(seconds / 60) })
  }
}
