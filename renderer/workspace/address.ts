import type { ProjectId } from '../../shared/domain/id'

/** A project to look at without writing, as the address of a window says it. */
export interface ViewAddress {
  readonly project: ProjectId
  /** A snapshot's name; `null` for the project as it is now. */
  readonly snapshot: string | null
}

/** Where this page shows a project, or one of its snapshots, for reading only. */
export function viewAddress({ project, snapshot }: ViewAddress): string {
  const query = new URLSearchParams({ project })
  if (snapshot !== null) query.set('snapshot', snapshot)
  return `${location.pathname}?${query}`
}

/** What an address asks to look at; `null` when nothing, or nothing that could be. */
export function viewOf(search: string): ViewAddress | null {
  const query = new URLSearchParams(search)
  const project = query.get('project')
  const snapshot = query.get('snapshot')
  if (project === null || !/^[0-9a-z]{1,64}$/.test(project)) return null
  if (snapshot !== null && !/^\d{8}$/.test(snapshot)) return null
  return { project: project as ProjectId, snapshot }
}
