import { useEffect, useState } from 'react'
import { HostError, type SnapshotList } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { useWorkspace } from '../workspace/context'
import { useErrorText } from '../workspace/use-error-text'

interface BackupNoticeProps {
  onSeeSnapshots(): void
}

/** How often it is asked how snapshots and the second place are. */
const LOOK_EVERY_MS = 30_000

/** Says that a backup fails, for as long as it does: one that fails in silence is none. */
export function BackupNotice({ onSeeSnapshots }: BackupNoticeProps) {
  const { host, project } = useWorkspace()
  const { t } = useWords()
  const errorText = useErrorText()
  const [list, setList] = useState<SnapshotList | null>(null)
  const { id, isReadOnly } = project

  useEffect(() => {
    if (isReadOnly) return
    let isGone = false
    const look = () =>
      host.listSnapshots(id).then(
        list => !isGone && setList(list),
        // Without an answer nothing is known; saving says so itself.
        () => {},
      )
    const timer = window.setInterval(() => void look(), LOOK_EVERY_MS)
    void look()
    return () => {
      isGone = true
      clearInterval(timer)
    }
  }, [host, id, isReadOnly])

  const second = list?.secondPlace?.failure ?? null
  const reason = second ?? list?.failure?.reason ?? null
  if (!reason) return null
  return (
    <Banner
      kind="warning"
      isFlush
      title={second ? t('trouble.backup.title') : t('trouble.backup.snapshotTitle')}
      actions={
        <Button size="small" onPress={onSeeSnapshots}>
          {t('trouble.backup.see')}
        </Button>
      }
    >
      <p>
        {second === 'vanished' ? t('trouble.backup.away') : errorText(new HostError(reason)).brief}
      </p>
    </Banner>
  )
}
