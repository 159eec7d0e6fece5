import { useEffect, useState } from 'react'
import type { Host, Place } from '../../shared/host'
import { placeAt } from './place'

/** A folder to be chosen, and how the researcher says which. */
export interface PlaceChoice {
  /** The path as typed, where there is no folder dialog; `null` where there is. */
  readonly typedPath: string | null
  /** What the system's dialog was answered with; `null` before. */
  readonly chosen: Place | null
  readonly isReady: boolean
  type(path: string): void
  /** Opens the system's folder dialog. */
  choose(): Promise<void>
  /** The folder. Throws a `HostError` when it leads nowhere or cannot be written to. */
  resolve(): Promise<Place | null>
}

/** Asks for a folder that can be written to, in the way of the door. */
export function usePlace(host: Host, onError: (error: unknown) => void): PlaceChoice {
  const [typedPath, setTypedPath] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Place | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the dialog opens
  useEffect(() => {
    let isGone = false
    host.about().then(
      ({ door }) => {
        if (!isGone && door === 'browser') setTypedPath('')
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
    typedPath,
    chosen,
    isReady: typedPath === null ? chosen !== null : typedPath.trim() !== '',
    type: setTypedPath,
    choose: async () => {
      try {
        setChosen((await host.choosePlace(null)) ?? chosen)
      } catch (error) {
        onError(error)
      }
    },
    resolve: async () => (typedPath === null ? chosen : placeAt(host, typedPath)),
  }
}
