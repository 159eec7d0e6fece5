import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import { useWords } from '../locale/use-words'
import { useSaving } from '../session/saving'

/** Says whether everything is on the disk. Only the bad news is read out at once. */
export function SaveStatus() {
  const { t, time } = useWords()
  const state = useSaving(({ state }) => state)
  switch (state.kind) {
    case 'saved':
      return (
        <span className="save-status">
          <Check aria-hidden />
          {state.at === null ? t('shell.saved') : t('shell.savedAt', { time: time(state.at) })}
        </span>
      )
    case 'saving':
      return (
        <span className="save-status">
          <LoaderCircle className="button-wheel" aria-hidden />
          {t('shell.saving')}
        </span>
      )
    case 'not-saved':
      return (
        <span className="save-status save-status-bad" role="alert">
          <CircleAlert aria-hidden />
          {t('shell.notSaved')}
        </span>
      )
    case 'copy-failed':
    case 'taken-over':
      // The notice below the header says it all.
      return null
  }
}
