import type { TFunction } from 'i18next'
import type { CellValue } from '../../../shared/domain/variable-value'
import type { TableHead, ValuesPreview } from '../../jobs/values-job'

/** What of a preview is listed line by line, in the order in which it matters. */
export const PREVIEW_LISTS = ['replaced', 'unfit', 'clashes', 'misses', 'without', 'kept'] as const

export type PreviewList = (typeof PREVIEW_LISTS)[number]

/** A line in words, with its place in the list as its key. */
export interface PreviewLine {
  readonly key: string
  readonly words: string
}

interface LinesOf {
  readonly preview: ValuesPreview
  readonly head: TableHead
  number(value: number): string
}

/** The lines of one list in words. */
export function linesOf(
  t: TFunction,
  list: PreviewList,
  { preview, head, number }: LinesOf,
): PreviewLine[] {
  return sentences().map((words, i) => ({ key: `${list}-${i}`, words }))

  function sentences(): string[] {
    switch (list) {
      case 'replaced':
        return preview.replaced.lines.map(({ row, column, title, cell, was }) =>
          t('valuesImport.line.replaced', {
            ...place(row, column),
            title,
            cell: said(cell),
            was: said(was),
          }),
        )
      case 'kept':
        return preview.kept.lines.map(({ row, column, title, cell, was }) =>
          t('valuesImport.line.kept', {
            ...place(row, column),
            title,
            cell: said(cell),
            was: said(was),
          }),
        )
      case 'unfit':
        return preview.unfit.lines.map(({ row, column, cell, reason }) =>
          t('valuesImport.line.unfit', {
            ...place(row, column),
            cell: said(cell),
            why: t(`valuesImport.unfit.${reason}`),
          }),
        )
      case 'misses':
        return preview.misses.lines.map(({ row, key }) =>
          key === ''
            ? t('valuesImport.line.noKey', { row })
            : t('valuesImport.line.miss', { row, key }),
        )
      case 'clashes':
        return preview.clashes.lines.map(({ key, rows, titles, reports }) => {
          const values = {
            key,
            rows: rows.join(t('valuesImport.comma')),
            titles: titles.map(title => `\u201c${title}\u201d`).join(t('valuesImport.comma')),
            n: number(reports),
          }
          if (rows.length === 1) return t('valuesImport.line.manyReports', values)
          return reports === 1
            ? t('valuesImport.line.manyRows', values)
            : t('valuesImport.line.manyBoth', values)
        })
      case 'without':
        return preview.without.lines.map(({ title, fileName }) =>
          t('valuesImport.line.without', { title, fileName }),
        )
    }
  }

  function place(row: number, column: number) {
    return { row, column: head.columns[column]?.name ?? '' }
  }

  function said(value: CellValue): string {
    if (typeof value !== 'boolean') return String(value)
    return t(value ? 'columns.yes' : 'columns.no')
  }
}
