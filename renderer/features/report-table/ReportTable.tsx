import { FileInput } from 'lucide-react'
import { useEffect, useState } from 'react'
import { withCondition } from '../../../shared/analysis/report-filter'
import { type ColumnKey, columnType, isVariableColumn } from '../../../shared/analysis/report-row'
import { removeReports } from '../../../shared/commands/library'
import type { VariableId } from '../../../shared/domain/id'
import type { Variable } from '../../../shared/domain/variable'
import { useWords } from '../../locale/use-words'
import { useChosenSet } from '../../session/chosen-set'
import { useCanEdit } from '../../session/saving'
import { useTableView } from '../../session/table-view'
import { ConditionPopover } from '../../sets/ConditionPopover'
import { FilterChips } from '../../sets/FilterChips'
import { SetChoice } from '../../sets/SetChoice'
import { SetNotice } from '../../sets/SetNotice'
import { useAttempt } from '../../sets/use-attempt'
import { EmptyState } from '../../ui/EmptyState'
import { CellMenu } from './CellMenu'
import { isShown } from './columns'
import { EvidenceBar } from './EvidenceBar'
import { rowsIn } from './fill'
import { Grid } from './Grid'
import { cellsIn, isMany, type Spot } from './range'
import { suggestionsFor } from './suggestions'
import { TableBar } from './TableBar'
import { TableHead } from './TableHead'
import { useActions } from './use-actions'
import { useCells } from './use-cells'
import { useSelection } from './use-selection'
import { useTable } from './use-table'
import { useWordsOf } from './use-words-of'
import { VariableDialog } from './VariableDialog'
import './report-table.css'

/** All reports as a table: their variables, sorted, filtered, grouped and corrected. */
export function ReportTable() {
  const { t, number } = useWords()
  const canEdit = useCanEdit()
  const view = useTableView()
  const { choose } = useChosenSet()
  const content = useTable()
  const { total, variables, set, trouble, rows, byId, all, columns, lines, shown } = content
  const selection = useSelection(lines, columns)
  const { box, range } = selection
  const table = { lines, columns }
  const words = useWordsOf(variables, view.groupBy)
  const cells = useCells(
    ({ reportId, variable, value }) =>
      t('table.refusedCell', {
        value: String(value),
        column: words.nameOf(variable),
        report: byId.get(reportId)?.report.title ?? '',
      }),
    ({ variable }) => words.acceptedBy(variable),
  )
  const actions = useActions({ table, selection, cells, words })
  const attempt = useAttempt()
  const [filtering, setFiltering] = useState<Filtering | null>(null)
  const [dialog, setDialog] = useState<{ readonly variable: Variable | null } | null>(null)
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null)

  // A variable that was just made is shown, ready to be filled.
  const [added, setAdded] = useState<VariableId | null>(null)
  const [wish, setWish] = useState<Spot | null>(null)
  useEffect(() => {
    const place = added === null ? -1 : columns.findIndex(({ key }) => key === added)
    if (place < 0) return
    setAdded(null)
    setWish({ line: 0, column: place })
  }, [added, columns])

  const line = range && lines[range.head.line]
  const column = range && columns[range.head.column]
  const current = line?.kind === 'row' && column ? { row: line.row, column } : null
  const confirmed = column && isVariableColumn(column.key) ? column.key : null
  const open =
    confirmed && box
      ? rowsIn(table, box).filter(each => isOpen(each.row.values.get(confirmed)?.origin))
      : []

  if (total === 0) {
    return (
      <EmptyState
        icon={<FileInput />}
        title={t('table.empty.title')}
        text={t('table.empty.text')}
      />
    )
  }
  return (
    <section className="report-table" aria-label={t('table.title')}>
      <TableBar
        found={shown.length}
        total={total ?? 0}
        columns={all.map(({ key }) => ({
          key,
          name: words.nameOf(key),
          isShown: isShown(key, view),
        }))}
        groupBy={view.groupBy}
        isStale={content.isStale}
        canEdit={canEdit}
        onGroupBy={view.setGroupBy}
        onShow={view.show}
        onAgain={content.again}
        onAddVariable={() => setDialog({ variable: null })}
      >
        <SetChoice chosen={set?.id ?? null} onChoose={choose} filter={view.filter} />
        <FilterChips
          filter={view.filter}
          columns={all.map(({ key }) => key)}
          variables={variables}
          rows={rows}
          shown={shown}
          onChange={view.setFilter}
          onSaved={choose}
        />
      </TableBar>
      {set && trouble && <SetNotice set={set} trouble={trouble} onShowAll={() => choose(null)} />}
      <Grid
        label={t('table.title')}
        lines={lines}
        columns={columns}
        selection={selection}
        wish={wish}
        canEdit={canEdit}
        actions={{ ...actions, onMenu: setMenu }}
        renderHead={column => (
          <TableHead
            column={column}
            at={columns.indexOf(column)}
            name={words.nameOf(column.key)}
            own={variables.values()}
            cells={cells}
            onFilter={key => setFiltering({ column: key, anchor: { current: headOf(key) } })}
            onEdit={variable => setDialog({ variable })}
          />
        )}
        {...words}
        suggest={(column, typed) =>
          suggestionsFor(column, typed, [t('columns.yes'), t('columns.no')])
        }
      />
      <EvidenceBar
        cell={current}
        selected={box ? cellsIn(box) : 0}
        canEdit={canEdit}
        cells={cells}
      />
      {box && (
        <CellMenu
          at={menu}
          onClose={() => setMenu(null)}
          isMany={isMany(box)}
          canEdit={canEdit}
          canConfirm={open.length > 0}
          onOpen={actions.onOpen}
          onFillDown={actions.onFillDown}
          onClear={actions.onClear}
          reports={box ? rowsIn(table, box).length : 0}
          onRemove={() => {
            if (!box) return
            const ids = [...new Set(rowsIn(table, box).map(({ row }) => row.report.id))]
            const count = { count: ids.length, n: number(ids.length) }
            void attempt(removeReports(ids), t('table.rowsRemoved', count))
          }}
          onConfirm={() => {
            const ids = open.map(({ key }) => key)
            if (confirmed) void cells.confirm(ids, confirmed)
          }}
        />
      )}
      {filtering && (
        <ConditionPopover
          anchor={filtering.anchor}
          column={filtering.column}
          type={columnType(filtering.column, variables)}
          variables={variables}
          rows={rows}
          condition={view.filter.all.find(each => each.column === filtering.column) ?? null}
          onChange={condition =>
            view.setFilter(withCondition(view.filter, filtering.column, condition))
          }
          onClose={() => setFiltering(null)}
        />
      )}
      {dialog && (
        <VariableDialog
          variable={dialog.variable}
          taken={all
            .filter(({ own }) => own === null || own.id !== dialog.variable?.id)
            .map(({ key }) => words.nameOf(key))}
          cells={cells}
          onClose={added => {
            setDialog(null)
            setAdded(added)
          }}
        />
      )}
    </section>
  )
}

/** A column whose condition is being edited, and what the editor points at. */
interface Filtering {
  readonly column: ColumnKey
  readonly anchor: { readonly current: Element | null }
}

function headOf(key: ColumnKey): Element | null {
  return document.querySelector(`.grid-headcell[data-key="${CSS.escape(key)}"]`)
}

/** Whether a value is a program's reading that nobody has decided on. What only asks needs an answer. */
function isOpen(origin: string | undefined): boolean {
  return origin === 'read' || origin === 'inferred'
}
