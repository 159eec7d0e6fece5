import type { AuditOutcome } from '../../jobs/trail-job'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'

interface AuditResultProps {
  readonly outcome: Extract<AuditOutcome, { kind: 'written' }>
  /** Whether a filter left entries out. */
  readonly isPart: boolean
}

/** What the audit trail that was written holds, and where it is. */
export function AuditResult({ outcome, isPart }: AuditResultProps) {
  const { folder, files, entries, changes } = outcome
  const { t, number } = useWords()
  return (
    <>
      <Banner
        kind="ok"
        title={t(isPart ? 'history.audit.donePart' : 'history.audit.done', {
          entries: number(entries),
          changes: number(changes),
        })}
      />
      <p className="history-path">{folder}</p>
      <ul className="history-files">
        {files.map(({ name, bytes, url }) => (
          <li key={name}>
            <span>{name}</span>
            <span>{t('export.files.bytes', { size: number(bytes) })}</span>
            {url && (
              <a href={url} download={name}>
                {t('export.files.download')}
                <span className="visually-hidden"> {name}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
      <p className="history-check">{t('history.audit.check')}</p>
    </>
  )
}
