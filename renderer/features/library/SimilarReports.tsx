import { useState } from 'react'
import type { SimilarReport } from '../../jobs/similar-reports'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { Button } from '../../ui/Button'
import { VirtualList } from '../../ui/VirtualList'
import { SimilarPairDialog } from './SimilarPairDialog'

interface SimilarReportsProps {
  readonly similar: readonly SimilarReport[]
  /** Closes the dialog that this stands in. */
  onHide(): void
}

/** Reports that came in and are nearly the same as others, to be looked at in pairs. */
export function SimilarReports({ similar, onHide }: SimilarReportsProps) {
  const { t, number } = useWords()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState<SimilarReport | null>(null)
  const [key] = selected
  const pair = key === undefined ? similar[0] : similar[Number(key)]
  if (similar.length === 0) return null
  const lines = similar.map((each, i) => ({ each, key: String(i) }))
  const wordsOf = ({ other, similarity }: SimilarReport) => {
    const percent = number(Math.floor(similarity * 100))
    const words = t('import.similarLine', { percent, title: other.title })
    return words + (other.isNew ? t('import.similarNew') : t('import.similarOld'))
  }
  return (
    <>
      <div className="import-lines-head">
        <h3>{t('import.similarTitle')}</h3>
        <Button size="small" isDisabled={!pair} onPress={() => setShown(pair ?? null)}>
          {t('import.showBoth')}
        </Button>
      </div>
      <p className="import-quiet">
        {t('import.similarText', { count: similar.length, n: number(similar.length) })}
      </p>
      <div
        className="import-lines"
        style={{ blockSize: ROW_HEIGHT * Math.min(4, lines.length) + 2 }}
      >
        <VirtualList
          label={t('import.similarTitle')}
          items={lines}
          keyOf={line => line.key}
          rowHeight={ROW_HEIGHT}
          selected={selected}
          onSelect={setSelected}
          onActivate={line => setShown(line.each)}
          renderRow={({ each }) => (
            <span className="import-line" title={`${each.path}\n${each.other.path}`}>
              <span className="import-name">{each.path || each.title}</span>
              <span className="import-quiet">{wordsOf(each)}</span>
            </span>
          )}
        />
      </div>
      {shown && (
        <SimilarPairDialog
          pair={shown}
          onClose={() => setShown(null)}
          onOpen={id => {
            useReading.getState().openReport(id)
            setShown(null)
            onHide()
          }}
        />
      )}
    </>
  )
}

/** In pixels; four rows are shown at most. */
const ROW_HEIGHT = 44
