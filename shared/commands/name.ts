import { MAX_NAME_LENGTH, tidyName } from '../domain/project'
import { Refusal } from './command'

/**
 * A name as it was typed, on one line and without white space at its ends or doubled. Throws
 * a {@link Refusal} when nothing is left of it, or more than {@link MAX_NAME_LENGTH}.
 */
export function nameOf(typed: string): string {
  const name = tidyName(typed)
  if (name === '') throw new Refusal('name-empty')
  if (name.length > MAX_NAME_LENGTH) throw new Refusal('name-too-long')
  return name
}
