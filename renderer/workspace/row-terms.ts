import type { TFunction } from 'i18next'
import type { CorrectionKind } from '../../shared/domain/structure'
import { READ_VARIABLES, type Value } from '../../shared/domain/variable'

// What rows of variables, values and corrections are called on screen, wherever they are told.

/** An own variable by its name, one that every project has in the language of the interface. */
export function variableWords(t: TFunction, variable: string): string {
  const key = READ_VARIABLES.find(each => each === variable)
  return key ? t(`history.variables.${key}`) : variable
}

/** A value as a cell shows it. */
export function valueWords(t: TFunction, value: Value['value']): string {
  return typeof value === 'boolean' ? t(value ? 'columns.yes' : 'columns.no') : String(value)
}

/** What a correction says of its place; `level` counts for a heading only. */
export function correctionWords(t: TFunction, kind: CorrectionKind, level: number): string {
  return kind === 'heading'
    ? t('history.corrections.headingOf', { level })
    : t(`history.corrections.${kind}`)
}
