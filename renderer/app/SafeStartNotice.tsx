import { useEffect } from 'react'
import { useWords } from '../locale/use-words'
import { useToast } from '../ui/use-toast'

/** Whether the page was asked to open nothing by itself, because doing so made it crash. */
export function isSafeStart(): boolean {
  return new URLSearchParams(location.search).get('safe') === '1'
}

/** Says why the program began at its start screen. */
export function SafeStartNotice() {
  const { t } = useWords()
  const show = useToast()
  useEffect(() => {
    show({ message: t('safeStart.message'), kind: 'danger' })
  }, [show, t])
  return null
}
