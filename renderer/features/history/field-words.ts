import type { TFunction } from 'i18next'
import { CORRECTION_KINDS } from '../../../shared/domain/structure'
import { VALUE_ORIGINS, VARIABLE_TYPES } from '../../../shared/domain/variable'
import { valueWords, variableWords } from '../../workspace/row-terms'

/** What a field of a row says, with words for what only the program would know. */
export function fieldWords(t: TFunction, field: string, said: string | boolean): string {
  if (said === '') return t('history.empty')
  switch (field) {
    case 'variable':
      return variableWords(t, String(said))
    case 'origin': {
      const origin = VALUE_ORIGINS.find(each => each === said)
      return origin ? t(`history.origins.${origin}`) : String(said)
    }
    case 'type': {
      const type = VARIABLE_TYPES.find(each => each === said)
      return type ? t(`history.types.${type}`) : String(said)
    }
    case 'kind': {
      const kind = CORRECTION_KINDS.find(each => each === said)
      return kind ? t(`history.corrections.${kind}`) : String(said)
    }
    default:
      return valueWords(t, said)
  }
}
