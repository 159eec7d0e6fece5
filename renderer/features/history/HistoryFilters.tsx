import { Search } from 'lucide-react'
import type { CodeId, CoderId } from '../../../shared/domain/id'
import type { TrailCode } from '../../../shared/journal/trail'
import type { TrailCoder } from '../../jobs/trail-job'
import { useWords } from '../../locale/use-words'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { TRAIL_KINDS, type TrailFilter, type TrailKind } from './filter'

interface HistoryFiltersProps {
  readonly filter: TrailFilter
  onFilter(filter: TrailFilter): void
  readonly codes: readonly TrailCode[]
  readonly coders: readonly TrailCoder[]
}

const ALL = 'all'

/** What to look for in the history: a coder, a code with those below it, a kind, a text. */
export function HistoryFilters({ filter, onFilter, codes, coders }: HistoryFiltersProps) {
  const { t } = useWords()
  return (
    <div className="history-filters">
      <div className="history-search">
        <TextField
          label={t('history.search')}
          hideLabel
          placeholder={t('history.search')}
          before={<Search aria-hidden />}
          value={filter.text}
          onChange={text => onFilter({ ...filter, text })}
        />
      </div>
      <Select<TrailKind | typeof ALL>
        label={t('history.kind')}
        hideLabel
        options={[
          { id: ALL, label: t('history.allKinds') },
          ...TRAIL_KINDS.map(id => ({ id, label: t(`history.kinds.${id}`) })),
        ]}
        value={filter.kind ?? ALL}
        onChange={kind => onFilter({ ...filter, kind: kind === ALL ? null : kind })}
      />
      <Select
        label={t('history.coder')}
        hideLabel
        options={[
          { id: ALL, label: t('history.allCoders') },
          ...coders.map(({ id, name }) => ({ id, label: name })),
        ]}
        value={filter.coderId ?? ALL}
        onChange={id => onFilter({ ...filter, coderId: id === ALL ? null : (id as CoderId) })}
      />
      <Select
        label={t('history.code')}
        hideLabel
        options={[
          { id: ALL, label: t('history.allCodes') },
          ...codes.map(({ id, path, isGone }) => ({
            id,
            label: isGone ? t('history.deletedCode', { path }) : path,
          })),
        ]}
        value={filter.codeId ?? ALL}
        onChange={id => onFilter({ ...filter, codeId: id === ALL ? null : (id as CodeId) })}
      />
    </div>
  )
}
