import { Check, CircleAlert, LoaderCircle } from 'lucide-react'
import { useWords } from '../locale/use-words'

/** Whether what was done is on the disk, as far as the header shows it. */
export type ShownSaveState =
  | {
      readonly state: 'saved'
      /** Milliseconds since the Unix epoch; `null` when nothing was written since opening. */
      readonly at: number | null
    }
  | { readonly state: 'saving' | 'not-saved' }

interface SaveStatusProps {
  readonly save: ShownSaveState
}

/** Says whether everything is saved. Only the bad news is read out at once. */
export function SaveStatus({ save }: SaveStatusProps) {
  const { t, time } = useWords()
  switch (save.state) {
    case 'saved':
      return (
        <span className="save-status">
          <Check aria-hidden />
          {save.at === null ? t('shell.saved') : t('shell.savedAt', { time: time(save.at) })}
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
  }
}
