import { ChevronRight, RotateCcw } from 'lucide-react'
import type { ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'

interface TrashListProps {
  readonly projects: readonly ListedProject[]
  onRestore(project: ListedProject): void
}

const DAY_MS = 86_400_000
const KEPT_DAYS = 30

/** The projects in the trash, folded away until someone looks. */
export function TrashList({ projects, onRestore }: TrashListProps) {
  const { t } = useWords()
  return (
    <details className="trash">
      <summary className="trash-title">
        <ChevronRight aria-hidden />
        {t('projects.trashCount', { count: projects.length })}
      </summary>
      <p className="trash-hint">{t('projects.trashHint')}</p>
      <ul className="trash-list">
        {projects.map(project => (
          <li key={project.id} className="trash-row">
            <span className="project-name">{project.name}</span>
            <span className="trash-days">
              {t('projects.daysLeft', { count: daysLeft(project.trashedAt) })}
            </span>
            <Button
              size="small"
              icon={<RotateCcw aria-hidden />}
              aria-label={`${t('common.restore')} ${project.name}`}
              onPress={() => onRestore(project)}
            >
              {t('common.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function daysLeft(trashedAt: number | null): number {
  const days = (Date.now() - (trashedAt ?? Date.now())) / DAY_MS
  return Math.max(0, Math.ceil(KEPT_DAYS - days))
}
