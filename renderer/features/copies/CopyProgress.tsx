import { useWords } from '../../locale/use-words'
import { ProgressBar } from '../../ui/ProgressBar'
import type { TaskProgress } from '../../workspace/task'
import { useMegabytes } from './use-megabytes'

interface CopyProgressProps {
  readonly progress: TaskProgress
}

const PHASES = ['sending', 'packing', 'unpacking', 'checking'] as const

/** How far a copy is, in bytes. */
export function CopyProgress({ progress }: CopyProgressProps) {
  const { t } = useWords()
  const megabytes = useMegabytes()
  const { phase, done, total } = progress
  const known = PHASES.find(each => each === phase) ?? 'starting'
  return (
    <ProgressBar
      label={t(`copies.phase.${known}`)}
      value={total === 0 ? null : done / total}
      note={
        total === 0 ? '' : t('copies.progress', { done: megabytes(done), total: megabytes(total) })
      }
    />
  )
}
