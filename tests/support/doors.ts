import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createLocalHost } from '../../electron/host/host'
import { answerMessage } from '../../electron/ipc'
import { APP_ORIGIN } from '../../electron/protocol'
import { serve } from '../../electron/serve'
import { type Carrier, hostOver } from '../../shared/carrier'
import type { Host } from '../../shared/host'

/** A host, as a page behind that door sees it. */
export interface Door {
  readonly host: Host
  readonly carrier: Carrier
  /** Where new projects go. */
  readonly home: string
}

/** The desktop's door: the same bytes over IPC, with the system's dialog answering `dialog`. */
export async function desktopDoor(folder: string, dialog: string | null = null): Promise<Door> {
  const home = join(folder, 'home')
  const local = await createLocalHost({
    version: '0.0.0',
    door: 'desktop',
    dataFolder: join(folder, 'data'),
    home,
    askForFolder: async () => dialog,
    threadFile: null,
    urlOfWritten: () => null,
    now: () => Date.now(),
  })
  onTestFinished(() => local.shutDown())
  const sender = { senderFrame: { origin: APP_ORIGIN, parent: null } }
  const carrier: Carrier = (call, body) => answerMessage(local.host, sender, call, body)
  return { host: hostOver(carrier), carrier, home }
}

/** The browser's door: a real server on a free port, and a client that holds its token. */
export async function browserDoor(
  folder: string,
): Promise<Door & { origin: string; cookie: string }> {
  const home = join(folder, 'home')
  const pageFolder = join(folder, 'page')
  await mkdir(join(pageFolder, 'assets'), { recursive: true })
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Codicil</title>')
  await writeFile(join(pageFolder, 'assets/app.js'), 'export {}')
  const serving = await serve({
    dataFolder: join(folder, 'data'),
    home,
    pageFolder,
    version: '0.0.0',
    threadFile: null,
    port: null,
  })
  onTestFinished(() => serving.close())
  const origin = new URL(serving.url).origin
  const entered = await fetch(serving.url, { redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  const carrier: Carrier = async (call, body) => {
    const headers = { origin, cookie }
    const reply = await fetch(`${origin}/host/${call}`, { method: 'POST', body, headers })
    return new Uint8Array(await reply.arrayBuffer())
  }
  return { host: hostOver(carrier), carrier, home, origin, cookie }
}
