import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { HostError, type Place, type PlaceToken } from '../../shared/host'
import { exists, hostErrorOf } from './disk'

/** Folders that the page may name, by tokens: it is shown paths and never sends one back. */
export interface Places {
  placeOf(path: string): Place
  /** Throws `place-invalid`. */
  pathOf(token: PlaceToken): string
}

/** No places yet. They last as long as the host. */
export function createPlaces(): Places {
  const places = new Map<PlaceToken, string>()
  return {
    placeOf(path) {
      for (const [token, known] of places) if (known === path) return { token, label: path }
      const token = randomUUID() as PlaceToken
      places.set(token, path)
      return { token, label: path }
    },
    pathOf(token) {
      const path = places.get(token)
      if (path === undefined) throw new HostError('place-invalid', { path: '' })
      return path
    },
  }
}

/** An existing folder that may be written to, by its true path. Throws `place-invalid` or `read-only`. */
export async function checkedFolder(typed: string): Promise<string> {
  const path = typed.trim().replace(/^~(?=$|[/\\])/, homedir())
  if (!isAbsolute(path)) throw new HostError('place-invalid', { path: typed })
  let folder: string
  try {
    folder = await realpath(resolve(path))
    if (!(await stat(folder)).isDirectory()) throw new HostError('place-invalid', { path })
  } catch (error) {
    if (error instanceof HostError) throw error
    throw new HostError('place-invalid', { path })
  }
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw hostErrorOf(error)
  })
  return folder
}

/**
 * Throws `place-invalid` for a folder that is a project or lies inside one: whatever moved
 * that project to the trash would take along what was put there.
 */
export async function assertOutsideProjects(place: string): Promise<void> {
  let path = resolve(place)
  // What is not there yet will lie where the first folder above it is.
  while (!(await exists(path))) path = dirname(path)
  for (path = await realpath(path); ; path = dirname(path)) {
    if (await exists(join(path, 'codicil.json')))
      throw new HostError('place-invalid', { path: place })
    if (path === dirname(path)) return
  }
}
