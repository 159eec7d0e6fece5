import type { AuditOutcome } from '../../jobs/trail-job'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'

interface AuditResultProps {
  readonly outcome: Extract<AuditOutcome, { kind: 'written' }>
}

/** What the audit trail that was written holds, and where it is. */
export function AuditResult({ outcome: { folder, files, entries, changes } }: AuditResultProps) {
  const { t, number } = useWords()
  return (
    <>
      <Banner
        kind="ok"
        title={t('history.audit.done', { entries: number(entries), changes: number(changes) })}
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
