import { useWords } from '../../locale/use-words'

interface DeltaProps {
  /** `null` where there is nothing to compare with. */
  readonly by: number | null
}

/** By how much a number grew or shrank, with its sign. */
export function Delta({ by }: DeltaProps) {
  const { t, number } = useWords()
  if (by === null) return <span className="snapshot-delta">–</span>
  if (by === 0) return <span className="snapshot-delta">{t('snapshots.same')}</span>
  return (
    <span className={`snapshot-delta snapshot-${by > 0 ? 'more' : 'less'}`}>
      {by > 0 ? `+${number(by)}` : `−${number(-by)}`}
    </span>
  )
}
