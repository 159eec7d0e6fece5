import { useState } from 'react'
import type { TableHead, ValuesPreview } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { ProgressBar } from '../../ui/ProgressBar'
import { VirtualList } from '../../ui/VirtualList'
import { linesOf, PREVIEW_LISTS, type PreviewList } from './preview-lines'

interface MatchPreviewProps {
  readonly head: TableHead
  /** `null` until it is known. */
  readonly preview: ValuesPreview | null
  /** Whether the choices have changed since. */
  readonly isStale: boolean
}

/** What a table would change: how much of what, and each line of what asks for attention. */
export function MatchPreview({ head, preview, isStale }: MatchPreviewProps) {
  const { t, number } = useWords()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [line, setLine] = useState<ReadonlySet<string>>(new Set())
  if (!preview) return <ProgressBar label={t('valuesImport.previewing')} value={null} />
  const [chosen] = picked
  const shown =
    PREVIEW_LISTS.find(list => list === chosen) ??
    PREVIEW_LISTS.find(list => preview[list].count > 0) ??
    PREVIEW_LISTS[0]
  const lines = linesOf(t, shown, { preview, head, number })
  const more = preview[shown].count - lines.length
  const figures = [
    { label: t('valuesImport.figures.matched'), count: preview.matched },
    { label: t('valuesImport.figures.filled'), count: preview.filled },
    { label: t('valuesImport.figures.replaced'), count: preview.replaced.count },
    { label: t('valuesImport.figures.same'), count: preview.same },
  ]
  return (
    <section
      className={isStale ? 'values-preview values-stale' : 'values-preview'}
      aria-label={t('valuesImport.preview')}
      aria-busy={isStale}
    >
      <h3>{t('valuesImport.preview')}</h3>
      <dl className="values-figures">
        {figures.map(({ label, count }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      <div className="values-found">
        <div className="values-kinds">
          <VirtualList
            label={t('valuesImport.lists')}
            items={PREVIEW_LISTS}
            keyOf={list => list}
            rowHeight={30}
            selected={new Set([shown])}
            onSelect={setPicked}
            renderRow={list => (
              <>
                <span className="values-name">{t(`valuesImport.list.${list}`)}</span>
                <span className="values-count">{number(preview[list].count)}</span>
              </>
            )}
          />
        </div>
        <div className="values-lines">
          <VirtualList
            label={t(`valuesImport.list.${shown}`)}
            items={lines}
            keyOf={({ key }) => key}
            rowHeight={30}
            selected={line}
            onSelect={setLine}
            renderRow={({ words }) => (
              <span className="values-name" title={words}>
                {words}
              </span>
            )}
            empty={<p className="values-none">{t('valuesImport.none')}</p>}
          />
        </div>
      </div>
      <p className="values-quiet">
        {lines.find(({ key }) => line.has(key))?.words ??
          (more > 0
            ? t('valuesImport.more', { shown: number(lines.length), n: number(more) })
            : t(`valuesImport.means.${shown as PreviewList}`))}
      </p>
    </section>
  )
}
