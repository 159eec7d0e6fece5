import type { Condition, ReportFilter } from '../../shared/analysis/report-filter'
import { type ColumnKey, columnType } from '../../shared/analysis/report-row'
import type { OwnVariables } from '../../shared/analysis/report-sets'
import type { VariableType } from '../../shared/domain/variable'
import { cellWords, columnName, type Speech } from './column-words'

/** How much a sentence about a condition says. */
interface Length {
  /** Whether it names all values, so that two sentences are the same for equal conditions only. */
  readonly isWhole: boolean
}

/** A condition as a short sentence, such as `Year covered 2020–2023`. */
export function conditionWords(
  speech: Speech,
  condition: Condition,
  variables: OwnVariables,
  { isWhole }: Length = SHORT,
): string {
  const { t, number } = speech
  const { column, is } = condition
  const type = columnType(column, variables)
  const name = columnName(t, column, variables)
  switch (is) {
    case 'filled':
    case 'missing':
    case 'asking':
      return t(`sets.condition.${is}`, { name })
    case 'containing':
      return t('sets.condition.containing', { name, text: condition.text })
    case 'one-of':
    case 'none-of': {
      const { values } = condition
      if (values.length === 0)
        return t(`sets.condition.${is === 'one-of' ? 'none' : 'any'}`, { name })
      const shown = values
        .slice(0, isWhole ? values.length : SHOWN_VALUES)
        .map(text => valueWords(speech, text, { column, type }))
      const list = shown.join(t('sets.condition.comma'))
      const more = values.length - shown.length
      return more === 0
        ? t(`sets.condition.${is}`, { name, list })
        : t(`sets.condition.${is}-more`, { name, list, count: more, n: number(more) })
    }
    case 'between': {
      const words = (end: number | string) => endWords(speech, column, end)
      const { from, to } = condition
      if (from !== null && to !== null) {
        const [low, high] = [words(from), words(to)]
        return low === high
          ? t('sets.condition.equal', { name, low })
          : t('sets.condition.between', { name, low, high })
      }
      if (from !== null) return t('sets.condition.from', { name, low: words(from) })
      if (to !== null) return t('sets.condition.to', { name, high: words(to) })
      return t('sets.condition.filled', { name })
    }
  }
}

/** All conditions of a filter in one sentence; for a filter without any, that all reports are in. */
export function filterWords(
  speech: Speech,
  { all }: ReportFilter,
  variables: OwnVariables,
  length: Length = SHORT,
): string {
  if (all.length === 0) return speech.t('sets.all')
  const separator = speech.t('sets.condition.and')
  return all.map(condition => conditionWords(speech, condition, variables, length)).join(separator)
}

/** A value as filters name it, in words: what `cellText` of `report-filter.ts` wrote. */
export function valueWords(
  speech: Speech,
  text: string,
  { column, type }: { readonly column: ColumnKey; readonly type: VariableType },
): string {
  if (text === '') return speech.t('columns.missing')
  const number = type === 'number' ? Number(text) : Number.NaN
  if (!Number.isNaN(number)) return cellWords(speech, column, number)
  const isYesNo = type === 'yesno' && (text === 'true' || text === 'false')
  return cellWords(speech, column, isYesNo ? text === 'true' : text)
}

function endWords(speech: Speech, column: ColumnKey, end: number | string): string {
  if (column !== 'addedAt') return cellWords(speech, column, end)
  const tag = speech.language === 'zh' ? 'zh-CN' : 'en'
  return new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }).format(Number(end))
}

const SHORT: Length = { isWhole: false }

/** More than these would make a chip that nobody reads. */
const SHOWN_VALUES = 3
