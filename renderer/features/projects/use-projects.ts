import { useCallback, useEffect, useState } from 'react'
import type { About, Host, ListedProject } from '../../../shared/host'

/** What the start screen knows of the machine. */
export type Projects =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: unknown }
  | {
      readonly state: 'ready'
      readonly about: About
      /** The last opened first. */
      readonly listed: readonly ListedProject[]
      readonly trashed: readonly ListedProject[]
    }

/**
 * The projects on this machine, and how to ask for them again after a change; they are asked for
 * anew whenever `added` changes.
 */
export function useProjects(
  host: Host,
  added: number,
): { projects: Projects; reload(): Promise<void> } {
  const [projects, setProjects] = useState<Projects>({ state: 'loading' })
  const reload = useCallback(async () => {
    try {
      const [about, all] = await Promise.all([host.about(), host.listProjects()])
      setProjects({
        state: 'ready',
        about,
        listed: all.filter(({ state }) => state !== 'trashed'),
        trashed: all.filter(({ state }) => state === 'trashed'),
      })
    } catch (error) {
      setProjects({ state: 'failed', error })
    }
  }, [host])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was added is in the host's answer
  useEffect(() => {
    void reload()
  }, [reload, added])
  return { projects, reload }
}
