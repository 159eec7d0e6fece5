import type { ReactNode } from 'react'
import { HostError, type Snapshot } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { Button } from '../ui/Button'
import { ErrorNotice } from '../ui/ErrorNotice'
import { useErrorText } from '../workspace/use-error-text'
import './opening.css'

interface OpeningFailedProps {
  readonly error: unknown
  onBack(): void
  /** Tries again; where another window has the project, takes it over. */
  onRetry?(): void
  /** Opens the project for reading only, where somebody else has it open for coding. */
  onView?(): void
  /** The last snapshot of a project that cannot be opened, and how to look at it. */
  readonly latest?: Snapshot
  onLookBack?(): void
  /** Offers to recover what can be read, where something may be. */
  readonly rescue?: ReactNode
}

/** Why a project did not open, and the ways on from there. */
export function OpeningFailed(props: OpeningFailedProps) {
  const { error, onBack, onRetry, onView, latest, onLookBack, rescue } = props
  const { t, date } = useWords()
  const errorText = useErrorText()
  const isElsewhere = error instanceof HostError && error.reason === 'open-elsewhere'
  return (
    <main className="opening">
      <div className="opening-box">
        <ErrorNotice
          {...errorText(error)}
          actions={
            <>
              <Button onPress={onBack}>{t('shell.openAnother')}</Button>
              {onView && <Button onPress={onView}>{t('viewing.open')}</Button>}
              {latest && onLookBack && (
                <Button onPress={onLookBack}>
                  {t('viewing.lookBack', { when: date(latest.at) })}
                </Button>
              )}
              {onRetry && (
                <Button variant={rescue ? 'plain' : 'primary'} onPress={onRetry}>
                  {isElsewhere ? t('shell.takeOver') : t('common.retry')}
                </Button>
              )}
            </>
          }
        />
        {rescue}
      </div>
    </main>
  )
}
