import { CornerUpRight } from 'lucide-react'
import type { OwnVariables } from '../../../shared/analysis/report-sets'
import type { ToldChange, TrailRow } from '../../../shared/journal/trail'
import type { TrailDetail } from '../../jobs/trail-job'
import { useWords } from '../../locale/use-words'
import { useOwnVariables } from '../../sets/use-sets'
import { Button } from '../../ui/Button'
import { fieldWords } from './field-words'
import { rowWords } from './row-words'
import { canJump } from './use-jump'

interface HistoryDetailProps {
  readonly row: TrailRow
  /** `null` while it is being read. */
  readonly detail: TrailDetail | null
  onJump(): void
}

/** One entry in full: each change with what was before and after. */
export function HistoryDetail({ row, detail, onJump }: HistoryDetailProps) {
  const words = useWords()
  const { t, date, number } = words
  const variables = useOwnVariables() ?? NO_VARIABLES
  const wordsOf = (field: string, said: string | boolean) =>
    fieldWords(words, variables, { field, said })
  const hidden = detail ? detail.total - detail.changes.length : 0
  return (
    <section className="history-detail" aria-label={t('history.detail')}>
      <p className="history-sentence">{rowWords(words, row)}</p>
      <p className="history-facts">
        {t('history.facts', { n: number(row.seq), coder: row.coder, date: date(row.at) })}
      </p>
      <Button
        size="small"
        icon={<CornerUpRight aria-hidden />}
        isDisabled={!canJump(row)}
        onPress={onJump}
      >
        {t('history.jump')}
      </Button>
      <ol className="history-changes" aria-busy={detail === null}>
        {detail?.changes.map(change => (
          <li key={`${change.table} ${change.id}`} className="history-change">
            <Told change={change} wordsOf={wordsOf} />
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <p className="history-more">{t('history.more', { count: hidden, n: number(hidden) })}</p>
      )}
    </section>
  )
}

interface ToldProps {
  readonly change: ToldChange
  wordsOf(field: string, said: string | boolean): string
}

function Told({ change: { table, mark, name, report, fields }, wordsOf }: ToldProps) {
  const { t } = useWords()
  const shown = fields.filter(
    ({ field }) => (mark === 'changed' || !QUIET.has(field)) && !NEVER.has(field),
  )
  return (
    <>
      <p className="history-change-head">
        <span className={`history-mark history-mark-${mark}`}>{t(`history.marks.${mark}`)}</span>{' '}
        {t(`history.tables.${table}`)}
        {name !== '' && (
          <>
            {' '}
            <q>{name}</q>
          </>
        )}
        {report !== '' && <span className="history-in"> {t('history.in', { report })}</span>}
      </p>
      {shown.length > 0 && (
        <dl className="history-fields">
          {shown.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{isKnown(field) ? t(`history.fields.${field}`) : field}</dt>
              <dd>
                {before !== null && <del>{wordsOf(field, before)}</del>}
                {before !== null && after !== null && <span aria-hidden> → </span>}
                {after !== null && <ins>{wordsOf(field, after)}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

const NO_VARIABLES: OwnVariables = new Map()

const FIELDS = [
  'codeId',
  'coderId',
  'start',
  'end',
  'quote',
  'memo',
  'parentId',
  'rank',
  'name',
  'color',
  'definition',
  'include',
  'exclude',
  'example',
  'digit',
  'title',
  'fileName',
  'path',
  'row',
  'format',
  'extractor',
  'encoding',
  'chars',
  'hanChars',
  'imported',
  'known',
  'refused',
  'variable',
  'value',
  'origin',
  'type',
  'categories',
  'kind',
  'level',
  'members',
  'rule',
] as const

/** Told by the change's name already, or of no use in a row that came or went. */
const QUIET = new Set(['quote', 'name', 'title', 'reportId', 'start', 'end', 'rank', 'coderId'])

/** Of use to programs only. */
const NEVER = new Set([
  'createdAt',
  'addedAt',
  'at',
  'batchId',
  'textHash',
  'originalHash',
  'markupHash',
  'hanChars',
  'textVersion',
  'length',
  'cancelled',
])

function isKnown(field: string): field is (typeof FIELDS)[number] {
  return (FIELDS as readonly string[]).includes(field)
}
