import type { Carrier } from '../../shared/carrier'
import { type Actor, Refusal } from '../../shared/commands/command'
import { joinAsCoder } from '../../shared/commands/library'
import { type CoderId, makeId, type ProjectId } from '../../shared/domain/id'
import type { Markup } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import {
  type Host,
  HostError,
  type OpenedProject,
  type SessionToken,
  type Snapshot,
} from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { metaOf } from '../data/commit'
import type { ProjectDb } from '../data/database'
import { catchUp, openWorkingCopy, type RebuildProgress } from '../data/rebuild'
import { closeOnLeaving, pageCarrier } from '../host'
import { useJobs } from '../session/jobs'
import { useSaving } from '../session/saving'
import { loaders } from './load'
import { createRunner, type Runner } from './run'

/** An open project, as everything on screen uses it. */
export interface Workspace {
  readonly project: OpenedProject
  /** What is looked at, where nothing can be written; `null` where it can. */
  readonly view: View | null
  readonly host: Host
  /** For jobs, which carry their own calls to the host. */
  readonly carrier: Carrier
  readonly db: ProjectDb
  readonly runner: Runner
  /** Who does what the researcher does here; `null` where nothing can be written. */
  readonly actor: Actor | null
  /** The right to ask the host about this project; another one after the host was lost. */
  session(): SessionToken
  /** The same, asked for anew should the host have been started again; for jobs to begin with. */
  freshSession(): Promise<SessionToken>
  /** A report's text: from the working copy, else from the folder. */
  loadText(report: Pick<Report, 'textHash'>): Promise<string>
  /** What a report's source says of its text; nothing where it was kept in a way not understood. */
  loadMarkup(report: Pick<Report, 'markupHash' | 'length'>): Promise<Markup>
  /** Calls back, once, when the project is let go of, before the working copy is. Answers what undoes that. */
  atEnd(end: () => void): () => void
  /** Finishes what is being saved and lets go of the project. */
  close(): Promise<void>
}

/** What a window that only reads looks at. */
export interface View {
  /** `null` for the project as it is now. */
  readonly snapshot: Snapshot | null
}

/** What opening a project may ask of whoever opens it. */
export interface OpenOptions {
  /** End another window's hold on the project instead of failing with `open-elsewhere`. */
  readonly takeOver: boolean
  onProgress(progress: RebuildProgress): void
  /** Who codes here, when the machine does not remember. `null` gives up opening. */
  askForCoder(db: ProjectDb): Promise<CoderAnswer | null>
}

/** Who codes: someone the project knows, or someone new. */
export type CoderAnswer = { readonly id: CoderId } | { readonly name: string }

