import { useState } from 'react'
import { HostError, type HostReason } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { type SaveState, useSaving } from '../session/saving'
import { Button } from '../ui/Button'
import { ErrorNotice } from '../ui/ErrorNotice'
import { useErrorText } from '../workspace/use-error-text'
import { SaveElsewhere } from './SaveElsewhere'

interface SaveNoticeProps {
  onReopen(takeOver: boolean): void
}

/** What to know and do while something is not saved. Nothing at all while everything is. */
export function SaveNotice({ onReopen }: SaveNoticeProps) {
  const state = useSaving(({ state }) => state)
  const { t } = useWords()
  const errorText = useErrorText()
  // What waits is kept here too, since by the end of the dialog it waits no more.
  const [moving, setMoving] = useState<NotSaved | null>(null)
  if (moving) {
    return (
      <SaveElsewhere
        state={moving}
        onClose={() => setMoving(null)}
        onReopen={() => onReopen(false)}
      />
    )
  }
  switch (state.kind) {
    case 'saved':
    case 'saving':
    case 'viewing':
      return null
    case 'not-saved':
      return (
        <ErrorNotice
          isFlush
          {...errorText(new HostError(state.reason, state.details))}
          safe={t('shell.pendingKept')}
          actions={
            <>
              <Button size="small" onPress={state.giveUp}>
                {t('shell.giveUp')}
              </Button>
              {DISK_REASONS.has(state.reason) && (
                <Button size="small" onPress={() => setMoving(state)}>
                  {t('trouble.elsewhere.command')}
                </Button>
              )}
              <Button size="small" variant="primary" onPress={state.retry}>
                {t('common.retry')}
              </Button>
            </>
          }
        />
      )
    case 'copy-failed':
      return (
        <ErrorNotice
          isFlush
          what={t('shell.copyFailed.what')}
          safe={t('shell.copyFailed.safe')}
          todo={t('shell.copyFailed.todo')}
          actions={
            <Button size="small" variant="primary" onPress={() => onReopen(false)}>
              {t('shell.reopen')}
            </Button>
          }
        />
      )
    case 'taken-over':
      return (
        <ErrorNotice
          isFlush
          what={t('shell.takenOver.what')}
          safe={t('shell.takenOver.safe')}
          todo={t('shell.takenOver.todo')}
          actions={
            <Button size="small" onPress={() => onReopen(true)}>
              {t('shell.takeOver')}
            </Button>
          }
        />
      )
  }
}

type NotSaved = Extract<SaveState, { kind: 'not-saved' }>

/** Where another place may help: the disk itself refuses. */
const DISK_REASONS: ReadonlySet<HostReason> = new Set([
  'disk-full',
  'read-only',
  'vanished',
  'disk-error',
])
