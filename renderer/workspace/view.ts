import type { ProjectId } from '../../shared/domain/id'
import { type Host, HostError, type HostReason, type Snapshot } from '../../shared/host'
import {
  catchUp,
  discardViewCopy,
  makeViewCopy,
  type RebuildProgress,
  viewCopyName,
  viewCopyNames,
} from '../data/rebuild'
import { closeOnLeaving, pageCarrier } from '../host'
import { useSaving } from '../session/saving'
import { loaders } from './load'
import { isCodedHere, newId, type Workspace } from './open'
import type { Runner } from './run'

// A window that only reads has a copy of its own, so that it is in nobody's way, and throws it
// away when it is done. A lock by the copy's name says that it is in use; copies without one
// were left by windows that crashed.

const FOLLOW_EVERY_MS = 3000

/** What to look at, and whom to tell how far it is. */
export interface ViewOptions {
  /** A snapshot's name; `null` for the project as it is now, which is then followed. */
  readonly snapshot: string | null
  onProgress(progress: RebuildProgress): void
}

/**
 * Opens a project for reading only, as it is or as a snapshot has it. Any number of windows
 * may. Everything that would write is refused with `viewing-only`.
 */
export async function viewWorkspace(
  host: Host,
  id: ProjectId,
  { snapshot, onProgress }: ViewOptions,
): Promise<Workspace> {
  const name = viewCopyName(id, newId())
  const ends: (() => unknown)[] = [await lockCopy(name)]
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    let project = await host.readProject(id, snapshot)
    ends.push(() => host.closeProject(project.session).catch(() => {}))
    const shown = snapshot === null ? null : await snapshotNamed(host, id, snapshot)
    const rows = shown ? rowsIn(shown) : 0
    // Registered before there is a copy, so that half a one goes, too.
    ends.push(() => discardViewCopy(name).catch(() => {}))
    const db = await makeViewCopy(host, { project, name, rows }, onProgress)
    ends.push(() => db.close())

    const renew = async () => {
      const before = project.session
      project = await host.readProject(id, snapshot)
      void host.closeProject(before).catch(() => {})
    }
    const takeIn = () => catchUp(db, host, project.session)
    const follower = snapshot === null ? follow(id, takeIn, renew) : null
    ends.push(() => follower?.stop())
    useSaving.getState().become(follower ? await follower.look() : LOOKING_BACK)
    const freshSession = async () => {
      await host.exportPlace(project.session).catch((error: unknown) => {
        if (!(error instanceof HostError) || error.reason !== 'session-ended') throw error
        return renew()
      })
      return project.session
    }
    const leave = () => closeOnLeaving(project.session)
    window.addEventListener('pagehide', leave)
    ends.push(() => window.removeEventListener('pagehide', leave))
    return {
      project,
      view: { snapshot: shown },
      host,
      carrier: pageCarrier(),
      db,
      runner: READING_RUNNER,
      actor: null,
      session: () => project.session,
      freshSession,
      ...loaders(db, host, { session: () => project.session, freshSession }),
      // Nothing goes on here that would have to be ended.
      atEnd: () => () => {},
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Removes what windows that only read have left behind, and no window uses. */
export async function clearViewCopies(): Promise<void> {
  for (const name of await viewCopyNames()) {
    await navigator.locks.request(name, { ifAvailable: true }, async lock => {
      if (lock) await discardViewCopy(name)
    })
  }
}

const LOOKING_BACK = { kind: 'viewing', isCodedElsewhere: false, trouble: null } as const

const refuse = () => Promise.reject(new HostError('viewing-only'))

/** Does nothing but say so. */
const READING_RUNNER: Runner = {
  run: refuse,
  undo: refuse,
  redo: refuse,
  alone: refuse,
  settled: () => Promise.resolve(),
}

/** Takes in what is coded elsewhere, every few seconds, and says how that goes. */
function follow(id: ProjectId, takeIn: () => Promise<void>, renew: () => Promise<void>) {
  let timer = 0
  let isStopped = false
  const look = async () => {
    const trouble = await takeInOrRenew()
    return { kind: 'viewing', isCodedElsewhere: await isCodedHere(id), trouble } as const
  }
  const soon = () => {
    timer = window.setTimeout(() => void step(), FOLLOW_EVERY_MS)
  }
  soon()
  return {
    look,
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }

  async function step(): Promise<void> {
    const { state, become } = useSaving.getState()
    try {
      const seen = await look()
      if (isStopped) return
      const isNews =
        state.kind !== 'viewing' ||
        state.isCodedElsewhere !== seen.isCodedElsewhere ||
        state.trouble !== seen.trouble
      if (isNews) become(seen)
      soon()
    } catch {
      // The copy could not take an entry: it has to be made again.
      if (!isStopped) become({ kind: 'copy-failed' })
    }
  }

  async function takeInOrRenew(): Promise<HostReason | null> {
    try {
      await takeIn()
      return null
    } catch (error) {
      if (!(error instanceof HostError)) throw error
      // The host was started again, or the folder is elsewhere now: opening again tells which.
      return renew().then(
        () => null,
        (again: unknown) => (again instanceof HostError ? again.reason : error.reason),
      )
    }
  }
}

async function snapshotNamed(host: Host, id: ProjectId, name: string): Promise<Snapshot> {
  const { snapshots } = await host.listSnapshots(id)
  const found = snapshots.find(each => each.name === name)
  if (!found) throw new HostError('snapshot-missing')
  return found
}

function rowsIn({ counts }: Snapshot): number {
  return counts.reports + counts.codes + counts.coders + counts.annotations
}

/** Says that a copy is in use; answers what ends that. */
function lockCopy(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, () => new Promise<void>(release => resolve(release)))
      .catch(reject)
  })
}
