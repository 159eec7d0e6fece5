import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CHANNEL } from '../../electron/ipc'

// What Electron's own security checklist asks for and source code can show. The numbers are
// the checklist's; what needs a running window is in tests/e2e/smoke.spec.ts.

const ROOT = join(import.meta.dirname, '../..')
const FILES = readdirSync(join(ROOT, 'electron'), { recursive: true, encoding: 'utf8' }).filter(
  name => /\.(ts|mjs)$/.test(name),
)
const sources = new Map(FILES.map(name => [name, withoutComments(read(`electron/${name}`))]))
const all = [...sources.values()].join('\n')
const main = sources.get('main.ts')!
const window = sources.get('window.ts')!

it('(1, 18) loads its own page and no other, never from files or the network', () => {
  // Both are of a type that only our own pages' addresses have.
  expect(main.match(/load(URL|File)\([^)]*\)/g)).toEqual(['loadURL(SAFE_PAGE)', 'loadURL(address)'])
  expect(main).toContain('async function openWindow(address: PageAddress)')
  expect(main).toContain("protocol.handle('file', () => new Response(null, { status: 404 }))")
  for (const name of ['main.ts', 'window.ts', 'protocol.ts', 'preload.ts', 'menu.ts', 'ipc.ts']) {
    expect(sources.get(name)).not.toMatch(/\b(https?|wss?):|file:\/\//)
  }
})

it('(2, 3, 4, 6, 11) makes windows in one place, with every safe preference spelled out', () => {
  expect(all.match(/new BrowserWindow\(/g)).toHaveLength(1)
  expect(main).toMatch(/new BrowserWindow\(\s*windowOptions\(/)
  for (const line of [
    'sandbox: true',
    'contextIsolation: true',
    'nodeIntegration: false',
    'nodeIntegrationInWorker: false',
    'nodeIntegrationInSubFrames: false',
    'webSecurity: true',
    'webviewTag: false',
  ]) {
    expect(window).toContain(line)
  }
  expect(all).not.toMatch(
    /nodeIntegration\w*: true|contextIsolation: false|sandbox: false|webSecurity: false|webviewTag: true/,
  )
  expect(all).not.toMatch(/BrowserView|WebContentsView|<webview/)
})

it('(4) turns the sandbox on for all before the app is ready, and no script turns it off', () => {
  expect(main.indexOf('app.enableSandbox()')).toBeGreaterThan(0)
  expect(main.indexOf('app.enableSandbox()')).toBeLessThan(main.indexOf('app.whenReady()'))
  expect(all).not.toContain('no-sandbox')
  expect(read('package.json')).not.toContain('no-sandbox')
})

it('(8, 9, 10) never loosens what Chromium forbids', () => {
  expect(all).not.toMatch(
    /allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|appendSwitch|disable-web-security|bypassCSP|corsEnabled|certificate-error|setCertificateVerifyProc/,
  )
})

it('(5) answers every kind of permission request', () => {
  expect(main).toContain(
    'await confineSession(session.defaultSession, { hasDevTools: !app.isPackaged })',
  )
  for (const handler of [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler(() => false)',
    'webRequest.onBeforeRequest',
  ]) {
    expect(window).toContain(handler)
  }
})

it('(12, 13, 14) confines every web contents from its creation', () => {
  expect(main).toContain(
    "app.on('web-contents-created', (_event, contents) => confine(contents, openAnother))",
  )
  expect(main.indexOf('web-contents-created')).toBeLessThan(main.indexOf('app.whenReady()'))
  expect(all).not.toContain("action: 'allow'")
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    expect(window).toContain(`'${event}'`)
  }
  expect(window).toContain("'will-attach-webview', event => event.preventDefault()")
})

it('(15) opens nothing outside itself', () => {
  expect(all).not.toMatch(/openExternal|openPath|\bshell\./)
})

it('(17) listens on one channel, and every message goes through the check', () => {
  expect(all.match(/ipcMain\.\w+\(/g)).toEqual(['ipcMain.handle('])
  expect(main.replace(/\s+/g, ' ')).toContain(
    'ipcMain.handle(CHANNEL, (event, call: unknown, body: unknown) => answerMessage(local.host, event, call, body), )',
  )
})

it('(20) gives the page one function and nothing of Electron', () => {
  const preload = sources.get('preload.ts')!
  expect(preload.match(/^import .*$/gm)).toEqual([
    "import { contextBridge, ipcRenderer } from 'electron'",
  ])
  expect(preload.replace(/\s+/g, ' ').trim()).toBe(
    "import { contextBridge, ipcRenderer } from 'electron' contextBridge.exposeInMainWorld('codicil', { call: (call: string, body: Uint8Array): Promise<Uint8Array> => ipcRenderer.invoke('codicil:call', String(call), body), })",
  )
  expect(preload).toContain(`'${CHANNEL}'`)
})

it('opens no second copy and no more than a few windows', () => {
  expect(main).toContain("app.on('second-instance', focusWindow)")
  expect(main).toContain('if (BrowserWindow.getAllWindows().length < MAX_WINDOWS)')
  expect(main.match(/\bopenWindow\((?!address: PageAddress)[^)]*\)/g)).toEqual([
    'openWindow(FIRST_PAGE)',
    'openWindow(FIRST_PAGE)',
    'openWindow(address)',
  ])
})

it('starts a page that died again, and starts safely when it keeps dying', () => {
  expect(main).toContain("window.webContents.on('render-process-gone'")
  expect(main).toContain('createRescue(() => Date.now())')
})

it('(16) uses an Electron that is still supported', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as {
    devDependencies: Record<string, string>
  }
  const [major] = devDependencies.electron!.split('.')
  // Electron supports its three latest majors. Raise this with the first release of a new one.
  const OLDEST_SUPPORTED = 43
  expect(Number(major)).toBeGreaterThanOrEqual(OLDEST_SUPPORTED)
})

it('registers its scheme before the app is ready, and runs once', () => {
  const registered = main.indexOf('protocol.registerSchemesAsPrivileged([APP_SCHEME])')
  expect(registered).toBeGreaterThan(0)
  expect(registered).toBeLessThan(main.indexOf('app.whenReady()'))
  expect(main).toContain('if (app.requestSingleInstanceLock())')
})

it('uses Electron at run time in main and preload only', () => {
  const users = [...sources].filter(([, source]) =>
    /^import (?!type)(?:(?!\bfrom\b)[\s\S])*from 'electron'/m.test(source),
  )
  expect(users.map(([name]) => name).sort()).toEqual(['main.ts', 'preload.ts'])
})

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
