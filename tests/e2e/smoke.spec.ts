import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { temporaryFolder } from '../support/app'

// The tests in real Electron. Everything else is proved behind the browser door or in Node;
// these show that the desktop's own door opens and is closed where it should be.

const ROOT = join(import.meta.dirname, '../..')
const SILENT = 'ELECTRON SMOKE TEST DID NOT RUN: no Electron runtime here.'
const hasElectron =
  existsSync(join(ROOT, 'node_modules/electron/path.txt')) ||
  Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH)

test.beforeEach(() => {
  if (!hasElectron) console.warn(SILENT)
  test.skip(!hasElectron, SILENT)
})

test('opens a window whose page reaches the host, its store, and nothing of Node', async () => {
  await within(async (_app, page) => {
    expect(page.url()).toBe('app://main/')
    const seen = await page.evaluate(async () => {
      const bridge = (window as unknown as { codicil: Record<string, unknown> }).codicil
      const call = bridge.call as (name: string, body: Uint8Array) => Promise<Uint8Array>
      // The empty list of arguments, as shared/wire.ts encodes it.
      const answer = await call('about', new Uint8Array([2, 0, 0, 0, 0x5b, 0x5d]))
      const store = await new Promise<string>(resolve => {
        const opening = indexedDB.open('smoke')
        opening.onsuccess = () => resolve('open')
        opening.onerror = () => resolve(String(opening.error))
      })
      return {
        node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
        bridge: Object.keys(bridge),
        about: JSON.parse(new TextDecoder().decode(answer.subarray(4))) as unknown,
        store,
        window: window.open('https://example.org/') === null,
      }
    })
    expect(seen).toMatchObject({
      node: ['undefined', 'undefined'],
      bridge: ['call'],
      about: { ok: true, value: { door: 'desktop' } },
      store: 'open',
      window: true,
    })
  })
})

test('makes its window with the preferences that were asked for', async () => {
  await within(async app => {
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>
      }
      return contents.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    })
    expect(preferences.allowRunningInsecureContent ?? false).toBe(false)
    expect(preferences.experimentalFeatures ?? false).toBe(false)
    expect(preferences.enableBlinkFeatures ?? '').toBe('')
  })
})

test('lets its page reach no other address, and ask for nothing', async () => {
  const heard: string[] = []
  const listener = createServer((request, response) => {
    heard.push(String(request.url))
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x')
  }).listen(0, '127.0.0.1')
  await within(async (_app, page) => {
    const { port } = listener.address() as AddressInfo
    const reached = await page.evaluate(async port => {
      const tries: Record<string, () => Promise<unknown>> = {
        http: () => fetch(`http://127.0.0.1:${port}/`),
        https: () => fetch(`https://127.0.0.1:${port}/`),
        file: () => fetch('file:///etc/passwd'),
        image: () =>
          new Promise((resolve, reject) => {
            const image = new Image()
            image.onload = resolve
            image.onerror = reject
            image.src = `http://127.0.0.1:${port}/image`
          }),
        socket: () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
            socket.onopen = resolve
            socket.onerror = reject
          }),
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        place: () =>
          new Promise((resolve, reject) =>
            navigator.geolocation.getCurrentPosition(resolve, reject),
          ),
        clipboard: () => navigator.clipboard.readText(),
        midi: () => navigator.requestMIDIAccess(),
        notification: async () => {
          if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
        },
      }
      const reached: string[] = []
      for (const [name, attempt] of Object.entries(tries)) {
        await attempt().then(
          () => reached.push(name),
          () => {},
        )
      }
      location.href = `http://127.0.0.1:${port}/location`
      window.open(`http://127.0.0.1:${port}/open`)
      return reached
    }, port)
    expect(reached).toEqual([])
    expect(page.url()).toBe('app://main/')
    expect(heard).toEqual([])
  })
  listener.close()
})

test('opens a second window of its own for a link to a project, and none for others', async () => {
  await within(async (app, page) => {
    const opening = app.waitForEvent('window')
    await page.evaluate(() => {
      for (const href of ['https://example.org/', '/?x=1', '/?project=01h']) {
        const link = document.body.appendChild(document.createElement('a'))
        Object.assign(link, { href, target: '_blank' })
        link.click()
      }
    })
    const second = await opening
    await second.waitForLoadState()
    expect(second.url()).toBe('app://main/?project=01h')
    expect(app.windows()).toHaveLength(2)
  })
})

/** The desktop program with a data folder of its own, which both go when the test is done. */
async function within(act: (app: ElectronApplication, page: Page) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const app = await _electron.launch({ args: [ROOT, `--data-dir=${folder.path}`], cwd: ROOT })
  try {
    const page = await app.firstWindow()
    await expect(page.getByRole('main')).toBeVisible()
    await act(app, page)
  } finally {
    await app.close()
    await folder.clean()
  }
}
