import { createContext, type ReactNode, useContext } from 'react'
import type { Workspace } from './open'

const WorkspaceContext = createContext<Workspace | null>(null)

interface WorkspaceProviderProps {
  readonly workspace: Workspace
  readonly children: ReactNode
}

/** Gives everything below it the open project. */
export function WorkspaceProvider({ workspace, children }: WorkspaceProviderProps) {
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
}

/** The open project. Throws outside a {@link WorkspaceProvider}. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('no project is open here')
  return workspace
}
