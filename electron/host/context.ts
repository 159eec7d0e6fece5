import type { ProjectId } from '../../shared/domain/id'
import type { About, Place, PlaceToken, SessionToken } from '../../shared/host'
import type { Catalog, CatalogEntry } from './catalog'
import type { Keeper } from './keeper'
import type { Work } from './works'

// What the parts of the host have in common. Each part answers some calls of `Host` and keeps
// its own state; `host.ts` puts them together.

/** What differs from door to door. */
export interface HostOptions {
  readonly version: string
  readonly door: About['door']
  /** Where the catalogue is kept. */
  readonly dataFolder: string
  /** Where new projects go. */
  readonly home: string
  /** The system's folder dialog; `null` behind the browser door, where paths are typed. */
  readonly askForFolder: (() => Promise<string | null>) | null
  readonly urlOfWritten: (sink: string, file: string) => string | null
  readonly now: () => number
  /** The built `thread.js`, in which long work runs; `null` runs it where the host itself runs. */
  readonly threadFile: string | null
  /** How to wait, where a test decides when; the system's timers when absent. */
  readonly schedule?: Schedule
}

/** Does something after a time, unless the program ends before. Answers how to call it off. */
export type Schedule = (action: () => void, ms: number) => () => void

/** A project that a page has open for writing. */
export interface Session {
  readonly token: SessionToken
  readonly clientId: string
  /** Another one after the project was moved to another place. */
  keeper: Keeper
  folder: string
  /** Whether the page's working copy is marked as settled. */
  isSettled: boolean
  /** How many calls are writing just now. */
  writes: number
  /** When the last change of the mark is done. */
  marked: Promise<void>
}

/** What a part of the host may use of the rest. */
export interface HostContext {
  readonly options: HostOptions
  readonly catalog: Catalog
  /** Runs long work, in a thread of its own where there is one. */
  readonly work: Work
  /** A listed project. Throws `not-found`. */
  listed(id: ProjectId): Promise<CatalogEntry>
  /** The writing session of that token. Throws `session-ended`, or `viewing-only` for a reader's. */
  sessionOf(token: SessionToken): Session
  /** The session that has a project open for writing just now, if any. */
  sessionFor(id: ProjectId): Session | null
  /** Runs one after another what opens, closes or moves project folders. */
  inTurn<T>(action: () => Promise<T>): Promise<T>
  newId(): string
  placeOf(path: string): Place
  /** Throws `place-invalid`. */
  pathOf(token: PlaceToken): string
}
