import type { CoderId, ProjectId } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { adding } from '../support/entries'
import { hostAt } from '../support/host-at'

// A project that a program works on through a running server, without a browser: entries with
// names that count up, of which it knows which were acknowledged.

/** A client that appends, and the names of all that was acknowledged. */
export interface Strokes {
  readonly acknowledged: string[]
  /** Makes the project and opens it. */
  create(url: string): Promise<void>
  /** Opens it after the server was started anew. */
  open(url: string): Promise<void>
  /** Appends entries until `count` are acknowledged or the server is gone; answers how many were. */
  append(count: number): Promise<number>
  close(): Promise<void>
}

export function strokes(): Strokes {
  const acknowledged: string[] = []
  let asked = 0
  let id: ProjectId | null = null
  let coderId = '' as CoderId
  let host: Host | null = null
  let session: SessionToken | null = null
  const open = async (url: string) => {
    host = (await hostAt(url)).host
    session = (await host.openProject(id!, { clientId: 'strokes', takeOver: true })).session
  }
  return {
    acknowledged,
    async create(url) {
      host = (await hostAt(url)).host
      const { home } = await host.about()
      const wish = { name: 'Strokes', coderName: 'Ann', place: home.token }
      const made = await host.createProject(wish)
      id = made.id
      coderId = made.coderId
      await open(url)
    },
    open,
    async append(count) {
      for (let i = 0; i < count; i++) {
        const name = `code-${++asked}`
        const entry: NewEntry = { ...adding(name), coderId }
        try {
          await host!.append(session!, entry)
        } catch {
          return i
        }
        acknowledged.push(name)
      }
      return count
    },
    async close() {
      await host!.closeProject(session!)
    },
  }
}
