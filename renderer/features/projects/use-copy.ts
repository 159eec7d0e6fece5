import { useWords } from '../../locale/use-words'
import { useToast } from '../../ui/use-toast'
import { useErrorText } from '../../workspace/use-error-text'

/** Copies a folder's path, and says so. */
export function useCopy(): (path: string) => Promise<void> {
  const { t } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  return async path => {
    try {
      await navigator.clipboard.writeText(path)
      toast({ message: t('projects.pathCopied') })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }
}
