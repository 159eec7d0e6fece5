import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import {
  type Host,
  HostError,
  MAX_PINNED,
  type SecondPlace,
  type Snapshot,
  type SnapshotList,
  type SnapshotReason,
} from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import type { KnownSecondPlace } from './catalog'
import type { HostContext, Schedule, Session } from './context'
import { hostErrorOf, renameInsistently, syncFolder } from './disk'
import { studyIn } from './keeper'
import { isLocked } from './lock'
import { prepareMirror } from './second-place'
import {
  findSnapshots,
  openSnapshot,
  SNAPSHOT_FOLDER,
  type SnapshotFile,
  snapshotPath,
} from './snapshots'
import { kept } from './thinning'

// When snapshots are taken, and what the page may ask of them. A snapshot that fails never
// holds up what it was taken for: it is remembered, shown, and tried again at the next
// occasion. The work runs beside the session, reads the journal like anyone, and writes to
// nothing but the snapshots' folder and the second place.

/** The calls about snapshots, and what the host tells this part. */
export interface Backups {
  readonly calls: Pick<
    Host,
    'listSnapshots' | 'takeSnapshot' | 'pinSnapshot' | 'readSnapshot' | 'setSecondPlace'
  >
  /** Called before an entry is appended; resolves when it may be. Never rejects. */
  beforeAppend(session: Session, entry: NewEntry): Promise<void>
  /** Called after an entry was appended. */
  afterAppend(session: Session): void
  /** Called when a session has ended and its folder was let go of. */
  afterClose(session: Session): void
  /**
   * Resolves when nothing is being written any more. With a folder, a copy of it that is being
   * brought up to date is cut off, and goes on the next time; without one, that gets a while.
   */
  settled(folder?: string): Promise<void>
}

const INTERVAL_MS = 10 * 60_000
/** How many changed rows make an edit one that is worth a snapshot before it. */
const BULK_CHANGES = 200
/** How long the end of the program waits for a copy in the second place. */
const LAST_COPY_MS = 20_000
/** How long an opened snapshot is kept for whoever asks for its next part. */
const SHELF_MS = 30_000

/** A project at one moment, and how to tell which history it has. */
interface Moment {
  readonly id: ProjectId
  readonly folder: string
  readonly seq: number
  hashAt(seq: number): Promise<string>
}

/** Work that goes on in a folder. */
interface Running {
  readonly folder: string
  /** Cuts it off; `null` for what is waited for. */
  readonly cutOff: AbortController | null
  readonly over: Promise<void>
}

