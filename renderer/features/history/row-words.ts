import type { TFunction } from 'i18next'
import type { TrailRow } from '../../../shared/journal/trail'

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

function actWords({ t, number }: Speaking, row: TrailRow): string {
  const { action, about, counts, quote, report, code, was, heir } = row
  const { annotations, codes, reports } = counts
  const all = annotations + codes + reports + counts.coders + counts.batches
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
    case 'addCoder':
      return t('history.acts.addCoder', { about })
    case 'restoreSnapshot':
      return t('history.acts.restoreSnapshot', { about, ...many(all) })
    default: {
      const edit = t(`edits.${action}`)
      const named = about === '' ? edit : t('edits.about', { edit, about })
      return t('history.acts.other', { edit: named, ...many(all) })
    }
  }
}
