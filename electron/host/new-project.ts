import { mkdir, rm } from 'node:fs/promises'
import type { CoderId, ProjectId } from '../../shared/domain/id'
import { type Coder, MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import { type Host, HostError } from '../../shared/host'
import { NEVER_OPENED } from './catalog'
import type { HostContext } from './context'
import { freeName, makeFolder, safeFileName, syncFolder } from './disk'
import { createProjectFolder } from './keeper'
import { assertOutsideProjects } from './places'

/** Makes a project folder and puts it on the list; nothing remains of one that fails. */
export async function makeProject(
  { catalog, newId, options, pathOf }: HostContext,
  { name, coderName, place }: Parameters<Host['createProject']>[0],
): ReturnType<Host['createProject']> {
  const title = nameOf(name)
  const coder = nameOf(coderName)
  const parent = pathOf(place)
  await assertOutsideProjects(parent)
  await makeFolder(parent)
  const folder = await freeName(parent, safeFileName(title) || 'Codicil')
  const id = newId() as ProjectId
  const coderId = newId() as CoderId
  const createdAt = options.now()
  const row: Coder = { id: coderId, name: coder, createdAt }
  await mkdir(folder)
  try {
    await createProjectFolder(
      folder,
      { id, name: title, createdAt, app: options.version },
      {
        kind: 'do',
        of: null,
        label: 'addCoder',
        about: coder,
        changes: [{ table: 'coders', id: coderId, before: null, after: row }],
        at: createdAt,
        coderId,
      },
    )
    await syncFolder(parent)
    await catalog.put({ id, name: title, createdAt, folder, ...NEVER_OPENED, coderId })
  } catch (error) {
    // The page is told that there is no project, so there must be none.
    await rm(folder, { recursive: true, force: true }).catch(() => {})
    await catalog.remove(id).catch(() => {})
    throw error
  }
  return { id, coderId }
}

/** A name as it is kept. Throws `name-invalid` when nothing is left of it, or when it is too long. */
export function nameOf(typed: string): string {
  const name = tidyName(typed)
  if (name === '' || name.length > MAX_NAME_LENGTH) throw new HostError('name-invalid', { name })
  return name
}
