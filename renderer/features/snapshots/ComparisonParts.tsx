import { type ReactNode, useState } from 'react'
import type { MarkCounts } from '../../../shared/journal/comparison-marks'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'

/** As many lines as are drawn at first, and with every wish for more. */
const LINES = 40

interface PartProps {
  readonly title: string
  /** How many lines there are to show. */
  readonly lines: number
  /** How many more there are that are only counted. */
  readonly left?: number
  children(shown: number): ReactNode
}

/** One kind of differences under a heading; draws some lines, and more when asked. */
export function Part({ title, lines, left = 0, children }: PartProps) {
  const { t, number } = useWords()
  const [shown, setShown] = useState(LINES)
  return (
    <div className="comparison-part">
      <h5>{title}</h5>
      <ul>{children(shown)}</ul>
      {lines > shown && (
        <Button size="small" variant="quiet" onPress={() => setShown(shown + LINES)}>
          {t('snapshots.compare.more', { n: number(lines - shown) })}
        </Button>
      )}
      {lines <= shown && left > 0 && (
        <p className="snapshot-note">{t('snapshots.compare.left', { n: number(left) })}</p>
      )}
    </div>
  )
}

interface GroupProps extends MarkCounts {
  /** Empty where nobody knows it. */
  readonly name: string
}

/** How many of one code, report or variable differ. */
export function Group({ name, added, removed, changed }: GroupProps) {
  const { t, number } = useWords()
  return (
    <li className="comparison-group">
      <span>{name === '' ? t('snapshots.compare.unknown') : name}</span>
      <span className="comparison-numbers">
        {added > 0 && (
          <span className="snapshot-more">
            {t('snapshots.compare.added', { n: number(added) })}
          </span>
        )}
        {removed > 0 && (
          <span className="snapshot-less">
            {t('snapshots.compare.removed', { n: number(removed) })}
          </span>
        )}
        {changed > 0 && <span>{t('snapshots.compare.changed', { n: number(changed) })}</span>}
      </span>
    </li>
  )
}

const SIGNS = { added: '+', removed: '−', changed: '~', renamed: '~', moved: '~' } as const

/** What became of something, as a sign and a word. */
export function MarkTag({ mark }: { readonly mark: keyof typeof SIGNS }) {
  const { t } = useWords()
  return (
    <span className={`comparison-mark comparison-${mark}`}>
      <span aria-hidden>{SIGNS[mark]}</span> {t(`snapshots.marks.${mark}`)}
    </span>
  )
}
