import type { Code } from '../../shared/domain/code'
import type { CodeId, CoderId } from '../../shared/domain/id'
import type { NewEntry } from '../../shared/journal/history'

/** A code of that name, with everything else at its plainest. */
export function codeNamed(name: string, parentId: string | null = null): Code {
  return {
    id: name as CodeId,
    parentId: parentId as CodeId | null,
    rank: 1,
    name,
    color: '#336699',
    definition: '',
    include: '',
    exclude: '',
    example: '',
    digit: null,
    createdAt: 0,
  }
}

/** An entry that adds a code of that name. */
export function adding(name: string): NewEntry {
  const after = codeNamed(name)
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
