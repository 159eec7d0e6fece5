import type { ImportProgress } from '../../jobs/import-messages'
import { useWords } from '../../locale/use-words'
import { ProgressBar } from '../../ui/ProgressBar'
import { toSize } from '../../workspace/sizes'

interface ImportRunningProps {
  readonly progress: ImportProgress
  readonly isStopping: boolean
}

/** How far an import has come, how fast it goes and how long it will take. */
export function ImportRunning({ progress, isStopping }: ImportRunningProps) {
  const { t, number } = useWords()
  const { phase, done, total, bytes, bytesTotal } = progress
  const { filesPerSecond, bytesPerSecond, leftMs } = progress
  const part = bytesTotal > 0 ? bytes / bytesTotal : done / Math.max(1, total)
  return (
    <>
      <ProgressBar
        label={label()}
        value={part}
        note={t('import.ofTotal', { done: number(done), total: number(total) })}
      />
      <p className="import-quiet import-numbers">
        {t('import.bytesOf', { done: toSize(bytes, number), total: toSize(bytesTotal, number) })}
        {filesPerSecond > 0 && t('import.filesRate', { n: number(rounded(filesPerSecond)) })}
        {bytesPerSecond > 0 && t('import.rate', { rate: toSize(bytesPerSecond, number) })}
        {leftMs !== null && part < 1 && t('import.left', { left: durationWords(leftMs) })}
      </p>
    </>
  )

  function label(): string {
    if (phase === 'saving') return t(isStopping ? 'import.savingRest' : 'import.saving')
    if (phase === 'listing') return t('import.listing')
    if (isStopping) return t('import.stopping')
    return t(phase === 'comparing' ? 'import.comparing' : 'import.running')
  }

  function durationWords(ms: number): string {
    const seconds = Math.max(1, Math.round(ms / 1000))
    return seconds < 90
      ? t('import.seconds', { count: seconds })
      : t('import.minutes', { count: Math.round(seconds / 60) })
  }
}

/** As exact as people read it: `0.4`, `12`, `350`. */
function rounded(rate: number): number {
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate)
}
