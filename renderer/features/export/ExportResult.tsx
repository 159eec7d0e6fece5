import { Copy, Download } from 'lucide-react'
import type { ExportOutcome } from '../../jobs/export-job'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { useToast } from '../../ui/use-toast'
import { useErrorText } from '../../workspace/use-error-text'

interface ExportResultProps {
  readonly outcome: Extract<ExportOutcome, { kind: 'written' }>
}

/** What an export has written, where it is, and what in it asks for attention. */
export function ExportResult({ outcome }: ExportResultProps) {
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const { folder, files, counts } = outcome
  const { segments, segmentsNotIntact: notIntact } = counts
  const unknown =
    counts.segmentsWithUnknownCode +
    counts.segmentsWithUnknownCoder +
    counts.segmentsWithUnknownReport
  const isDownload = files.some(({ url }) => url !== null)

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(folder)
      toast({ message: t('export.pathCopied') })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }

  return (
    <>
      <Banner
        kind="ok"
        title={
          segments === 0
            ? t('export.doneEmpty')
            : t('export.doneText', { count: segments, shown: number(segments) })
        }
      />
      {notIntact > 0 && (
        <Banner
          kind="warning"
          title={t('export.notIntact.title', { count: notIntact, shown: number(notIntact) })}
        >
          {t('export.notIntact.text')}
        </Banner>
      )}
      {unknown > 0 && <Banner kind="warning" title={t('export.unknown')} />}
      <div className="export-folder">
        <p className="export-path">{folder}</p>
        <Button icon={<Copy aria-hidden />} onPress={() => void copy()}>
          {t('export.copyPath')}
        </Button>
      </div>
      <table className="export-files">
        <thead>
          <tr>
            <th scope="col">{t('export.files.name')}</th>
            <th scope="col">{t('export.files.rows')}</th>
            <th scope="col">{t('export.files.size')}</th>
            {isDownload && (
              <th scope="col">
                <span className="visually-hidden">{t('export.files.download')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, rows, bytes, url }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{rows === null ? '–' : number(rows)}</td>
              <td>{t('export.files.bytes', { size: number(bytes) })}</td>
              {isDownload && (
                <td>
                  {url && (
                    <a className="export-download" href={url} download={name}>
                      <Download aria-hidden />
                      <span>
                        {t('export.files.download')}
                        <span className="visually-hidden"> {name}</span>
                      </span>
                    </a>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
