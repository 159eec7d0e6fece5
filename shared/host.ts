import type { CoderId, Hash, Id, ProjectId } from './domain/id'
import type { Project } from './domain/project'
import type { JournalEntry, NewEntry } from './journal/history'

// Everything the page asks of the machine. Electron's main process answers these calls over
// IPC, a local server over HTTP; the page cannot tell which. Files and folders are named by
// tokens that the host hands out, never by paths.

/** A folder that the host may make a project or an export in. */
export type PlaceToken = Id<'place'>
/** The right to read and write one open project, until it is closed or taken over. */
export type SessionToken = Id<'session'>
/** A set of files that is being written. */
export type SinkToken = Id<'sink'>

/** What the page may know of the machine. */
export interface About {
  readonly version: string
  /** `desktop` in Electron, `browser` on the local server. */
  readonly door: 'desktop' | 'browser'
  readonly platform: 'mac' | 'windows' | 'linux'
  /** Where new projects go unless the researcher says otherwise. */
  readonly home: Place
}

/** A folder as the researcher sees it. */
export interface Place {
  readonly token: PlaceToken
  /** The folder's full path, for reading only. */
  readonly label: string
}

/** A project that this machine knows of. */
export interface ListedProject extends Project {
  /** The folder's full path, for reading only. */
  readonly folder: string
  /** Milliseconds since the Unix epoch; 0 when it was never opened here. */
  readonly openedAt: number
  readonly state: 'ready' | 'missing' | 'trashed'
  /** When it was put in the trash; `null` unless `state` is `trashed`. Kept 30 days from then. */
  readonly trashedAt: number | null
}

/** A project that was opened for writing. */
export interface OpenedProject extends Project {
  readonly session: SessionToken
  readonly folder: string
  /** `seq` of the journal's last entry. */
  readonly lastSeq: number
  /** Who codes at this machine, when that is known. */
  readonly coderId: CoderId | null
  /**
   * Whether this browser profile's working copy had come to rest when it was last seen. If
   * not, it cannot be trusted.
   */
  readonly wasSettled: boolean
  /** Bytes at the journal's end that a crash had left unreadable and that were set aside; usually 0. */
  readonly tornBytes: number
}

/** A file that has been written. */
export interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: Hash
  /** Where the page may fetch it, behind the browser door; `null` on the desktop. */
  readonly url: string | null
}

/** Every reason for which a call can fail. The interface has words for each, in every language. */
export const HOST_REASONS = [
  'invalid-call',
  'unreachable',
  'not-found',
  'locked',
  'open-elsewhere',
  'session-ended',
  'newer-version',
  'journal-damaged',
  'journal-missing',
  'not-a-project',
  'already-listed',
  'name-invalid',
  'place-invalid',
  'disk-full',
  'read-only',
  'vanished',
  'too-large',
  'blob-missing',
  'blob-damaged',
  'disk-error',
] as const

export type HostReason = (typeof HOST_REASONS)[number]

/** A call that the host could not carry out. Nothing it had acknowledged before is affected. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly reason: HostReason
  /** What the message needs to be specific: a file's name, a version, a system code. */
  readonly details: Readonly<Record<string, string | number>>

  constructor(reason: HostReason, details: Readonly<Record<string, string | number>> = {}) {
    super(reason)
    this.reason = reason
    this.details = details
  }
}

/** The machine, as the page sees it. Every call may reject with a {@link HostError}. */
export interface Host {
  about(): Promise<About>

  /** Projects this machine knows of, the last opened first; then those in the trash. */
  listProjects(): Promise<ListedProject[]>
  /** Makes a project folder inside `place`, named after the project, with its first coder. */
  createProject(wish: {
    name: string
    coderName: string
    place: PlaceToken
  }): Promise<{ id: ProjectId; coderId: CoderId }>
  /** Adds an existing project folder to the list. */
  addProject(place: PlaceToken): Promise<{ id: ProjectId }>
  renameProject(id: ProjectId, name: string): Promise<void>
  /** Moves a closed project to the trash, where it is kept for 30 days. */
  trashProject(id: ProjectId): Promise<void>
  restoreProject(id: ProjectId): Promise<void>
  /** Takes a project whose folder is gone off the list. Touches no folder. */
  forgetProject(id: ProjectId): Promise<void>

  /**
   * Opens a project for writing. `clientId` names the asking browser profile: it may replace
   * a session of its own, but needs `takeOver` to end another's.
   */
  openProject(
    id: ProjectId,
    options: { clientId: string; takeOver: boolean },
  ): Promise<OpenedProject>
  /** Remembers who codes at this machine. */
  chooseCoder(session: SessionToken, coderId: CoderId): Promise<void>
  /** Entries from `fromSeq` on, in order; as many as fit a few megabytes, at least one if any. */
  readJournal(session: SessionToken, fromSeq: number): Promise<JournalEntry[]>
  /** Appends one entry. Resolves with its `seq` when it is safely on disk, and not before. */
  append(session: SessionToken, entry: NewEntry): Promise<{ seq: number }>
  /** Stores bytes by content; answers their hashes in order, once they are safely on disk. */
  putBlobs(session: SessionToken, blobs: readonly Uint8Array[]): Promise<Hash[]>
  /** Reads stored bytes, each checked against its hash, in the order asked for. */
  readBlobs(session: SessionToken, hashes: readonly Hash[]): Promise<Uint8Array[]>
  /**
   * Says that the working copy holds all entries up to `seq` and that nothing is being written
   * to it. Ignored when the journal has gone on since.
   */
  settleCopy(session: SessionToken, seq: number): Promise<void>
  /** Ends a session. Whether the working copy has come to rest is for {@link settleCopy} to say. */
  closeProject(session: SessionToken): Promise<void>

  /**
   * Asks for a folder. On the desktop the system's own dialog opens and `typedPath` is
   * ignored; behind the browser door `typedPath` is what the researcher typed. `null` when
   * the dialog was cancelled.
   */
  choosePlace(typedPath: string | null): Promise<Place | null>
  /** The folder in which a project's exports go unless the researcher says otherwise. */
  exportPlace(session: SessionToken): Promise<Place>
  /** Begins a folder of files inside `place`. Nothing is visible there until {@link closeSink}. */
  openSink(place: PlaceToken, folderName: string): Promise<{ sink: SinkToken }>
  /** Adds bytes to the end of one of the sink's files. */
  writeSink(sink: SinkToken, fileName: string, bytes: Uint8Array): Promise<void>
  /** Flushes everything and makes the folder appear, under a free name. */
  closeSink(sink: SinkToken): Promise<{ folder: string; files: WrittenFile[] }>
  /** Gives up; nothing remains. */
  abortSink(sink: SinkToken): Promise<void>
}
