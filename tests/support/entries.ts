import type { CoderId } from '../../shared/domain/id'
import type { NewEntry } from '../../shared/journal/history'
import { codeOf } from './codes'

/** An entry that adds a code of that name. */
export function adding(name: string): NewEntry {
  const after = codeOf(name)
  return {
    kind: 'do',
    of: null,
    label: 'addCode',
    about: name,
    changes: [{ table: 'codes', id: after.id, before: null, after }],
    at: 0,
    coderId: 'me' as CoderId,
  }
}
