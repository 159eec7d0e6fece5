import type { Actor, Command } from '../../shared/commands/command'
import { HostError } from '../../shared/host'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { type Append, CopyFailed, commit } from '../data/commit'
import type { ProjectDb } from '../data/database'
import { redo, undo } from '../data/history'
import { projectReader } from '../data/reader'
import type { SaveState } from '../session/saving'

/** Everything a person does to a project goes through here, one thing at a time. */
export interface Runner {
  /** Answers the entry written, or `null` when there was nothing to do. */
  run(command: Command): Promise<JournalEntry | null>
  undo(): Promise<JournalEntry | null>
  redo(): Promise<JournalEntry | null>
  /** Runs `action` while nothing else writes: for the last step of an import. */
  alone<T>(action: (append: Append) => Promise<T>): Promise<T>
  /** Resolves when all that was asked for is done. */
  settled(): Promise<void>
}

/** What the runner works on. */
export interface RunnerParts {
  readonly db: ProjectDb
  readonly actor: Actor
  readonly append: (entry: NewEntry) => Promise<{ seq: number; isDiskLow?: true }>
  /**
   * Gets hold of the project again after the host was lost. Resolves with the `seq` of
   * `pending` when the journal has it already, else with `null`.
   */
  readonly reconnect: (pending: NewEntry) => Promise<number | null>
  readonly onState: (state: SaveState) => void
}

/** Thrown when a person gives up saving an edit that the disk refused. Nothing has been changed. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp'
}

/** Whether the shell tells of a failure by itself, so that whoever asked for the change need not. */
export function isToldByShell(error: unknown): boolean {
  return error instanceof GivenUp || error instanceof CopyFailed
}

/**
 * Runs commands in the order they were asked for. A command plans on what it reads, so the
 * next may not start reading until this one is written: two quick presses of Undo undo two
 * edits, not one edit twice.
 */
export function createRunner({ db, actor, append, reconnect, onState }: RunnerParts): Runner {
  let last: Promise<unknown> = Promise.resolve()
  const reader = projectReader(db)
  const by = () => ({ at: actor.now(), coderId: actor.coderId })
  let isBroken = false
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const turn = () => {
      // What was asked for meanwhile would plan on rows that are behind the journal.
      if (isBroken) throw new CopyFailed('the working copy has failed')
      return action()
    }
    const mine = last.then(turn, turn)
    last = mine.catch(() => {})
    return mine
  }
  return {
    run: command =>
      inTurn(async () => {
        const { label, about, changes } = await command(reader, actor)
        if (changes.length === 0) return null
        const entry = { kind: 'do', of: null, label, about, changes, ...by() } as const
        return watched(() => commit(db, insist, entry))
      }),
    undo: () => inTurn(() => watched(() => undo(db, insist, by()))),
    redo: () => inTurn(() => watched(() => redo(db, insist, by()))),
    alone: action => inTurn(() => watched(() => action(insist))),
    settled: () => last.then(() => {}),
  }

  async function watched<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action()
    } catch (error) {
      if (error instanceof CopyFailed) {
        isBroken = true
        onState({ kind: 'copy-failed' })
      }
      throw error
    }
  }

  /** Appends, and where the disk refuses, waits for a person to say what to do. */
  async function insist(entry: NewEntry): Promise<{ seq: number }> {
    onState({ kind: 'saving' })
    let isLost = false
    for (;;) {
      try {
        const seq = isLost ? await reconnect(entry) : null
        const written: Awaited<ReturnType<typeof append>> =
          seq === null ? await append(entry) : { seq }
        onState({ kind: 'saved', at: actor.now(), isDiskLow: written.isDiskLow === true })
        return { seq: written.seq }
      } catch (error) {
        if (!(error instanceof HostError) || error.reason === 'invalid-call') {
          onState({ kind: 'saved', at: null })
          throw error
        }
        // The host was started anew, or another window took over: opening again tells which.
        if (error.reason === 'session-ended' && !isLost) {
          isLost = true
          continue
        }
        if (error.reason === 'open-elsewhere') {
          onState({ kind: 'taken-over' })
          throw new GivenUp()
        }
        isLost ||= error.reason === 'unreachable' || error.reason === 'session-ended'
        if (!(await wantsRetry(error, entry))) {
          onState({ kind: 'saved', at: null })
          throw new GivenUp()
        }
        onState({ kind: 'saving' })
      }
    }
  }

  function wantsRetry({ reason, details }: HostError, pending: NewEntry): Promise<boolean> {
    return new Promise(resolve => {
      onState({
        kind: 'not-saved',
        reason,
        details,
        pending,
        retry: () => resolve(true),
        giveUp: () => resolve(false),
      })
    })
  }
}
