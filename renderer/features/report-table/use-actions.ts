import { isVariableColumn } from '../../../shared/analysis/report-row'
import { cellsOfPlace } from '../../../shared/commands/place-cells'
import { cellsOfTsv, tsvOf } from '../../../shared/formats/tsv'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { useTableView } from '../../session/table-view'
import type { CellCommit } from './CellInput'
import { filledDown, filledWith, pasted, type Table } from './fill'
import type { GridActions } from './Grid'
import type { CellActions } from './use-cells'
import type { Selection } from './use-selection'
import type { TableWords } from './use-words-of'

interface ActionParts {
  readonly table: Table
  readonly selection: Selection
  readonly cells: CellActions
  readonly words: TableWords
}

/** What keys, mouse and clipboard do to the selected cells. */
export function useActions(parts: ActionParts): Omit<GridActions, 'onMenu'> {
  const { table, selection, cells, words } = parts
  const canEdit = useCanEdit()
  const view = useTableView()
  const { lines, columns } = table
  const { box, range } = selection
  const line = range && lines[range.head.line]
  const column = range && columns[range.head.column]

  return {
    onCommit: ({ text, suggestion, isFill }: CellCommit) => {
      if (text === null || line?.kind !== 'row' || !column || !box) return
      // The disk may have refused while this was typed: then it is told what was not saved.
      if (!canEdit) return cells.tellLocked(text)
      const { id } = line.row.report
      const { key } = column
      if (key === 'name') return void cells.rename(id, text)
      if (isFill) void cells.fill(filledWith(box, text, table))
      else if (suggestion?.place) {
        void cells.fill({ cells: cellsOfPlace(id, suggestion.place), skipped: 0 })
      } else if (isVariableColumn(key)) {
        void cells.fill({ cells: [{ reportId: id, variable: key, value: text }], skipped: 0 })
      }
    },
    onClear: () => {
      if (box && canEdit) void cells.fill(filledWith(box, null, table))
    },
    onFillDown: () => {
      if (box && canEdit) void cells.fill(filledDown(box, table))
    },
    onPaste: text => {
      // A picture on the clipboard has no text, and means nothing here.
      if (box && canEdit && text !== '') void cells.fill(pasted(box, cellsOfTsv(text), table))
    },
    onOpen: () => {
      if (line?.kind === 'row') useReading.getState().openReport(line.row.report.id)
    },
    onToggle: key => {
      const folded = new Set(view.folded)
      if (!folded.delete(key)) folded.add(key)
      view.setFolded(folded)
    },
    copied: () => {
      if (!box) return null
      const chosen = columns.slice(box.left, box.right)
      const textsOf = (each: (typeof lines)[number]) =>
        each.kind === 'group'
          ? [words.groupWords(each)]
          : chosen.map(one => words.typedOf(each, one))
      return tsvOf(lines.slice(box.top, box.bottom).map(textsOf))
    },
  }
}
