import { rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH } from '../../shared/domain/project'
import { NEVER_OPENED } from './catalog'
import type { HostContext } from './context'
import { freeName, syncFolder } from './disk'
import { studyIn } from './keeper'
import type { TaskRunners } from './tasks'

// Finding damage in a folder, and saving what can be saved: the tasks around the two works in
// check-folder.ts and rescue.ts.

/** What a recovered project's folder and name end with. The host speaks no language. */
const RECOVERED = ' (recovered)'

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

      async rescue({ project }, help) {
        const entry = await listed(project)
        const id = newId() as ProjectId
        const study = await studyIn(entry.folder, project)
        const at = options.now()
        const name = `${entry.name.slice(0, MAX_NAME_LENGTH - RECOVERED.length)}${RECOVERED}`
        const parent = dirname(entry.folder)
        // Until it is whole it has a name under which nobody takes it for a project.
        const to = join(parent, `.codicil-recovering-${id}`)
        try {
          const report = await work(
            'rescueFolder',
            { from: entry.folder, to, projectId: study, id, name, about: entry.name, at },
            help,
          )
          const folder = await freeName(parent, `${basename(entry.folder)}${RECOVERED}`)
          await rename(to, folder)
          await syncFolder(parent)
          const { coderId } = entry
          await catalog.put({ ...NEVER_OPENED, id, name, createdAt: at, folder, coderId })
          return { ...report, project: id, name }
        } catch (error) {
          // A thread that was cut off could not tidy up behind itself.
          await rm(to, { recursive: true, force: true }).catch(() => {})
          throw error
        }
      },
    },
  }
}
