import { HostError } from '../../shared/host'
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
}

/** Why a project did not open, and the ways on from there. */
export function OpeningFailed({ error, onBack, onRetry }: OpeningFailedProps) {
  const { t } = useWords()
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
              {onRetry && (
                <Button variant="primary" onPress={onRetry}>
                  {isElsewhere ? t('shell.takeOver') : t('common.retry')}
                </Button>
              )}
            </>
          }
        />
      </div>
    </main>
  )
}
