import { filterOf } from '../../../shared/analysis/report-filter'
import type { OwnVariables } from '../../../shared/analysis/report-sets'
import { CORRECTION_KINDS } from '../../../shared/domain/structure'
import { VALUE_ORIGINS, VARIABLE_TYPES } from '../../../shared/domain/variable'
import type { Speech } from '../../sets/column-words'
import { filterWords } from '../../sets/condition-words'
import { valueWords, variableWords } from '../../workspace/row-terms'

/** What a field of a row says, with words for what only the program would know. */
export function fieldWords(
  speech: Speech,
  variables: OwnVariables,
  { field, said }: { readonly field: string; readonly said: string | boolean },
): string {
  const { t } = speech
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
    case 'rule': {
      const filter = filterOf(String(said))
      return filter ? filterWords(speech, filter, variables, { isWhole: true }) : String(said)
    }
    default:
      return valueWords(t, said)
  }
}
