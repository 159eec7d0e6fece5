import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Schedule } from '../../electron/host/context'
import { createLocalHost, type LocalHost } from '../../electron/host/host'
import type { ProjectId } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'

/** A host whose clock stands still and whose timers ring when the test says so. */
export interface Program {
  readonly local: LocalHost
  readonly host: Host
  readonly home: string
  /** What the clock says; set it as you like. */
  clock: { now: number }
  /** Does what waits for just that many milliseconds; answers how much that was. */
  ring(ms: number): number
}

/**
 * Starts the program on `folder`; several on one stand for several processes. Long work runs in
 * threads of that file, or without one where the host runs.
 */
export async function programIn(
  folder: string,
  threadFile: string | null = null,
): Promise<Program> {
  const home = join(folder, 'home')
  const clock = { now: 1_800_000_000_000 }
  const timers = new Set<{ readonly action: () => void; readonly ms: number }>()
  const schedule: Schedule = (action, ms) => {
    const timer = { action, ms }
    timers.add(timer)
    return () => timers.delete(timer)
  }
  const local = await createLocalHost({
    version: '0.0.0',
    door: 'browser',
    dataFolder: join(folder, 'data'),
    home,
    askForFolder: null,
    threadFile,
    urlOfWritten: () => null,
    now: () => clock.now,
    schedule,
  })
  onTestFinished(() => local.shutDown())
  return {
    local,
    host: local.host,
    home,
    clock,
    ring(ms) {
      const due = [...timers].filter(timer => timer.ms === ms)
      for (const timer of due) {
        timers.delete(timer)
        timer.action()
      }
      return due.length
    },
  }
}

/** Makes a project and opens it for writing. */
export async function startProject(
  host: Host,
  name = 'Study',
): Promise<{ id: ProjectId; session: SessionToken; folder: string }> {
  const { home } = await host.about()
  const { id } = await host.createProject({ name, coderName: 'Ann', place: home.token })
  const { session, folder } = await host.openProject(id, { clientId: 'c1', takeOver: false })
  return { id, session, folder }
}
