import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import type { Group, RepairWay } from './groups'

export interface FoundListProps {
  readonly groups: readonly Group[]
  /** What is being repaired just now. */
  readonly repairing: RepairWay | null
  readonly canRepair: boolean
  onRepair(way: RepairWay): void
}

/** So many things of one kind are named; the report that can be copied has all. */
const SHOWN = 20

/** What a check has found, group by group, each with what it means and what can be done. */
export function FoundList({ groups, repairing, canRepair, onRepair }: FoundListProps) {
  const { t, number } = useWords()
  const names = {
    rebuild: t('check.rebuild'),
    restore: t('check.restore'),
    rows: t('check.repair'),
  }
  return groups.map(({ key, title, meaning, lines, way }) => (
    <section key={key} className="check-group" aria-label={title}>
      <div className="check-words">
        <h3>{title}</h3>
        <p>{meaning}</p>
        {lines.length > 0 && (
          <ul>
            {lines.slice(0, SHOWN).map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
              <li key={i} dir="auto">
                {line}
              </li>
            ))}
            {lines.length > SHOWN && (
              <li className="check-more">
                {t('check.more', { shown: number(lines.length - SHOWN) })}
              </li>
            )}
          </ul>
        )}
      </div>
      {way && (
        <Button
          isDisabled={!canRepair || repairing !== null}
          isPending={repairing === way}
          onPress={() => onRepair(way)}
        >
          {names[way]}
        </Button>
      )}
    </section>
  ))
}
