import type { TFunction } from 'i18next'
import { type Cell, type ColumnKey, isVariableColumn } from '../../shared/analysis/report-row'
import { isReadVariable, type Variable, type VariableKey } from '../../shared/domain/variable'
import { DOCUMENT_FORMATS } from '../../shared/extract/document'
import type { Timeliness } from '../../shared/text/timeliness'
import type { Words } from '../locale/use-words'

/** What a column of the table of reports is called; own variables by the name they were given. */
export function columnName(
  t: TFunction,
  key: ColumnKey,
  variables: ReadonlyMap<VariableKey, Variable>,
): string {
  if (!isVariableColumn(key)) return t(`columns.names.${key}`)
  if (isReadVariable(key)) return t(`columns.names.${key}`)
  return variables.get(key)?.name ?? t('columns.gone')
}

/** How words and numbers are written in the language on screen. */
export type Speech = Pick<Words, 't' | 'language' | 'number' | 'date'>

/**
 * A cell as people read it; empty for a missing one. Counts are grouped as the language groups
 * them. Numbers of variables are not, since a year may be among them.
 */
export function cellWords({ t, number, date }: Speech, key: ColumnKey, cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'boolean') return cell ? t('columns.yes') : t('columns.no')
  if (typeof cell === 'number') {
    if (key === 'addedAt') return date(cell)
    return isVariableColumn(key) ? plainNumber(cell) : number(cell)
  }
  if (key === 'format') return formatWords(t, cell)
  if (key === 'submission' || key === 'publication') return standingWords(t, cell)
  return cell
}

/** A file format by the name that people know; a format of a later version by its own. */
export function formatWords(t: TFunction, format: string): string {
  const known = DOCUMENT_FORMATS.find(each => each === format)
  return known === undefined ? format : t(`import.format.${known}`)
}

function standingWords(t: TFunction, standing: string): string {
  const known = STANDINGS.find(each => each === standing)
  return known === undefined ? standing : t(`columns.standings.${known}`)
}

/** Both languages write the decimal sign as programs do; only exponents are nobody's wish. */
function plainNumber(value: number): string {
  const text = String(value)
  return text.includes('e') ? PLAIN.format(value) : text
}

const PLAIN = new Intl.NumberFormat('en', { useGrouping: false, maximumSignificantDigits: 17 })

const STANDINGS: readonly Timeliness['standing'][] = ['before', 'on', 'after', 'unclear']
