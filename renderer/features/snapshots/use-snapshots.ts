import { useCallback, useEffect, useState } from 'react'
import type { SnapshotList } from '../../../shared/host'
import { useWorkspace } from '../../workspace/context'

/** The snapshots of the open project, and how to do something about them. */
export interface Snapshots {
  /** `null` until the host has answered. */
  readonly list: SnapshotList | null
  /** Why the list, or what was last done about it, failed. */
  readonly failure: unknown
  /** Whether something is being done. */
  readonly isBusy: boolean
  /** Does something, and shows what has become of the list. Answers whether it was done. */
  act(work: () => Promise<unknown>): Promise<boolean>
}

// The host takes snapshots, and keeps up the second place, without being asked.
const LOOK_AGAIN_MS = 5000

/** Asks the host for the snapshots now, after everything that is done, and from time to time. */
export function useSnapshots(): Snapshots {
  const { host, project } = useWorkspace()
  const [list, setList] = useState<SnapshotList | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const { id } = project

  const load = useCallback(async () => setList(await host.listSnapshots(id)), [host, id])
  useEffect(() => {
    let isGone = false
    let timer = 0
    const look = async () => {
      await load().catch((error: unknown) => {
        if (!isGone) setFailure(error)
      })
      if (!isGone) timer = window.setTimeout(() => void look(), LOOK_AGAIN_MS)
    }
    void look()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [load])

  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
      await load()
      return true
    } catch (error) {
      setFailure(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { list, failure, isBusy, act }
}
