import { Copy, Download } from 'lucide-react'
import type { TaskResults } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { useToast } from '../../ui/use-toast'
import { useErrorText } from '../../workspace/use-error-text'
import { useMegabytes } from './use-megabytes'

interface SavedCopyProps {
  readonly saved: TaskResults['save-copy']
}

/** A copy that was saved: what it is called, where it is, and what is not in it. */
export function SavedCopy({ saved }: SavedCopyProps) {
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const megabytes = useMegabytes()
  const { name, bytes, folder, url, missingBlobs } = saved

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(folder)
      toast({ message: t('copies.pathCopied') })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }

  return (
    <>
      <Banner kind="ok" title={t('copies.savedText')} />
      {missingBlobs > 0 && (
        <Banner
          kind="warning"
          title={t('copies.missing.title', { count: missingBlobs, n: number(missingBlobs) })}
        >
          {t('copies.missing.saved')}
        </Banner>
      )}
      <div className="copies-file">
        <span className="copies-name">{name}</span>
        <span className="copies-size">{megabytes(bytes)}</span>
        {url && (
          <a className="copies-download" href={url} download={name}>
            <Download aria-hidden />
            <span>
              {t('copies.download')}
              <span className="visually-hidden"> {name}</span>
            </span>
          </a>
        )}
      </div>
      <div className="copies-place">
        <p className="copies-path">{folder}</p>
        <Button icon={<Copy aria-hidden />} onPress={() => void copy()}>
          {t('copies.copyPath')}
        </Button>
      </div>
    </>
  )
}
