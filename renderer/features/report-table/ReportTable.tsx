import { FileInput } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { nextSort } from '../../../shared/analysis/arrange-rows'
import { type ColumnKey, cellOf, isVariableColumn } from '../../../shared/analysis/report-row'
import { deleteVariable, moveVariable } from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import { inVariableOrder, type Variable, type VariableKey } from '../../../shared/domain/variable'
import { cellsOfTsv, tsvOf } from '../../../shared/formats/tsv'
import { useLive } from '../../data/use-live'
import { useReportRows } from '../../data/use-report-rows'
import { allVariables } from '../../data/variables'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { useTableView } from '../../session/table-view'
import { cellWords, columnName } from '../../sets/column-words'
import { EmptyState } from '../../ui/EmptyState'
import { useWorkspace } from '../../workspace/context'
import { CellMenu } from './CellMenu'
import { allColumns, type Column, isShown } from './columns'
import { EvidenceBar } from './EvidenceBar'
import { filledDown, filledWith, pasted, rowsIn } from './fill'
import { Grid, type GridActions } from './Grid'
import { HeadCell } from './HeadCell'
import { HeadMenu } from './HeadMenu'
import { type Line, linesOf } from './lines'
import { isMany } from './range'
import { cellsOfPlace, suggestionsFor } from './suggestions'
import { TableBar } from './TableBar'
import { useArranged } from './use-arranged'
import { useCells } from './use-cells'
import { useSelection } from './use-selection'
import { VariableDialog } from './VariableDialog'
import './report-table.css'

type RowLine = Line & { kind: 'row' }

