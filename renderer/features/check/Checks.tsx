import { useEffect, useEffectEvent, useState } from 'react'
import { useWords } from '../../locale/use-words'
import { useChecks } from '../../session/checks'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { useWorkspace } from '../../workspace/context'
import { CheckDialog } from './CheckDialog'
import { groupsOf } from './groups'
import { rememberCheck } from './last-check'
import type { CheckReport } from './run-check'
import { useIdleCheck } from './use-idle-check'

export interface ChecksProps {
  readonly isOpen: boolean
  onOpen(): void
  onClose(): void
  /** Closes the project and opens it again. */
  onReopen(): void
}

/** Everything about checking a project: the dialog, and the notice when an idle check found something. */
export function Checks({ isOpen, onOpen, onClose, onReopen }: ChecksProps) {
  const words = useWords()
  const { t } = words
  const { project } = useWorkspace()
  const [found, setFound] = useState<CheckReport | null>(null)
  const remember = (report: CheckReport) => {
    rememberCheck(project.id, Date.now())
    setFound(groupsOf(report, words).length > 0 ? report : null)
  }
  useIdleCheck(report => {
    if (!isOpen) remember(report)
  })
  const open = useEffectEvent(() => {
    const { again, ask } = useChecks.getState()
    if (again !== project.id) return
    ask(null)
    onOpen()
  })
  useEffect(() => open(), [])

  if (isOpen) {
    return <CheckDialog known={found} onChecked={remember} onClose={onClose} onReopen={onReopen} />
  }
  if (!found) return null
  return (
    <Banner
      kind="warning"
      isFlush
      title={t('check.idle.title')}
      actions={
        <>
          <Button size="small" onPress={() => setFound(null)}>
            {t('common.close')}
          </Button>
          <Button size="small" variant="primary" onPress={onOpen}>
            {t('check.idle.see')}
          </Button>
        </>
      }
    >
      {t('check.idle.text')}
    </Banner>
  )
}
