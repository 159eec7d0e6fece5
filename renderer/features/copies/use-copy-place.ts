import { useEffect, useState } from 'react'
import type { About, Host, ListedProject, Place, PlaceToken } from '../../../shared/host'
import { placeAt } from '../../workspace/place'

/** Where a copy goes, and how the researcher says so. */
export interface CopyPlace {
  /** Whether the host has said how places are chosen. */
  readonly isReady: boolean
  /** Whether the path is typed, where there is no folder dialog. */
  readonly isTyped: boolean
  readonly path: string
  type(path: string): void
  /** Opens the system's folder dialog. */
  choose(): Promise<void>
  /** The folder to write to; `null` for the project's own. Throws for a path that leads nowhere. */
  resolve(): Promise<PlaceToken | null>
}

/** A copy's place: the exports folder of the project, wherever that has moved, until changed. */
export function useCopyPlace(
  host: Host,
  { id, folder: lastKnown }: Pick<ListedProject, 'id' | 'folder'>,
  onError: (error: unknown) => void,
): CopyPlace {
  const [about, setAbout] = useState<About | null>(null)
  const [folder, setFolder] = useState(lastKnown)
  const [chosen, setChosen] = useState<Place | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const usual = `${folder}${about?.platform === 'windows' ? '\\' : '/'}exports`

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => {
    let isGone = false
    Promise.all([host.about(), host.listProjects()]).then(
      ([answer, projects]) => {
        if (isGone) return
        setFolder(projects.find(project => project.id === id)?.folder ?? lastKnown)
        setAbout(answer)
      },
      (error: unknown) => !isGone && onError(error),
    )
    return () => {
      isGone = true
    }
  }, [])

  return {
    isReady: about !== null,
    isTyped: about?.door === 'browser',
    path: typed ?? chosen?.label ?? usual,
    type: setTyped,
    choose: async () => {
      try {
        setChosen((await host.choosePlace(null)) ?? chosen)
      } catch (error) {
        onError(error)
      }
    },
    resolve: async () => {
      if (typed === null || typed.trim() === usual) return chosen?.token ?? null
      return (await placeAt(host, typed)).token
    },
  }
}
