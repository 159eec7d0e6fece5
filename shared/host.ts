import type { CoderId, Hash, Id, ProjectId } from './domain/id'
import type { Project } from './domain/project'
import type { TableName } from './journal/edit'
import type { JournalEntry, NewEntry } from './journal/history'
import type { TableRow } from './journal/rows'

// Everything the page asks of the machine. Electron's main process answers these calls over
// IPC, a local server over HTTP; the page cannot tell which. Files and folders are named by
// tokens that the host hands out, never by paths. It is one interface, so it stands in one file.

/** A folder that the host may make a project or an export in. */
export type PlaceToken = Id<'place'>
/** The right to read and write one open project, until it is closed or taken over. */
export type SessionToken = Id<'session'>
/** A set of files that is being written. */
export type SinkToken = Id<'sink'>

/** Long work of the host's own, from its start until its end was read. */
export type TaskToken = Id<'task'>
/** A `.codicil` file on its way from the page to the host. */
export type UploadToken = Id<'upload'>

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

/** A project that was opened. */
export interface OpenedProject extends Project {
  readonly session: SessionToken
  readonly folder: string
  /** Whether the session may only read: beside a window that writes, or from a snapshot. */
  readonly isReadOnly: boolean
  /** The snapshot that is shown, or `null` for the project as it is now. */
  readonly snapshot: string | null
  /** What syncs or shares the folder behind our back, such as `OneDrive`; `null` for nothing known. */
  readonly syncedBy: string | null
  /** Whether the folder is the copy that a second place keeps of another one. */
  readonly isSecondCopy: boolean
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

/** Numbers of rows. */
export interface ProjectCounts {
  readonly reports: number
  readonly codes: number
  readonly coders: number
  readonly annotations: number
}

/** Numbers of rows in a snapshot; those of an earlier version do not say all of them. */
export type SnapshotCounts = ProjectCounts &
  Readonly<Partial<Record<'variables' | 'values' | 'corrections' | 'sets', number>>>

/** On what occasion a snapshot was taken. */
export const SNAPSHOT_REASONS = [
  'interval',
  'exit',
  'before-import',
  'before-bulk',
  'before-restore',
  'before-upgrade',
  'by-hand',
] as const

export type SnapshotReason = (typeof SNAPSHOT_REASONS)[number]

/** A project's state as it was after entry `seq`, kept whole in a file that was read back. */
export interface Snapshot {
  /** Names it to the host; eight digits. */
  readonly name: string
  readonly seq: number
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly reason: SnapshotReason
  /** Whether thinning passes it over. */
  readonly isPinned: boolean
  readonly bytes: number
  readonly counts: SnapshotCounts
}

/** At most this many snapshots can be pinned. */
export const MAX_PINNED = 5

/** What there is of snapshots, and how the last attempts went. */
export interface SnapshotList {
  /** The last taken first. */
  readonly snapshots: readonly Snapshot[]
  /** File names of snapshots that cannot be read. */
  readonly damaged: readonly string[]
  /** Why the last snapshot could not be taken; `null` when it was. */
  readonly failure: { readonly reason: HostReason; readonly at: number } | null
  /** The other disk that gets a copy of everything; `null` when none was chosen. */
  readonly secondPlace: SecondPlace | null
}

/** A folder, best on another disk, in which a copy of the whole project folder is kept. */
export interface SecondPlace {
  /** The copy's full path, for reading only. */
  readonly label: string
  /** When it last held everything; `null` for never. */
  readonly syncedAt: number | null
  /** Why the last attempt failed; `null` when it did not. */
  readonly failure: HostReason | null
}

/** Some rows of a snapshot. */
export interface SnapshotPart {
  readonly rows: readonly TableRow[]
  /** What to ask for next; `null` at the end. */
  readonly next: number | null
  /** The tables that there were when it was taken: of others it says nothing. */
  readonly tables: readonly TableName[]
}

/** Long work that the host can be asked for. */
export type TaskWish =
  /**
   * Writes the whole project into `place` as one `.codicil` file, and reads it back; `null` for
   * the project's own folder of exports.
   */
  | {
      readonly kind: 'save-copy'
      readonly project: ProjectId
      readonly place: PlaceToken | null
      readonly fileName: string
    }
  /**
   * Makes a project folder inside `place` from an upload that is complete, and forgets the
   * upload. `suffix` is put behind the project's name should it be listed already.
   */
  | {
      readonly kind: 'open-copy'
      readonly upload: UploadToken
      readonly place: PlaceToken
      readonly suffix: string
    }
  /** Copies a project to another place, and goes on there; an open session stays as it is. */
  | { readonly kind: 'relocate'; readonly project: ProjectId; readonly place: PlaceToken }
  /** Reads every byte of the folder and says what is not as it should be. Changes nothing. */
  | { readonly kind: 'check-folder'; readonly session: SessionToken }
  /**
   * Makes a new project beside a damaged one, from all that can still be read. `suffix` is put
   * behind the damaged one's name.
   */
  | { readonly kind: 'rescue'; readonly project: ProjectId; readonly suffix: string }

/** What a task of each kind ends with. */
export interface TaskResults {
  'save-copy': WrittenFile & {
    readonly folder: string
    /** Texts and original files that the project names and does not have, or only damaged. */
    readonly missingBlobs: number
  }
  'open-copy': {
    readonly project: ProjectId
    readonly name: string
    /** The listed project beside which it was added; `null` when it was not listed. */
    readonly copyOf: string | null
    readonly missingBlobs: number
  }
  /** The new folder, or `null` when the old one cannot be read: see {@link Host.openRefuge}. */
  relocate: { readonly folder: string | null }
  'check-folder': FolderReport
  rescue: RescueReport
}

/** How far a task is. */
export type TaskState<K extends TaskWish['kind'] = TaskWish['kind']> =
  | {
      readonly is: 'running'
      /** What it does just now; the interface has words for each. */
      readonly phase: string
      readonly done: number
      /** 0 while that is not known. */
      readonly total: number
    }
  | { readonly is: 'done'; readonly result: TaskResults[K] }
  | {
      readonly is: 'failed'
      readonly reason: HostReason
      readonly details: Readonly<Record<string, string | number>>
    }
  | { readonly is: 'cancelled' }

/** What reading a whole project folder found. */
export interface FolderReport {
  readonly journalFiles: number
  readonly entries: number
  readonly packs: number
  readonly blobs: number
  readonly bytes: number
  /** Bytes after the journal's last whole frame: a write that was cut short, never acknowledged. */
  readonly tornBytes: number
  /** What is wrong with the journal; `null` when its frames and chain are sound. */
  readonly journal: { readonly file: string; readonly what: string } | null
  /** Hashes of texts and original files, named by some entry, whose bytes are damaged. */
  readonly damagedBlobs: readonly Hash[]
  /** Hashes that some entry names and no pack has. */
  readonly missingBlobs: readonly Hash[]
  readonly snapshots: number
  readonly damagedSnapshots: readonly string[]
}

/** What could be saved from a damaged project. */
export interface RescueReport {
  /** The new project. */
  readonly project: ProjectId
  readonly name: string
  readonly counts: ProjectCounts
  /** `seq` of the last entry before the damage. */
  readonly soundUntil: number
  /** The snapshot that bridged the damage, by `seq`; `null` when none did. */
  readonly snapshotSeq: number | null
  /** Entries behind the damage that were taken in whole. */
  readonly laterEntries: number
  /** Entries behind the damage of which only those changes were taken in that still fit. */
  readonly partEntries: number
  /** Entries that are known to be lost. */
  readonly lostEntries: number
  /** Texts that are lost or damaged. */
  readonly lostTexts: number
}

/** Every reason for which a call can fail. The interface has words for each, in every language. */
export const HOST_REASONS = [
  'invalid-call',
  'unreachable',
  'not-found',
  'locked',
  'open-elsewhere',
  'session-ended',
  'viewing-only',
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
  'snapshot-missing',
  'snapshot-damaged',
  'copy-damaged',
  'too-many-pinned',
  'too-busy',
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
  /**
   * Opens a project for reading only, as it is now or as a snapshot has it. Needs no lock, and
   * any number of windows may. Reading calls take its session; writing ones throw `viewing-only`.
   */
  readProject(id: ProjectId, snapshot: string | null): Promise<OpenedProject>
  /** Remembers who codes at this machine. */
  chooseCoder(session: SessionToken, coderId: CoderId): Promise<void>
  /** Entries from `fromSeq` on, in order; as many as fit a few megabytes, at least one if any. */
  readJournal(session: SessionToken, fromSeq: number): Promise<JournalEntry[]>
  /**
   * The SHA-256 by which the journal chains its entry `seq`: of the whole frame, as it stands on
   * disk. Empty where there is no such entry.
   */
  hashOfEntry(session: SessionToken, seq: number): Promise<string>
  /**
   * Appends one entry. Resolves with its `seq` when it is safely on disk, and not before.
   * `isDiskLow` says that the disk is nearly full.
   */
  append(session: SessionToken, entry: NewEntry): Promise<{ seq: number; isDiskLow?: true }>
  /** Stores bytes by content; answers their hashes in order, once they are safely on disk. */
  putBlobs(session: SessionToken, blobs: readonly Uint8Array[]): Promise<Hash[]>
  /** Reads stored bytes, each checked against its hash, in the order asked for. */
  readBlobs(session: SessionToken, hashes: readonly Hash[]): Promise<Uint8Array[]>
  /**
   * Says that the working copy holds all entries up to `seq` and that nothing but texts is being
   * written to it. Ignored when the journal has gone on since.
   */
  settleCopy(session: SessionToken, seq: number): Promise<void>
  /** Snapshots of a project, be it open or not, damaged or not. */
  listSnapshots(id: ProjectId): Promise<SnapshotList>
  /**
   * Takes a snapshot of the project as it is; `null` when there is one of just this state.
   * The host takes the others by itself: with time, at the end of a session, and before what
   * changes much.
   */
  takeSnapshot(session: SessionToken): Promise<Snapshot | null>
  /** Keeps a snapshot out of thinning, or no longer. Throws `too-many-pinned`. */
  pinSnapshot(id: ProjectId, name: string, isPinned: boolean): Promise<void>
  /** Rows of a snapshot, in parts; `from` is 0, then `next` of the part before. */
  readSnapshot(id: ProjectId, name: string, from: number): Promise<SnapshotPart>
  /** Chooses the folder in which a second copy of everything is kept; `null` for none. */
  setSecondPlace(id: ProjectId, place: PlaceToken | null): Promise<void>

  /** Begins long work; at most a few at a time. */
  startTask(wish: TaskWish): Promise<TaskToken>
  /** How far it is. Once it has ended, the answer is given for a while and then forgotten. */
  taskState(task: TaskToken): Promise<TaskState>
  /** Ends it soon, leaving nothing half done. No error when it has ended already. */
  cancelTask(task: TaskToken): Promise<void>
  /**
   * Begins a new folder for a project whose own cannot be read any more. What it answers takes
   * {@link append} and {@link putBlobs}; nothing else changes until {@link closeRefuge}.
   */
  openRefuge(id: ProjectId, place: PlaceToken): Promise<SessionToken>
  /** Makes the new folder the project's own. The project must then be opened again. */
  closeRefuge(refuge: SessionToken): Promise<{ folder: string }>
  /** Gives up; nothing remains. */
  abortRefuge(refuge: SessionToken): Promise<void>
  /** Begins to bring in a `.codicil` file, whose bytes follow. */
  openUpload(fileName: string, bytes: number): Promise<UploadToken>
  writeUpload(upload: UploadToken, bytes: Uint8Array): Promise<void>
  /** Forgets an upload and its bytes. */
  abortUpload(upload: UploadToken): Promise<void>

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