/** All reports as a table: their variables, sorted, filtered, grouped and corrected. */
export function ReportTable() {
  const words = useWords()
  const { t, number } = words
  const { db } = useWorkspace()
  const canEdit = useCanEdit()
  const rows = useReportRows(db)
  const variables = useLive(() => allVariables(db), 'variables')
  const view = useTableView()
  const [dialog, setDialog] = useState<{ readonly variable: Variable | null } | null>(null)
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null)

  const byKey = useMemo(
    () => new Map((variables ?? []).map(each => [each.id as VariableKey, each])),
    [variables],
  )
  const { groups, isStale, again } = useArranged(variables && rows, byKey)
  const byId = useMemo(
    () => new Map((rows ?? []).map(row => [row.report.id as ReportId, row])),
    [rows],
  )
  const all = useMemo(() => allColumns(variables ?? [], view), [variables, view])
  const columns = useMemo(() => all.filter(({ key }) => isShown(key, view)), [all, view])
  const lines = useMemo(
    () => linesOf(groups ?? [], byId, { isGrouped: view.groupBy !== null, folded: view.folded }),
    [groups, byId, view.groupBy, view.folded],
  )
  const selection = useSelection(lines, columns)
  const { box, range } = selection
  const table = { lines, columns }

  const nameOf = (key: ColumnKey) => columnName(t, key, byKey)
  const cells = useCells(({ reportId, variable, value }) =>
    t('table.refusedCell', {
      value: String(value),
      column: nameOf(variable),
      report: byId.get(reportId)?.report.title ?? '',
    }),
  )

  // What rows say changes with the language only; they are drawn again when it does.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for all words
  const wordsOf = useCallback(
    ({ row }: RowLine, { key }: Column) => {
      const asked = isVariableColumn(key) ? row.values.get(key) : undefined
      if (asked?.origin === 'ask') return t('table.asks', { value: String(asked.value) })
      return cellWords(words, key, cellOf(row, key))
    },
    [words.language],
  )
  const groupWords = useCallback(
    (line: Line & { kind: 'group' }) => {
      const value =
        line.value === null ? t('table.noValue') : cellWords(words, view.groupBy!, line.value)
      return t('table.groupHead', { value, count: line.count, n: number(line.count) })
    },
    [t, words, number, view.groupBy],
  )
  const typedOf = ({ row }: RowLine, { key }: Column) => cellWords(words, key, cellOf(row, key))
  const head = range && lines[range.head.line]
  const headColumn = range && columns[range.head.column]
  const headCell = head?.kind === 'row' && headColumn ? { row: head.row, column: headColumn } : null
  const chosen = box ? rowsIn(table, box) : []

  const actions: GridActions = {
    onCommit: ({ text, suggestion, isFill }) => {
      if (!headCell || !box || !canEdit) return
      const { row, column } = headCell
      const { id } = row.report
      if (column.key === 'name') void cells.rename(id, text)
      else if (isFill) void cells.fill(filledWith(box, text, table))
      else if (suggestion?.place) {
        void cells.fill({ cells: cellsOfPlace(id, suggestion.place), skipped: 0 })
      } else if (isVariableColumn(column.key)) {
        void cells.fill({
          cells: [{ reportId: id, variable: column.key, value: text }],
          skipped: 0,
        })
      }
    },
    onClear: () => {
      if (box && canEdit) void cells.fill(filledWith(box, null, table))
    },
    onFillDown: () => {
      if (box && canEdit) void cells.fill(filledDown(box, table))
    },
    onPaste: text => {
      if (box && canEdit) void cells.fill(pasted(box, cellsOfTsv(text), table))
    },
    onOpen: () => {
      if (headCell) useReading.getState().openReport(headCell.row.report.id)
    },
    onToggle: key => {
      const folded = new Set(view.folded)
      if (!folded.delete(key)) folded.add(key)
      view.setFolded(folded)
    },
    copied: () => {
      if (!box) return null
      const shown = columns.slice(box.left, box.right)
      return tsvOf(
        lines
          .slice(box.top, box.bottom)
          .map(line =>
            line.kind === 'group' ? [groupWords(line)] : shown.map(column => typedOf(line, column)),
          ),
      )
    },
    onMenu: setMenu,
  }
  const renderHead = (column: Column) => {
    const { key, own } = column
    const at = columns.indexOf(column)
    const sorted = view.sort.find(each => each.column === key)
    return (
      <HeadCell
        name={nameOf(key)}
        at={at}
        width={column.width}
        direction={sorted?.direction ?? null}
        isFiltered={view.filter.all.some(each => each.column === key)}
        onSort={keepOthers => view.setSort(nextSort(view.sort, key, { keepOthers }))}
        onWidth={pixels => view.setWidth(key, pixels)}
        menu={
          <HeadMenu
            column={column}
            canEdit={canEdit}
            actions={{
              sort: direction => view.setSort([{ column: key, direction }]),
              filter: () => {},
              group: () => view.setGroupBy(key),
              hide: () => view.show(key, false),
              resize: by => view.setWidth(key, column.width + by),
              edit: () => setDialog({ variable: own }),
              move: where => own && void cells.act(moveVariable(own.id, neighbourOf(own, where))),
              remove: () => own && void cells.act(deleteVariable(own.id)),
            }}
          />
        }
      />
    )
  }
  /** Before which own variable one comes to stand when it moves a place. */
  const neighbourOf = (own: Variable, where: 'left' | 'right') => {
    const order = inVariableOrder(variables ?? [])
    const at = order.findIndex(({ id }) => id === own.id)
    return order[where === 'left' ? Math.max(0, at - 1) : at + 2]?.id ?? null
  }

  if (rows?.length === 0) {
    return (
      <EmptyState
        icon={<FileInput />}
        title={t('table.empty.title')}
        text={t('table.empty.text')}
      />
    )
  }
  const found = groups?.reduce((sum, { ids }) => sum + ids.length, 0) ?? 0
  return (
    <section className="report-table" aria-label={t('table.title')}>
      <TableBar
        found={found}
        total={rows?.length ?? 0}
        columns={all.map(({ key }) => ({ key, name: nameOf(key), isShown: isShown(key, view) }))}
        groupBy={view.groupBy}
        isStale={isStale}
        canEdit={canEdit}
        onGroupBy={view.setGroupBy}
        onShow={view.show}
        onAgain={again}
        onAddVariable={() => setDialog({ variable: null })}
      >
        {null}
      </TableBar>
      <Grid
        label={t('table.title')}
        lines={lines}
        columns={columns}
        selection={selection}
        canEdit={canEdit}
        actions={actions}
        renderHead={renderHead}
        wordsOf={wordsOf}
        groupWords={groupWords}
        typedOf={typedOf}
        cellName={(line, { key }) =>
          line.kind === 'group'
            ? groupWords(line)
            : t('table.cell', { column: nameOf(key), report: line.row.report.title })
        }
        suggest={(column, typed) =>
          suggestionsFor(column, typed, [t('columns.yes'), t('columns.no')])
        }
      />
      <EvidenceBar cell={headCell} canEdit={canEdit} cells={cells} />
      {box && (
        <CellMenu
          at={menu}
          onClose={() => setMenu(null)}
          isMany={isMany(box)}
          canEdit={canEdit}
          canConfirm={
            headColumn !== null &&
            isVariableColumn(headColumn?.key ?? 'name') &&
            chosen.some(({ row }) => isOpen(row.values.get(headColumn!.key as VariableKey)?.origin))
          }
          onOpen={actions.onOpen}
          onFillDown={actions.onFillDown}
          onClear={actions.onClear}
          onConfirm={() => {
            const key = headColumn!.key as VariableKey
            const open = chosen.filter(({ row }) => isOpen(row.values.get(key)?.origin))
            void cells.confirm(
              open.map(line => line.key),
              key,
            )
          }}
        />
      )}
      {dialog && (
        <VariableDialog variable={dialog.variable} cells={cells} onClose={() => setDialog(null)} />
      )}
    </section>
  )
}

/** Whether a value is a program's reading that nobody has decided on. */
function isOpen(origin: string | undefined): boolean {
  return origin === 'read' || origin === 'inferred' || origin === 'ask'
}
