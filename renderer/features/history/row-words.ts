import type { TFunction } from 'i18next'
import type { TrailRow } from '../../../shared/journal/trail'
import { correctionWords, valueWords, variableWords } from '../../workspace/row-terms'

/** What writing a row needs of a language. */
export interface Speaking {
  readonly t: TFunction
  number(value: number): string
}

/** What an entry did, as a sentence. */
export function rowWords(words: Speaking, row: TrailRow): string {
  const { t } = words
  const what = actWords(words, row)
  switch (row.kind) {
    case 'undo':
      return t('history.undid', { what })
    case 'redo':
      return t('history.redid', { what })
    case 'do':
    case 'import':
      return what
  }
}

function actWords(words: Speaking, row: TrailRow): string {
  const { t, number } = words
  const { action, about, counts, quote, report, code, was, heir, correction } = row
  const { annotations, codes, reports } = counts
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const many = (count: number) => ({ count, n: number(count) })
  switch (action) {
    case 'import':
      return t('history.acts.import', many(reports))
    case 'assignCode':
      if (annotations === 1) return t('history.acts.assignOne', { code, quote, report })
      return t('history.acts.assignMany', { code, ...many(annotations) })
    case 'removeCoding':
      if (annotations === 1) return t('history.acts.removeOne', { code, quote, report })
      return t('history.acts.removeMany', { code, ...many(annotations) })
    case 'addCode':
      return t('history.acts.addCode', { about })
    case 'renameCode':
      return t('history.acts.renameCode', { was, about })
    case 'recolorCode':
      return t('history.acts.recolorCode', { about })
    case 'describeCode':
      return t('history.acts.describeCode', { about })
    case 'moveCode':
      return t('history.acts.moveCode', { about })
    case 'setDigit':
      return t('history.acts.setDigit', { about })
    case 'deleteCode':
      if (annotations === 0) return t('history.acts.deleteBare', { about })
      return heir === ''
        ? t('history.acts.deleteWith', { about, ...many(annotations) })
        : t('history.acts.deleteInto', { about, heir, ...many(annotations) })
    case 'loadCodebook':
      return t('history.acts.loadCodebook', { about, ...many(codes) })
    case 'renameReport':
      return t('history.acts.renameReport', { was, about })
    case 'removeImport':
      return t('history.acts.removeImport', many(reports))
    case 'removeReports':
      return about === ''
        ? t('history.acts.removeReports', many(reports))
        : t('history.acts.removeReport', { about })
    case 'addCoder':
      return t('history.acts.addCoder', { about })
    case 'setValue':
    case 'setValues':
    case 'confirmValue':
      return cellWords(words, row)
    case 'addVariable':
      return t('history.acts.addVariable', { about })
    case 'renameVariable':
      return t('history.acts.renameVariable', { was, about })
    case 'changeVariableType':
      return t('history.acts.changeVariableType', { about, ...many(counts.values) })
    case 'setCategories':
      return t('history.acts.setCategories', { about })
    case 'moveVariable':
      return t('history.acts.moveVariable', { about })
    case 'deleteVariable':
      return t('history.acts.deleteVariable', { about, ...many(counts.values) })
    case 'importValues':
      return t('history.acts.importValues', many(counts.values))
    case 'correctStructure':
      if (!correction) return t('history.acts.correctStructure', { about })
      return t('history.acts.correctAs', {
        about,
        what: correctionWords(t, correction.kind, correction.level),
      })
    case 'removeCorrection':
      return t('history.acts.removeCorrection', { about, ...many(counts.corrections) })
    case 'saveSet':
      return t('history.acts.saveSet', { about })
    case 'renameSet':
      return t('history.acts.renameSet', { was, about })
    case 'changeSet':
      return t('history.acts.changeSet', { about })
    case 'deleteSet':
      return t('history.acts.deleteSet', { about })
    case 'restoreSnapshot':
      return t('history.acts.restoreSnapshot', { about, ...many(all) })
    default: {
      const edit = t(`edits.${action}`)
      const named = about === '' ? edit : t('edits.about', { edit, about })
      return t('history.acts.other', { edit: named, ...many(all) })
    }
  }
}

function cellWords({ t, number }: Speaking, { action, counts, report, value }: TrailRow): string {
  const many = { count: counts.values, n: number(counts.values) }
  if (!value || action === 'setValues') return t('history.acts.setCells', many)
  const variable = variableWords(t, value.variable)
  if (counts.values > 1) {
    return action === 'confirmValue'
      ? t('history.acts.confirmMany', { variable, ...many })
      : t('history.acts.setMany', { variable, ...many })
  }
  const { before, after } = value
  const told = after ?? before
  const one = { variable, report, value: told === null ? '' : valueWords(t, told) }
  if (action === 'confirmValue') return t('history.acts.confirmOne', one)
  if (after === null) return t('history.acts.clearValue', one)
  if (before === null || before === after) return t('history.acts.setValueTo', one)
  return t('history.acts.changeValue', { ...one, was: valueWords(t, before) })
}
