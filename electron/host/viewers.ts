import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Hash, ProjectId } from '../../shared/domain/id'
import type { Project } from '../../shared/domain/project'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import type { JournalEntry } from '../../shared/journal/history'
import { blobsToRead } from './blobs'
import type { CatalogEntry } from './catalog'
import type { HostContext } from './context'
import { exists, hostErrorOf } from './disk'
import { type JournalReading, readJournalFiles } from './journal-files'
import { readManifest, studyIn } from './keeper'
import { readSnapshotHead } from './snapshots'

// Sessions that only read: beside a window or a process that writes, on a disk that takes no
// writes, or of a moment that a snapshot has kept. They need no lock, and never write a byte
// into the folder.

/** A project that a page has open for reading. */
export interface Viewer {
  readonly folder: string
  readJournal(fromSeq: number): Promise<JournalEntry[]>
  /** The hash by which the journal chains entry `seq`; empty for none. */
  hashAt(seq: number): Promise<string>
  readBlobs(hashes: readonly Hash[]): Promise<Uint8Array[]>
}

/** The reading sessions. */
export interface Viewers {
  readonly calls: Pick<Host, 'readProject'>
  find(token: SessionToken): Viewer | null
  /** Whether there was such a session. */
  close(token: SessionToken): Promise<boolean>
  closeAll(): Promise<void>
}

/** Opens projects for reading. */
export function createViewers({ listed }: HostContext): Viewers {
  const viewers = new Map<SessionToken, Viewer>()

  return {
    calls: {
      async readProject(id, snapshot) {
        const entry = await listed(id)
        if (entry.trash) throw new HostError('not-found')
        const { folder } = entry
        if (!(await exists(folder))) throw new HostError('vanished', { folder })
        const session = randomUUID() as SessionToken
        const { lastSeq, ...project } = await (snapshot === null
          ? viewNow(session, entry)
          : viewSnapshot(session, entry, snapshot)
        ).catch(rethrow)
        return {
          ...project,
          session,
          folder,
          isReadOnly: true,
          snapshot,
          syncedBy: null,
          isSecondCopy: false,
          lastSeq,
          coderId: entry.coderId,
          wasSettled: false,
          tornBytes: 0,
        }
      },
    },
    find: token => viewers.get(token) ?? null,
    close: async token => viewers.delete(token),
    closeAll: async () => viewers.clear(),
  }

  /** The project as it is, and as it becomes while others write to it. */
  async function viewNow(
    session: SessionToken,
    { id, folder }: CatalogEntry,
  ): Promise<Project & { lastSeq: number }> {
    const project = await readManifest(folder)
    if (project.id !== id) throw new HostError('not-a-project')
    const journal = await readJournalFiles(join(folder, 'journal'), project.study)
    const inTurn = turns()
    viewers.set(session, {
      folder,
      readJournal: fromSeq =>
        inTurn(async () => {
          // It goes on in another folder, where there may be another history.
          if ((await listed(id)).folder !== folder) throw new HostError('session-ended')
          if (fromSeq > journal.lastSeq) await journal.refresh()
          return journal.read(fromSeq)
        }),
      hashAt: seq => inTurn(() => journal.hashAt(seq)),
      readBlobs: readerOfBlobs(folder),
    })
    return { ...project, lastSeq: journal.lastSeq }
  }

  /** The project as it was; what has become of its journal since does not matter. */
  async function viewSnapshot(
    session: SessionToken,
    { id, folder, ...known }: CatalogEntry,
    name: string,
  ): Promise<Project & { lastSeq: number }> {
    const head = await readSnapshotHead(folder, name)
    const study = await studyIn(folder, id)
    if (head.project !== study) throw new HostError('snapshot-damaged', { file: name })
    let journal: Promise<JournalReading> | null = null
    const inTurn = turns()
    viewers.set(session, {
      folder,
      readJournal: fromSeq =>
        inTurn(async () => {
          if (fromSeq > head.seq) return []
          journal ??= journalUntil(folder, study, head)
          const entries = await (await journal).read(fromSeq)
          return entries.filter(({ seq }) => seq <= head.seq)
        }),
      hashAt: seq =>
        inTurn(async () => {
          if (seq > head.seq) return ''
          journal ??= journalUntil(folder, study, head)
          return (await journal).hashAt(seq)
        }),
      readBlobs: readerOfBlobs(folder),
    })
    return { id, name: head.name, createdAt: known.createdAt, lastSeq: head.seq }
  }
}

/** The journal that led to a snapshot. Throws `journal-damaged` where another one stands there. */
async function journalUntil(
  folder: string,
  study: ProjectId,
  { seq, prev }: { readonly seq: number; readonly prev: string },
): Promise<JournalReading> {
  const journal = await readJournalFiles(join(folder, 'journal'), study)
  if ((await journal.hashAt(seq)) !== prev) {
    throw new HostError('journal-damaged', { file: journal.files.at(-1)!.name, what: 'chain' })
  }
  return journal
}

function readerOfBlobs(folder: string): Viewer['readBlobs'] {
  const blobs = blobsToRead(join(folder, 'blobs'))
  return hashes => blobs.get(hashes).catch(rethrow)
}

/** Runs one after another what shares a reading of the journal. */
function turns(): <T>(action: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return action => {
    const mine = last.then(action, action).catch(rethrow)
    last = mine.catch(() => {})
    return mine
  }
}

function rethrow(error: unknown): never {
  throw hostErrorOf(error)
}
