import { createHash } from 'node:crypto'
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { makeFolder } from './disk'

// Which browser profiles' working copies can be trusted. A copy is settled when its page has
// said so and nothing but texts, of which it may lack some, has been written since. The mark is
// a file, removed before anything else is written: whatever is killed in the middle of such a
// write leaves a copy without its mark.

/** The marks of all working copies that this machine's pages keep. */
export interface Copies {
  isSettled(project: ProjectId, clientId: string): Promise<boolean>
  settle(project: ProjectId, clientId: string): Promise<void>
  unsettle(project: ProjectId, clientId: string): Promise<void>
  /** Forgets every mark: each working copy is built anew when it is next opened. */
  unsettleAll(): Promise<void>
}

/** Keeps the marks in a folder of their own inside `dataFolder`. */
export function openCopies(dataFolder: string): Copies {
  const folder = join(dataFolder, 'settled')
  const markOf = (project: ProjectId, clientId: string) =>
    join(folder, createHash('sha256').update(`${project}\n${clientId}`).digest('hex').slice(0, 32))
  return {
    isSettled: (project, clientId) =>
      stat(markOf(project, clientId)).then(
        () => true,
        () => false,
      ),
    async settle(project, clientId) {
      await makeFolder(folder)
      await writeFile(markOf(project, clientId), '')
    },
    unsettle: (project, clientId) => rm(markOf(project, clientId), { force: true }),
    unsettleAll: () => rm(folder, { recursive: true, force: true }),
  }
}
