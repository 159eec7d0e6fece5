import type { TFunction } from 'i18next'
import { Refusal } from '../../shared/commands/command'
import { HostError } from '../../shared/host'
import { useWords } from '../locale/use-words'

/** A failure in three sentences: what happened, what is safe all the same, what to do. */
export interface ErrorText {
  readonly what: string
  readonly safe: string
  readonly todo: string
  /** What happened and what to do on one line, for beneath a field. */
  readonly brief: string
}

/** Puts any error into words, in the language of the interface. */
export function useErrorText(): (error: unknown) => ErrorText {
  const { t } = useWords()
  return error => errorText(t, error)
}

/** {@link useErrorText} for those who have the texts at hand. */
export function errorText(t: TFunction, error: unknown): ErrorText {
  if (error instanceof HostError) return textFor(t, error.reason, detailOf(t, error.details))
  if (error instanceof Refusal) return textFor(t, error.reason, '')
  const trace = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return textFor(t, 'unexpected', detailOf(t, { other: trace }))
}

function textFor(
  t: TFunction,
  reason: HostError['reason'] | Refusal['reason'] | 'unexpected',
  detail: string,
): ErrorText {
  const what = t(`errors.${reason}.what`, { detail })
  const todo = t(`errors.${reason}.todo`)
  return { what, safe: t(`errors.${reason}.safe`), todo, brief: t('errors.brief', { what, todo }) }
}

const NAMED = [
  'bytes',
  'code',
  'file',
  'folder',
  'format',
  'hash',
  'limit',
  'machine',
  'name',
  'pid',
  'since',
  'version',
] as const

/** The details in brackets, or nothing when none says anything. */
function detailOf(t: TFunction, details: HostError['details']): string {
  const list = Object.entries(details)
    .filter(([, value]) => value !== '' && value !== 0)
    .map(([key, value]) => {
      const known = NAMED.find(name => name === key) ?? 'other'
      return t(`errors.details.${known}`, { value })
    })
  return list.length === 0 ? '' : t('errors.detail', { list: list.join(' · ') })
}
