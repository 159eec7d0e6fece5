import { useEffect, useState } from 'react'
import { HostError, type Place } from '../../shared/host'
import { useWorkspace } from './context'

/** Where an export goes, and how the researcher says so. */
export interface Destination {
  /** The usual folder, or the one chosen since; `null` until the host has answered. */
  readonly place: Place | null
  /** The path as typed, where there is no folder dialog; `null` where there is. */
  readonly typedPath: string | null
  type(path: string): void
  /** Opens the system's folder dialog. */
  choose(): Promise<void>
  /** The folder to write to. Throws a {@link HostError} for a typed path that leads nowhere. */
  resolve(): Promise<Place>
}

/** The export's destination: the project's own folder for exports until changed. */
export function useDestination(onError: (error: unknown) => void): Destination {
  const { host, session } = useWorkspace()
  const [place, setPlace] = useState<Place | null>(null)
  const [typedPath, setTypedPath] = useState<string | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => {
    let isGone = false
    Promise.all([host.about(), host.exportPlace(session())]).then(
      ([about, usual]) => {
        if (isGone) return
        setPlace(usual)
        setTypedPath(about.door === 'browser' ? usual.label : null)
      },
      (error: unknown) => {
        if (!isGone) onError(error)
      },
    )
    return () => {
      isGone = true
    }
  }, [])

  return {
    place,
    typedPath,
    type: setTypedPath,
    choose: async () => {
      try {
        setPlace((await host.choosePlace(null)) ?? place)
      } catch (error) {
        onError(error)
      }
    },
    resolve: async () => {
      const path = typedPath?.trim() ?? place?.label
      // Asked again, since the token of a lost host is worth nothing with the next one.
      const usual = await host.exportPlace(session())
      if (path === usual.label) return usual
      if (typedPath === null && place) return place
      const chosen = path ? await host.choosePlace(path) : null
      if (!chosen) throw new HostError('place-invalid', path ? { folder: path } : {})
      return chosen
    },
  }
}
