import type { ProjectCounts } from '../../../shared/host'
import { useWords } from '../../locale/use-words'

interface ExportContentsProps {
  /** `null` while it is being added up. */
  readonly contents: ProjectCounts | null
}

/** Says what an export will hold, and in which files. */
export function ExportContents({ contents }: ExportContentsProps) {
  const { t, number } = useWords()
  const shown = (value: number | undefined) => (value === undefined ? '–' : number(value))
  return (
    <section className="export-contents" aria-label={t('export.contents.title')}>
      <p>{t('export.contents.text')}</p>
      <dl className="export-counts">
        <div>
          <dt>{t('export.contents.reports')}</dt>
          <dd>{shown(contents?.reports)}</dd>
        </div>
        <div>
          <dt>{t('export.contents.annotations')}</dt>
          <dd>{shown(contents?.annotations)}</dd>
        </div>
        <div>
          <dt>{t('export.contents.codes')}</dt>
          <dd>{shown(contents?.codes)}</dd>
        </div>
        <div>
          <dt>{t('export.contents.coders')}</dt>
          <dd>{shown(contents?.coders)}</dd>
        </div>
      </dl>
      {contents?.annotations === 0 && <p className="export-note">{t('export.contents.empty')}</p>}
    </section>
  )
}
