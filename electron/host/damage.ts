import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import { NEVER_OPENED } from './catalog'
import type { HostContext } from './context'
import { freeName, renameInsistently, safeFileName, syncFolder } from './disk'
import { studyIn } from './keeper'
import { RECOVERING, sweepLeavings } from './leavings'
import { cut } from './portable'
import type { TaskRunners } from './tasks'

// Finding damage in a folder, and saving what can be saved: the tasks around the two works in
// check-folder.ts and rescue.ts.

/** So much is taken of what the page wants behind a recovered project's name. */
const MAX_SUFFIX_LENGTH = 40

/** The tasks about damage. */
export function createDamageTasks({
  options,
  catalog,
  work,
  listed,
  sessionOf,
  newId,
}: HostContext): {
  readonly tasks: Pick<TaskRunners, 'check-folder' | 'rescue'>
} {
  return {
    tasks: {
      'check-folder'({ session }, help) {
        const { folder, keeper } = sessionOf(session)
        const { study, lastSeq } = keeper
        return work('checkFolder', { folder, projectId: study, lastSeq }, help)
      },

      async rescue({ project, suffix }, help) {
        const entry = await listed(project)
        const id = newId() as ProjectId
        const study = await studyIn(entry.folder, project)
        const at = options.now()
        const end = cut(tidyName(`x${suffix}`), 1 + MAX_SUFFIX_LENGTH).slice(1)
        const name = `${cut(entry.name, MAX_NAME_LENGTH - end.length)}${end}`
        const parent = dirname(entry.folder)
        await sweepLeavings(parent)
        // Until it is whole it has a name under which nobody takes it for a project.
        const to = join(parent, `${RECOVERING}${id}`)
        try {
          const report = await work(
            'rescueFolder',
            {
              from: entry.folder,
              to,
              projectId: study,
              id,
              name,
              about: entry.name,
              at,
              coderId: entry.coderId,
            },
            help,
          )
          const folderEnd = safeFileName(`x${end}`).slice(1)
          const folder = await freeName(parent, `${basename(entry.folder)}${folderEnd}`)
          await renameInsistently(to, folder)
          await syncFolder(parent)
          const { coderId } = entry
          await catalog.put({ ...NEVER_OPENED, id, name, createdAt: at, folder, coderId })
          return { ...report, project: id, name }
        } catch (error) {
          // A thread that was cut off could not tidy up behind itself.
          const again = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const
          await rm(to, again).catch(() => {})
          throw error
        }
      },
    },
  }
}
