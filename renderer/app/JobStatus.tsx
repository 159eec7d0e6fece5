import { X } from 'lucide-react'
import { useWords } from '../locale/use-words'
import { useJobs } from '../session/jobs'
import { IconButton } from '../ui/IconButton'

/** What is running in the background, each with a way to stop it. */
export function JobStatus() {
  const running = useJobs(jobs => jobs.running)
  const { t, number } = useWords()
  return running.map(({ id, kind, done, total, cancel }) => (
    <span key={id} className="job-status">
      {t(kind === 'import' ? 'shell.importing' : 'shell.exporting', {
        done: number(done),
        total: number(total),
      })}
      <IconButton
        size="small"
        label={t('common.cancel')}
        icon={<X aria-hidden />}
        onPress={cancel}
      />
    </span>
  ))
}
