import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, resolve } from 'node:path'
import { HostError, type Place, type PlaceToken } from '../../shared/host'
import { hostErrorOf } from './disk'

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