/** Takes care of the snapshots of all projects. */
export function createBackups(context: HostContext): Backups {
  const { catalog, options, work } = context
  const schedule = options.schedule ?? inTime
  const timers = new Map<ProjectId, () => void>()
  const turns = new Map<string, Promise<unknown>>()
  const running = new Set<Running>()
  const failures = new Map<ProjectId, NonNullable<SnapshotList['failure']>>()
  const foundDamaged = new Map<ProjectId, Set<string>>()
  /** Projects whose second copy has been compared byte by byte since the program began. */
  const compared = new Set<ProjectId>()
  const waiting = new Set<ProjectId>()
  let shelf: { readonly key: string; readonly file: Promise<SnapshotFile> } | null = null
  let clearShelf: () => void = () => {}

  return {
    calls: {
      async listSnapshots(id) {
        const { folder, secondPlace } = await context.listed(id)
        const found = await snapshotsIn(folder, id)
        const unreadable = foundDamaged.get(id) ?? new Set()
        const isDamaged = ({ name }: Snapshot) => unreadable.has(name)
        return {
          snapshots: found.snapshots
            .filter(each => !isDamaged(each))
            .map(({ prev: _, ...snapshot }) => snapshot),
          damaged: [
            ...found.damaged,
            ...found.snapshots.filter(isDamaged).map(({ name }) => `${name}.json.gz`),
          ],
          failure: failures.get(id) ?? null,
          secondPlace: secondPlace && secondPlace.folder !== folder ? asShown(secondPlace) : null,
        }
      },

      takeSnapshot: async token => take(momentOf(context.sessionOf(token)), 'by-hand'),

      pinSnapshot: (id, name, isPinned) =>
        inTurn(`snapshots ${id}`, async () => {
          const { folder } = await context.listed(id)
          const { snapshots } = await snapshotsIn(folder, id)
          const snapshot = snapshots.find(each => each.name === name)
          if (!snapshot) throw new HostError('snapshot-missing', { name })
          if (snapshot.isPinned === isPinned) return
          const pinned = snapshots.filter(each => each.isPinned).length
          if (isPinned && pinned >= MAX_PINNED) {
            throw new HostError('too-many-pinned', { max: MAX_PINNED })
          }
          const path = snapshotPath(folder, { name, isPinned })
          await renameInsistently(snapshotPath(folder, snapshot), path)
          await syncFolder(`${folder}/${SNAPSHOT_FOLDER}`)
        }),

      async readSnapshot(id, name, from) {
        const { folder } = await context.listed(id)
        try {
          const file = await opened(folder, name)
          if (file.head.project !== (await studyIn(folder, id)))
            throw new HostError('snapshot-damaged', { file: name })
          return file.part(from)
        } catch (error) {
          if (error instanceof HostError && error.reason === 'snapshot-damaged') {
            const unreadable = foundDamaged.get(id)
            if (unreadable) unreadable.add(name)
            else foundDamaged.set(id, new Set([name]))
          }
          throw error
        }
      },

      async setSecondPlace(id, place) {
        const entry = await context.listed(id)
        if (place === null) {
          await catalog.update(id, { secondPlace: null })
          await cutOffCopies(entry.folder)
          return
        }
        const folder = await prepareMirror(entry.folder, context.pathOf(place), id)
        if (entry.secondPlace?.folder !== folder) {
          const secondPlace = { folder, seq: 0, syncedAt: null, failure: null }
          await catalog.update(id, { secondPlace })
        }
        compared.delete(id)
        copySoon(id, entry.folder)
      },
    },

    async beforeAppend(session, entry) {
      const reason = session.keeper.isOlder ? 'before-upgrade' : occasionOf(entry)
      if (!reason || !isWorthOne(session)) return
      await take(momentOf(session), reason).catch(() => {})
    },

    afterAppend: session => {
      const { id } = session.keeper.project
      if (!timers.has(id)) wait(id)
    },

    afterClose(session) {
      const { id } = session.keeper.project
      timers.get(id)?.()
      timers.delete(id)
      if (isWorthOne(session)) take(momentOf(session), 'exit').catch(() => {})
    },

    async settled(folder) {
      let isPatient = folder === undefined
      const callOff = schedule(() => {
        isPatient = false
        void cutOffCopies()
      }, LAST_COPY_MS)
      for (;;) {
        if (!isPatient) await cutOffCopies(folder)
        const rest = [...running].filter(each => folder === undefined || each.folder === folder)
        if (rest.length === 0) break
        await Promise.all(rest.map(({ over }) => over))
      }
      callOff()
    },
  }

  /** Takes a snapshot when the time has come, and tries again when it fails. */
  function wait(id: ProjectId): void {
    const callOff = schedule(() => {
      timers.delete(id)
      const session = context.sessionFor(id)
      if (!session) return
      take(momentOf(session), 'interval').catch(() => {
        if (context.sessionFor(id) && !timers.has(id)) wait(id)
      })
    }, INTERVAL_MS)
    timers.set(id, callOff)
  }

  /** Takes a snapshot unless there is one of this state, and has the second copy follow. */
  function take(moment: Moment, reason: SnapshotReason): Promise<Snapshot | null> {
    const taken = inTurn(`snapshots ${moment.id}`, () => takeNow(moment, reason))
    const followed = taken.then(
      async snapshot => {
        await copyIfBehind(moment)
        return snapshot
      },
      async (error: unknown) => {
        const known = remember(moment.id, error)
        await copyIfBehind(moment)
        throw known
      },
    )
    track(moment.folder, null, followed)
    return followed
  }

  async function takeNow(
    { id, folder, seq, hashAt }: Moment,
    reason: SnapshotReason,
  ): Promise<Snapshot | null> {
    // What was left behind for another folder is not the project any more.
    if ((await catalog.find(id))?.folder !== folder) return null
    const { snapshots } = await snapshotsIn(folder, id)
    const present = snapshots.find(each => each.seq === seq)
    // Of another history is one that a folder put back from elsewhere has brought along.
    const isSame = present && present.prev === (await hashAt(seq))
    if (isSame && !foundDamaged.get(id)?.has(present.name)) {
      failures.delete(id)
      return null
    }
    const snapshot = await work('writeSnapshot', { folder, seq, at: options.now(), reason }, QUIET)
    failures.delete(id)
    foundDamaged.get(id)?.delete(snapshot.name)
    // The file is kept, but this one needs its name.
    if (present?.isPinned && !isSame) {
      const aside = `${present.name}.other-${present.prev.slice(0, 8)}.json.gz`
      await renameInsistently(snapshotPath(folder, present), join(folder, SNAPSHOT_FOLDER, aside))
    }
    await thin(id, folder).catch((error: unknown) => remember(id, error))
    return snapshot
  }

  /** Only ever called when the newest has just been read back. */
  async function thin(id: ProjectId, folder: string): Promise<void> {
    const { snapshots } = await snapshotsIn(folder, id)
    const keep = new Set(kept(snapshots, options.now()))
    for (const each of snapshots) {
      if (!keep.has(each)) await rm(snapshotPath(folder, each), { force: true })
    }
  }

  async function copyIfBehind({ id, folder, seq }: Moment): Promise<void> {
    const place = (await catalog.find(id))?.secondPlace
    if (place && place.seq !== seq) copySoon(id, folder)
  }

  /** Brings the second copy up to date in the background; what is asked for twice happens once. */
  function copySoon(id: ProjectId, folder: string): void {
    if (waiting.has(id)) return
    waiting.add(id)
    const cutOff = new AbortController()
    const copied = inTurn(`copy ${id}`, () => {
      waiting.delete(id)
      return copyNow(id, cutOff.signal)
    })
    track(folder, cutOff, copied)
  }

  async function copyNow(id: ProjectId, signal: AbortSignal): Promise<void> {
    const entry = await catalog.find(id)
    const place = entry?.secondPlace
    // Whoever lost the first disk may have the copy open as the project itself.
    if (!place || signal.aborted || entry.trash || place.folder === entry.folder) return
    const now = options.now()
    const { folder } = entry
    const isThorough = !compared.has(id)
    const copy = async () => {
      // A thread knows nothing of the locks that this very process holds.
      if (await isLocked(place.folder)) throw new HostError('locked', { pid: 0 })
      const wish = { folder, target: place.folder, now, isThorough }
      return work('mirrorFolder', wish, { ...QUIET, signal })
    }
    const result = await copy().then(
      ({ seq }) => ({ seq, syncedAt: now, failure: null }),
      (error: unknown) => ({ failure: hostErrorOf(error).reason }),
    )
    if (signal.aborted) return
    if (result.failure === null) compared.add(id)
    const present = (await catalog.find(id))?.secondPlace
    if (present?.folder !== place.folder) return
    await catalog.update(id, { secondPlace: { ...present, ...result } })
  }

  async function cutOffCopies(folder?: string): Promise<void> {
    const copies = [...running].filter(
      each => each.cutOff && (folder === undefined || each.folder === folder),
    )
    for (const { cutOff } of copies) cutOff?.abort(new HostError('session-ended'))
    await Promise.all(copies.map(({ over }) => over))
  }

  /** A snapshot's file, kept for a moment: whoever asked for one part asks for the next. */
  function opened(folder: string, name: string): Promise<SnapshotFile> {
    const key = `${folder}\n${name}`
    if (shelf?.key !== key) shelf = { key, file: openSnapshot(folder, name) }
    const { file } = shelf
    clearShelf()
    clearShelf = schedule(() => {
      shelf = null
    }, SHELF_MS)
    file.catch(() => {
      if (shelf?.file === file) shelf = null
    })
    return file
  }

  function remember(id: ProjectId, error: unknown): HostError {
    if (!(error instanceof HostError)) console.error('snapshot:', error)
    const known = hostErrorOf(error)
    failures.set(id, { reason: known.reason, at: options.now() })
    return known
  }

  function inTurn<T>(key: string, action: () => Promise<T>): Promise<T> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(action)
    const over = mine.then(
      () => {},
      () => {},
    )
    turns.set(key, over)
    void over.then(() => {
      if (turns.get(key) === over) turns.delete(key)
    })
    return mine
  }

  function track(folder: string, cutOff: AbortController | null, action: Promise<unknown>): void {
    const done = () => void running.delete(each)
    const each: Running = { folder, cutOff, over: action.then(done, done) }
    running.add(each)
  }
}

