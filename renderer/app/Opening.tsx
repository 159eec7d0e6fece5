import type { RebuildProgress } from '../data/rebuild'
import { useWords } from '../locale/use-words'
import { ProgressBar } from '../ui/ProgressBar'
import './opening.css'

interface OpeningProps {
  /** `null` while nothing has to be built anew. */
  readonly progress: RebuildProgress | null
}

/** A project on its way: mostly too short to be seen, with a bar when it takes longer. */
export function Opening({ progress }: OpeningProps) {
  const { t } = useWords()
  if (!progress) return <div className="opening" aria-busy />
  const share = progress.total === 0 ? 0 : progress.done / progress.total
  return (
    <main className="opening">
      <div className="opening-box">
        <ProgressBar label={t(LABELS[progress.phase])} value={share} />
        {progress.phase !== 'snapshot' && <p>{t('shell.rebuilding')}</p>}
      </div>
    </main>
  )
}

const LABELS = {
  journal: 'shell.readingJournal',
  snapshot: 'viewing.reading',
} as const
