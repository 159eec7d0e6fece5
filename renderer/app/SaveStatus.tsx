import { Check, CircleAlert, Eye, LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from '../locale/use-words'
import { useSaving } from '../session/saving'

/** Says whether everything is on the disk. Only the bad news is read out at once. */
export function SaveStatus() {
  const { t, time } = useWords()
  const state = useSaving(({ state }) => state)
  const isSlow = useSlow(state.kind === 'saving')
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
          <span role="status">{isSlow ? t('trouble.slow') : t('shell.saving')}</span>
        </span>
      )
    case 'not-saved':
      return (
        <span className="save-status save-status-bad" role="alert">
          <CircleAlert aria-hidden />
          {t('shell.notSaved')}
        </span>
      )
    case 'viewing':
      return (
        <span className="save-status">
          <Eye aria-hidden />
          {t('viewing.status')}
        </span>
      )
    case 'copy-failed':
    case 'taken-over':
      // The notice below the header says it all.
      return null
  }
}

/** After how long saving is called slow. */
const SLOW_MS = 3000

/** Whether something has been going on for longer than it should. */
function useSlow(isGoingOn: boolean): boolean {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isGoingOn])
  return isSlow
}
