import { nextSort } from '../../../shared/analysis/arrange-rows'
import type { ColumnKey } from '../../../shared/analysis/report-row'
import { deleteVariable, moveVariable } from '../../../shared/commands/variables'
import { inVariableOrder, type Variable } from '../../../shared/domain/variable'
import { useCanEdit } from '../../session/saving'
import { useTableView } from '../../session/table-view'
import type { Column } from './columns'
import { HeadCell } from './HeadCell'
import { HeadMenu } from './HeadMenu'
import type { CellActions } from './use-cells'

interface TableHeadProps {
  readonly column: Column
  readonly at: number
  readonly name: string
  /** The researcher's own variables. */
  readonly own: Iterable<Variable>
  readonly cells: CellActions
  onFilter(column: ColumnKey): void
  onEdit(variable: Variable): void
}

/** A column's head, and what is done to the column from there. */
export function TableHead({ column, at, name, own, cells, onFilter, onEdit }: TableHeadProps) {
  const view = useTableView()
  const canEdit = useCanEdit()
  const { key, width } = column
  const move = (variable: Variable, where: 'left' | 'right') => {
    const order = inVariableOrder(own)
    const from = order.findIndex(({ id }) => id === variable.id)
    if (where === 'left' ? from <= 0 : from === order.length - 1) return
    const before = order[where === 'left' ? from - 1 : from + 2]?.id ?? null
    void cells.act(moveVariable(variable.id, before))
  }
  return (
    <HeadCell
      column={key}
      name={name}
      at={at}
      width={width}
      direction={view.sort.find(each => each.column === key)?.direction ?? null}
      isFiltered={view.filter.all.some(each => each.column === key)}
      onSort={how => view.setSort(nextSort(view.sort, key, how))}
      onWidth={pixels => view.setWidth(key, pixels)}
      menu={
        <HeadMenu
          column={column}
          canEdit={canEdit}
          actions={{
            sort: direction => view.setSort([{ column: key, direction }]),
            filter: () => onFilter(key),
            group: () => view.setGroupBy(key),
            hide: () => view.show(key, false),
            resize: by => view.setWidth(key, width + by),
            edit: () => column.own && onEdit(column.own),
            move: where => column.own && move(column.own, where),
            remove: () => column.own && void cells.act(deleteVariable(column.own.id)),
          }}
        />
      }
    />
  )
}