/** The snapshots that are this folder's own. */
async function snapshotsIn(folder: string, id: ProjectId) {
  return findSnapshots(folder, await studyIn(folder, id))
}

/** On what occasion a snapshot is due before an entry; `null` when none is. */
function occasionOf(entry: NewEntry): SnapshotReason | null {
  if (entry.kind === 'import') return 'before-import'
  // Undoing a restore is a large change like any other.
  if (entry.label === 'restoreSnapshot')
    return entry.kind === 'undo' ? 'before-bulk' : 'before-restore'
  return isBulk(entry) ? 'before-bulk' : null
}

/** A code or variable that was never used takes nothing with it, and nobody should wait for that. */
function isBulk({ label, changes }: Exclude<NewEntry, { kind: 'import' }>): boolean {
  if (changes.length > BULK_CHANGES || label === 'removeImport') return true
  if (label !== 'deleteCode' && label !== 'deleteVariable') return false
  const emptied = label === 'deleteCode' ? 'annotations' : 'values'
  return changes.some(({ table }) => table === emptied)
}

/** A project with nothing in it but its first coder has nothing to go back to. */
function isWorthOne({ keeper }: Session): boolean {
  return keeper.lastSeq > 1
}

function momentOf({ keeper, folder }: Session): Moment {
  const hashAt = (seq: number) => keeper.hashAt(seq)
  return { id: keeper.project.id, folder, seq: keeper.lastSeq, hashAt }
}

function asShown({ folder, syncedAt, failure }: KnownSecondPlace): SecondPlace {
  return { label: folder, syncedAt, failure }
}

const inTime: Schedule = (action, ms) => {
  const timer = setTimeout(action, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

const QUIET = { progress: () => {}, signal: new AbortController().signal }
