import type { Carrier } from '../../shared/carrier'
import type { Actor } from '../../shared/commands/command'
import { type CoderId, type Hash, makeId, type ProjectId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import { type Host, HostError, type OpenedProject, type SessionToken } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { CopyFailed, metaOf } from '../data/commit'
import type { ProjectDb } from '../data/database'
import { openWorkingCopy, type RebuildProgress } from '../data/rebuild'
import { textOf } from '../data/reports'
import { closeOnLeaving, pageCarrier } from '../host'
import { useSaving } from '../session/saving'
import { createRunner, type Runner } from './run'

/** An open project, as everything on screen uses it. */
export interface Workspace {
  readonly project: OpenedProject
  readonly host: Host
  /** For jobs, which carry their own calls to the host. */
  readonly carrier: Carrier
  readonly db: ProjectDb
  readonly runner: Runner
  readonly actor: Actor
  /** The right to ask the host about this project; another one after the host was lost. */
  session(): SessionToken
  /** A report's text: from the working copy, else from the folder. */
  loadText(report: Pick<Report, 'textHash'>): Promise<string>
  /** Finishes what is being saved and lets go of the project. */
  close(): Promise<void>
}

/** What opening a project may ask of whoever opens it. */
export interface OpenOptions {
  /** End another window's hold on the project instead of failing with `open-elsewhere`. */
  readonly takeOver: boolean
  onProgress(progress: RebuildProgress): void
  /** Who codes here, when the machine does not remember. `null` gives up opening. */
  askForCoder(db: ProjectDb): Promise<CoderId | null>
}

/** Opens a project for writing. `null` when whoever was asked who codes gave up. */
export async function openWorkspace(
  host: Host,
  id: ProjectId,
  options: OpenOptions,
): Promise<Workspace | null> {
  const hold = await holdProject(id, options.takeOver)
  try {
    let project = await host.openProject(id, {
      clientId: clientId(),
      takeOver: options.takeOver,
    })
    const db = await openWorkingCopy(host, project, options.onProgress)
    const coderId = project.coderId ?? (await options.askForCoder(db))
    const leave = () => closeOnLeaving(project.session)
    const close = async () => {
      window.removeEventListener('pagehide', leave)
      db.close()
      hold.release()
      await host.closeProject(project.session)
    }
    if (coderId === null) {
      await close()
      return null
    }
    await host.chooseCoder(project.session, coderId)
    window.addEventListener('pagehide', leave)
    hold.onLost(() => useSaving.getState().become({ kind: 'taken-over' }))
    useSaving.getState().become({ kind: 'saved', at: null })

    const actor: Actor = { coderId, now: () => Date.now(), newId }
    const runner = createRunner({
      db,
      actor,
      append: entry => host.append(project.session, entry),
      reconnect: async pending => {
        project = await host.openProject(id, { clientId: clientId(), takeOver: false })
        return seqOfPending(db, host, project.session, pending)
      },
      onState: state => {
        if (useSaving.getState().state.kind !== 'taken-over') useSaving.getState().become(state)
      },
    })
    return {
      project,
      host,
      carrier: pageCarrier(),
      db,
      runner,
      actor,
      session: () => project.session,
      loadText: async ({ textHash }) =>
        (await textOf(db, textHash)) ?? (await textFromHost(host, project.session, textHash)),
      close: async () => {
        await runner.settled()
        await close()
      },
    }
  } catch (error) {
    hold.release()
    throw error
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

/**
 * After the host was lost: whether the journal has the entry that was being written then.
 * Throws {@link CopyFailed} when it has others, which only opening the project again can take in.
 */
async function seqOfPending(
  db: ProjectDb,
  host: Host,
  session: SessionToken,
  pending: NewEntry,
): Promise<number | null> {
  const { seq } = await metaOf(db)
  const missing = await host.readJournal(session, seq + 1)
  const [first] = missing
  if (!first) return null
  const { seq: written, ...entry } = first
  if (missing.length === 1 && sameJson(entry, pending)) return written
  throw new CopyFailed('the journal has entries that this window has not seen')
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

async function textFromHost(host: Host, session: SessionToken, hash: Hash): Promise<string> {
  const [blob] = await host.readBlobs(session, [hash])
  if (!blob) throw new HostError('blob-missing', { hash })
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob)
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
      .request(`codicil-${id}`, options, lock => {
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
