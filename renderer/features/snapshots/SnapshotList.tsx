import { Star } from 'lucide-react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { Snapshot } from '../../../shared/host'
import { toTag } from '../../locale/language'
import { useWords } from '../../locale/use-words'
import { Delta } from './Delta'
import { since } from './since'

interface SnapshotListProps {
  /** The last taken first. */
  readonly snapshots: readonly Snapshot[]
  readonly selected: string | null
  onSelect(name: string): void
}

/** The snapshots to choose from: when, why, and how the annotations had grown since the one before. */
export function SnapshotList({ snapshots, selected, onSelect }: SnapshotListProps) {
  const { t, date, number, language } = useWords()
  const tag = toTag(language)
  const now = Date.now()
  return (
    <ListBox
      aria-label={t('snapshots.list')}
      className="snapshot-list"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={keys => {
        const [name] = keys === 'all' ? [] : keys
        if (name !== undefined) onSelect(String(name))
      }}
    >
      {snapshots.map(({ name, at, reason, isPinned, counts }, i) => {
        const before = snapshots[i + 1]
        return (
          <ListBoxItem key={name} id={name} textValue={date(at)} className="snapshot-item">
            <span className="snapshot-when">
              {date(at)}
              {isPinned && (
                <>
                  <Star aria-hidden className="snapshot-star" />
                  <span className="visually-hidden">{t('snapshots.pinned')}</span>
                </>
              )}
            </span>
            <span className="snapshot-size">
              {t('snapshots.annotations', {
                count: counts.annotations,
                n: number(counts.annotations),
              })}
            </span>
            <span className="snapshot-why">
              {t(`snapshots.reasons.${reason}`)} · {since(at, now, tag) ?? t('snapshots.justNow')}
            </span>
            <Delta by={before ? counts.annotations - before.counts.annotations : null} />
          </ListBoxItem>
        )
      })}
    </ListBox>
  )
}
