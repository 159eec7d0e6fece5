import type { Code } from '../../shared/domain/code'
import type { CodeId } from '../../shared/domain/id'

/** A code of which only what matters is said; its id is also its name. */
export function codeOf(id: string, said: Partial<Omit<Code, 'id'>> = {}): Code {
  return {
    id: id as CodeId,
    parentId: null,
    rank: 0,
    name: id,
    color: '#336699',
    definition: '',
    include: '',
    exclude: '',
    example: '',
    digit: null,
    createdAt: 0,
    ...said,
  }
}
