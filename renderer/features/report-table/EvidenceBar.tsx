import { Check, CornerDownRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { isVariableColumn, type ReportRow, standingOf } from '../../../shared/analysis/report-row'
import { cellsOfPlace } from '../../../shared/commands/place-cells'
import { confirmValue, setValues } from '../../../shared/commands/variables'
import { isReadVariable, type Value } from '../../../shared/domain/variable'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { columnName } from '../../sets/column-words'
import { Button } from '../../ui/Button'
import { Kbd } from '../../ui/Kbd'
import { useWorkspace } from '../../workspace/context'
import type { Column } from './columns'
import { placeSuggestions } from './suggestions'
import type { CellActions } from './use-cells'

interface EvidenceBarProps {
  /** The current cell; `null` where there is none, or it is a group's head. */
  readonly cell: { readonly row: ReportRow; readonly column: Column } | null
  /** How many cells are selected. */
  readonly selected: number
  readonly canEdit: boolean
  readonly cells: CellActions
}

const NO_VARIABLES = new Map()

/** How far around the evidence its sentence is shown, in UTF-16 units. */
const AROUND = 60

/** Where the current cell's value comes from, in the words of the text, and what can be done about it. */
export function EvidenceBar({ cell, selected, canEdit, cells }: EvidenceBarProps) {
  const { t, number } = useWords()
  if (!cell) {
    return <footer className="evidence evidence-empty">{t('table.evidence.none')}</footer>
  }
  if (selected > 1) {
    return (
      <footer className="evidence evidence-empty">
        <span>{t('table.evidence.many', { n: number(selected) })}</span>
        {canEdit && (
          <span>
            <Kbd keys="Mod+Enter" /> {t('table.evidence.fillAll')}
          </span>
        )}
      </footer>
    )
  }
  const { row, column } = cell
  const { key } = column
  if (!isVariableColumn(key)) {
    if (key === 'submission' || key === 'publication') return <Deadline row={row} duty={key} />
    return <footer className="evidence evidence-empty">{t('table.evidence.fact')}</footer>
  }
  const value = row.values.get(key)
  if (!value) {
    return (
      <footer className="evidence evidence-empty">
        {t(isReadVariable(key) ? 'table.evidence.notFound' : 'table.evidence.missing')}
      </footer>
    )
  }
  return (
    <Evidence
      key={value.id}
      row={row}
      column={column}
      value={value}
      canEdit={canEdit}
      cells={cells}
    />
  )
}

interface EvidenceProps {
  readonly row: ReportRow
  readonly column: Column
  readonly value: Value
  readonly canEdit: boolean
  readonly cells: CellActions
}

function Evidence({ row, column, value, canEdit, cells }: EvidenceProps) {
  const { t } = useWords()
  const { report } = row
  const { variable, origin } = value
  const excerpt = useExcerpt(row, value)
  const show = () => {
    if (value.start === null || value.end === null) return
    useReading.getState().show({ reportId: report.id, start: value.start, end: value.end })
  }
  const isOpen = origin === 'read' || origin === 'inferred' || origin === 'ask'
  const places =
    origin === 'ask' && variable === 'place' ? placeSuggestions(String(value.value)) : []
  return (
    <footer className="evidence">
      <p className="evidence-origin" data-origin={origin}>
        <strong>{column.own?.name ?? columnName(t, variable, NO_VARIABLES)}</strong>{' '}
        {t(`table.evidence.origins.${origin}`)}
      </p>
      <p className="evidence-quote">
        {excerpt && (
          <>
            {'\u2026'}
            {excerpt.before}
            <mark>{excerpt.quote}</mark>
            {excerpt.after}
            {'\u2026'}
          </>
        )}
      </p>
      <div className="evidence-ways">
        {places.map(({ key, value: name, detail, place }) => (
          <Button
            key={key}
            size="small"
            isDisabled={!canEdit}
            onPress={() => place && void cells.act(setValues(cellsOfPlace(report.id, place)))}
          >
            {`${name} ${detail}`}
          </Button>
        ))}
        {isOpen && places.length === 0 && (
          <Button
            size="small"
            icon={<Check aria-hidden />}
            isDisabled={!canEdit}
            onPress={() => void cells.act(confirmValue([report.id], variable))}
          >
            {t('table.confirm')}
          </Button>
        )}
        {value.start !== null && (
          <Button size="small" icon={<CornerDownRight aria-hidden />} onPress={show}>
            {t('table.evidence.show')}
          </Button>
        )}
      </div>
    </footer>
  )
}

/** A date beside the day by which it was due. */
function Deadline({ row, duty }: { row: ReportRow; duty: 'submission' | 'publication' }) {
  const { t, number } = useWords()
  const found = standingOf(row.values, duty)
  if (!found) {
    return <footer className="evidence evidence-empty">{t('table.evidence.noDeadline')}</footer>
  }
  const { deadline, days } = found
  return (
    <footer className="evidence evidence-empty">
      {t(`table.evidence.deadlines.${duty}`, { deadline })}{' '}
      {days === null
        ? t('table.evidence.dateUnclear')
        : t(
            days < 0
              ? 'table.evidence.early'
              : days === 0
                ? 'table.evidence.onDay'
                : 'table.evidence.late',
            {
              count: Math.abs(days),
              n: number(Math.abs(days)),
            },
          )}
    </footer>
  )
}

/** The evidence and the words around it; `null` until the text is there, and where there is none. */
function useExcerpt({ report }: ReportRow, { start, end }: Value) {
  const { loadText } = useWorkspace()
  const [text, setText] = useState<string | null>(null)
  const { textHash } = report
  const isThere = start !== null && end !== null
  useEffect(() => {
    if (!isThere) return
    let isWanted = true
    // A text that cannot be had is told of where it is read; here only its excerpt is missing.
    loadText({ textHash }).then(
      loaded => isWanted && setText(loaded),
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [loadText, textHash, isThere])
  if (text === null || start === null || end === null) return null
  const line = (part: string) => part.replace(/\s+/g, ' ')
  return {
    before: line(text.slice(Math.max(0, start - AROUND), start)),
    quote: line(text.slice(start, end)),
    after: line(text.slice(end, end + AROUND)),
  }
}
