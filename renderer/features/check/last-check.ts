import type { ProjectId } from '../../../shared/domain/id'

const keyOf = (id: ProjectId) => `codicil.checked.${id}`

/** When a project was last checked on this machine, in milliseconds since the Unix epoch. */
export function lastCheckOf(id: ProjectId): number | null {
  const kept = Number(localStorage.getItem(keyOf(id)))
  return kept > 0 ? kept : null
}

export function rememberCheck(id: ProjectId, at: number): void {
  localStorage.setItem(keyOf(id), String(at))
}