/** Opens a project for writing. `null` when whoever was asked who codes gave up. */
export async function openWorkspace(
  host: Host,
  id: ProjectId,
  options: OpenOptions,
): Promise<Workspace | null> {
  const hold = await holdProject(id, options.takeOver)
  const ends: (() => unknown)[] = [hold.release]
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    let project = await host.openProject(id, { clientId: clientId(), takeOver: options.takeOver })
    ends.push(() => host.closeProject(project.session).catch(() => {}))
    const db = await openWorkingCopy(host, project, options.onProgress)
    ends.push(() => db.close())
    const coder = project.coderId ? { id: project.coderId } : await options.askForCoder(db)
    if (coder === null) {
      await close()
      return null
    }
    const { become } = useSaving.getState()
    const isTakenOver = () => useSaving.getState().state.kind === 'taken-over'
    become({ kind: 'saved', at: null, isDiskLow: false })
    hold.onLost(() => {
      const { state } = useSaving.getState()
      become({ kind: 'taken-over' })
      if (state.kind === 'not-saved') state.giveUp()
    })

    const settle = settler(() => settleCopy(db, host, project.session))
    const openAgain = async () => {
      project = await host.openProject(id, { clientId: clientId(), takeOver: false })
    }
    const coderId = 'id' in coder ? coder.id : (newId() as CoderId)
    const actor: Actor = { coderId, now: () => Date.now(), newId }
    const runner = createRunner({
      db,
      actor,
      append: entry => host.append(project.session, entry),
      reconnect: async pending => {
        await openAgain()
        return seqOfPending(db, host, project.session, pending)
      },
      onState: state => {
        if (!isTakenOver()) become(state)
        settle.soon()
      },
    })
    const freshSession = async () => {
      // Who has it now is not to lose it to a window that was told so.
      if (isTakenOver()) throw new HostError('session-ended')
      try {
        await host.exportPlace(project.session)
      } catch (error) {
        if (!(error instanceof HostError) || error.reason !== 'session-ended') throw error
        await runner.alone(async () => {
          await openAgain()
          await catchUp(db, host, project.session)
        })
      }
      return project.session
    }
    if ('name' in coder) await runner.run(joinAsCoder(coder.name))
    await host.chooseCoder(project.session, coderId)

    const stopListening = listenForLeaving(() => project.session)
    const unsubscribe = useJobs.subscribe(settle.soon)
    settle.soon()
    ends.push(() => settleCopy(db, host, project.session).catch(() => {}))
    ends.push(() => {
      settle.stop()
      unsubscribe()
      stopListening()
    })
    return {
      project,
      view: null,
      host,
      carrier: pageCarrier(),
      db,
      runner,
      actor,
      session: () => project.session,
      freshSession,
      ...loaders(db, host, { session: () => project.session, freshSession }),
      atEnd: end => {
        ends.push(end)
        return () => {
          const at = ends.indexOf(end)
          if (at >= 0) ends.splice(at, 1)
        }
      },
      close: async () => {
        await runner.settled()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Asks before the page is left while something is not on disk yet, and says goodbye when it is
 * left. Answers a function that stops both.
 */
function listenForLeaving(session: () => SessionToken): () => void {
  const leave = () => closeOnLeaving(session())
  const ask = (event: BeforeUnloadEvent) => {
    const { kind } = useSaving.getState().state
    const isBusy =
      kind === 'saving' || kind === 'not-saved' || useJobs.getState().running.length > 0
    if (isBusy) event.preventDefault()
  }
  window.addEventListener('pagehide', leave)
  window.addEventListener('beforeunload', ask)
  return () => {
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('beforeunload', ask)
  }
}

/** A new id, from this page's clock and the browser's random numbers. */
export function newId(): string {
  return makeId(Date.now(), () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32)
}

/** What names this browser profile to the host. Made once; without it a working copy is rebuilt. */
function clientId(): string {
  const key = 'codicil.client'
  const kept = localStorage.getItem(key)
  if (kept) return kept
  const made = newId()
  localStorage.setItem(key, made)
  return made
}

/** How long nothing must have been written before the working copy counts as settled. */
const SETTLED_AFTER_MS = 1500

/** Calls `settle` once nothing has been saved and no job has run for a while. */
function settler(settle: () => Promise<void>): { soon(): void; stop(): void } {
  let timer = 0
  const soon = () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => {
      const isBusy = useJobs.getState().running.length > 0
      if (isBusy || useSaving.getState().state.kind === 'saving') soon()
      // Without the mark the copy is rebuilt next time, and nothing worse.
      else settle().catch(() => {})
    }, SETTLED_AFTER_MS)
  }
  return { soon, stop: () => clearTimeout(timer) }
}

async function settleCopy(db: ProjectDb, host: Host, session: SessionToken): Promise<void> {
  const { seq } = await metaOf(db)
  await host.settleCopy(session, seq)
}

/**
 * After the host was lost: the `seq` of the entry that was being written then, or `null` when
 * the journal does not have it. Entries that another window wrote meanwhile are taken in; the
 * step planned without them is then refused as `overtaken`.
 */
async function seqOfPending(
  db: ProjectDb,
  host: Host,
  session: SessionToken,
  pending: NewEntry,
): Promise<number | null> {
  const { seq } = await metaOf(db)
  const [first] = await host.readJournal(session, seq + 1)
  if (!first) return null
  const { seq: written, ...entry } = first
  if (sameJson(entry, pending)) return written
  await catchUp(db, host, session)
  throw new Refusal('overtaken')
}

/** Whether two values of plain data are the same, whatever order their fields stand in. */
function sameJson(a: unknown, b: unknown): boolean {
  const sorted = (value: unknown): string =>
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([x], [y]) => (x < y ? -1 : 1)))
        : item,
    )
  return sorted(a) === sorted(b)
}

/** Whether a window of this browser has a project open for coding. */
export async function isCodedHere(id: ProjectId): Promise<boolean> {
  const { held } = await navigator.locks.query()
  return held?.some(({ name }) => name === lockName(id)) ?? false
}

function lockName(id: ProjectId): string {
  return `codicil-${id}`
}

interface Hold {
  release(): void
  /** Calls back should another window take the project over. */
  onLost(lost: () => void): void
}

/**
 * Makes this the only window of this browser that has the project open. Throws
 * `open-elsewhere` when another has it and `takeOver` is not wanted.
 */
function holdProject(id: ProjectId, takeOver: boolean): Promise<Hold> {
  return new Promise((resolve, reject) => {
    let lost = () => {}
    const options = takeOver ? { steal: true } : { ifAvailable: true }
    navigator.locks
      .request(lockName(id), options, lock => {
        if (!lock) {
          reject(new HostError('open-elsewhere'))
          return
        }
        return new Promise<void>(release => {
          resolve({
            release,
            onLost: callback => {
              lost = callback
            },
          })
        })
      })
      .catch(() => lost())
  })
}
