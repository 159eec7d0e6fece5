import { EventEmitter } from 'node:events'
import type { BrowserWindow, Session, WebContents } from 'electron'
import { expect, it } from 'vitest'
import { menuTemplate } from '../../electron/menu'
import {
  besideOthers,
  boundsFrom,
  closeAll,
  confine,
  confineSession,
  createRescue,
  MAX_WINDOWS,
  windowOptions,
} from '../../electron/window'

const SCREENS = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1000 },
]
const USUAL = { width: 1360, height: 860 }

it.each([
  ['nothing kept', null, USUAL],
  ['a word', 'wide', USUAL],
  ['a field missing', { x: 1, y: 1, width: 800 }, USUAL],
  ['fractions', { x: 0.5, y: 0, width: 800, height: 600 }, USUAL],
  ['not a number', { x: Number.NaN, y: 0, width: 800, height: 600 }, USUAL],
  ['too small', { x: 0, y: 0, width: 399, height: 600 }, USUAL],
  ['in sight', at(100, 50), at(100, 50)],
  ['on the second screen', at(2000, 50), at(2000, 50)],
  ['a little above', at(0, -10), at(0, -10)],
  ['half off to the left', at(-700, 50), at(-700, 50)],
  ['all but off to the left', at(-730, 50), { width: 800, height: 600 }],
  ['on a screen that is gone', at(-2000, 50), { width: 800, height: 600 }],
  ['its title bar above the screen', at(0, -50), { width: 800, height: 600 }],
  ['its title bar below the screen', at(0, 1010), { width: 800, height: 600 }],
])('takes kept bounds only where a person can reach them: %s', (_name, kept, expected) => {
  expect(boundsFrom(kept, SCREENS)).toEqual(expected)
})

it.each([true, false])('makes a window whose page is sandboxed, isolated and without Node', has => {
  const options = windowOptions(USUAL, { isDark: false, hasDevTools: has })
  const { preload, ...preferences } = options.webPreferences ?? {}
  expect(preload).toMatch(/preload[\\/]preload\.cjs$/)
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    devTools: has,
  })
})

const FOREIGN = [
  'app://main/assets/x.js',
  'app://main/?x',
  'app://main/?token=1',
  'app://main//evil.example/',
  'app://main/..',
  'app://main@evil.example/',
  'app://main.evil/',
  'app://main:1/',
  'app://other/',
  'APP://main/',
  'http://main/',
  'https://example.org/',
  'https://app://main/',
  'wss://example.org/',
  'file:///etc/passwd',
  'javascript:1',
  'data:text/html,x',
  'blob:app://main/1',
  'view-source:app://main/',
  'about:blank',
  '',
]
const OWN = [
  'app://main/',
  'app://main/index.html',
  'app://main/?safe=1',
  'app://main/?project=01h&snapshot=00000012',
]

it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
  'lets %s lead to pages of our own only',
  event => {
    const { emit } = confined()
    for (const url of OWN) expect([url, emit(event, url)]).toEqual([url, 'let'])
    for (const url of FOREIGN) expect([url, emit(event, url)]).toEqual([url, 'refused'])
  },
)

it('lets no frame within the page go anywhere, and embeds no page', () => {
  const { emit } = confined()
  for (const url of [...OWN, ...FOREIGN]) {
    expect([url, emit('will-frame-navigate', url, false)]).toEqual([url, 'refused'])
    expect([url, emit('will-attach-webview', url)]).toEqual([url, 'refused'])
  }
})

it('opens no window for a page, but tells main where one with our own page was asked for', () => {
  const { open, opened } = confined()
  for (const url of FOREIGN) expect([url, open({ url })]).toEqual([url, { action: 'deny' }])
  expect(open({ url: 'app://main/', postBody: { contentType: 'text/plain' } })).toEqual({
    action: 'deny',
  })
  expect(opened).toEqual([])
  for (const url of OWN) expect([url, open({ url })]).toEqual([url, { action: 'deny' }])
  expect(opened).toEqual([
    'app://main/',
    'app://main/',
    'app://main/?safe=1',
    'app://main/?project=01h&snapshot=00000012',
  ])
})

it('lets no call go round the network', () => {
  expect(confined().policies).toEqual(['disable_non_proxied_udp'])
  expect(confinedSession().proxies).toEqual([
    { proxyRules: '127.0.0.1:1', proxyBypassRules: '<-loopback>' },
  ])
})

it('denies every permission but two, whoever asks, and every device', () => {
  const { call } = confinedSession()
  const asked = (permission: string) => {
    const answers: unknown[] = []
    call('request', null, permission, (answer: unknown) => answers.push(answer))
    return [...answers, call('check', null, permission)]
  }
  for (const yes of ['clipboard-sanitized-write', 'fullscreen']) {
    expect([yes, ...asked(yes)]).toEqual([yes, true, true])
  }
  const others = [
    'clipboard-read',
    'deprecated-sync-clipboard-read',
    'display-capture',
    'fileSystem',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'unknown',
    'usb',
    'window-management',
    '__proto__',
  ]
  for (const no of others) expect([no, ...asked(no)]).toEqual([no, false, false])
  expect(call('device', {})).toBe(false)
})

it('cancels every request but for files of our own and for what the page made itself', () => {
  const { call } = confinedSession()
  const isCancelled = (url: string) => {
    const answers: unknown[] = []
    call('before', { url }, (answer: unknown) => answers.push(answer))
    return answers
  }
  for (const url of ['app://main/a.js', 'blob:app://main/1', 'data:image/png;base64,AA']) {
    expect([url, isCancelled(url)]).toEqual([url, [{ cancel: false }]])
  }
  for (const url of [
    'http://127.0.0.1/',
    'https://example.org/',
    'ws://127.0.0.1/',
    'wss://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/html,x',
    'blob:https://example.org/1',
    'chrome://gpu',
    'chrome-extension://x/',
    'devtools://devtools/bundled/inspector.html',
    'about:blank',
  ]) {
    expect([url, isCancelled(url)]).toEqual([url, [{ cancel: true }]])
  }
  const answers: unknown[] = []
  const development = confinedSession({ hasDevTools: true })
  for (const url of ['devtools://devtools/bundled/inspector.html', 'https://devtools/']) {
    development.call('before', { url }, (answer: unknown) => answers.push(answer))
  }
  expect(answers).toEqual([{ cancel: false }, { cancel: true }])
})

it('downloads nothing by itself', () => {
  const { call } = confinedSession()
  let refused = 0
  call('will-download', { preventDefault: () => refused++ })
  expect(refused).toBe(1)
})

it('loads a page again that died, starts safely the third time, and gives up when that fails', () => {
  let clock = 0
  const rescue = createRescue(() => clock)
  const after = (seconds: number) => {
    clock += seconds * 1000
    return rescue()
  }
  expect([after(0), after(10), after(10), after(1), after(1)]).toEqual([
    'reload',
    'reload',
    'safe-start',
    'reload',
    'stop',
  ])
})

it('does not count what died long ago', () => {
  let clock = 0
  const rescue = createRescue(() => clock)
  for (let i = 0; i < 20; i++) {
    clock += 61_000
    expect(rescue()).toBe('reload')
  }
  const again = createRescue(() => clock)
  for (const wanted of ['reload', 'reload', 'safe-start']) expect(again()).toBe(wanted)
  clock += 121_000
  for (const wanted of ['reload', 'reload', 'safe-start']) expect(again()).toBe(wanted)
})

it('puts a further window a little aside, and knows how many are enough', () => {
  expect(besideOthers(at(100, 50), 0)).toEqual(at(100, 50))
  expect(besideOthers(at(100, 50), 2)).toEqual(at(148, 98))
  expect(besideOthers(USUAL, 2)).toEqual(USUAL)
  expect(MAX_WINDOWS).toBe(8)
})

it.each([
  [true, '新建窗口'],
  [false, 'New Window'],
])('offers a new window in the menu, in both languages', (isChinese, label) => {
  for (const isMac of [true, false]) {
    let opened = 0
    const menu = menuTemplate({ isMac, isChinese, openWindow: () => opened++ })
    const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    const item = items.find(each => each.label === label)
    const click = item?.click as (() => void) | undefined
    click?.()
    expect(opened).toBe(1)
    // No entry that a finished program should not have.
    expect(items.map(({ role }) => role)).not.toContain('toggleDevTools')
  }
})

/** The handlers of a page, called with events that no page has sent. */
it.each([
  ['no page minds', [null, null], true],
  ['those who are asked leave', ['leave', null, 'leave'], true],
  ['someone stays', [null, 'stay', null], false],
] as const)('knows whether all windows are closed when %s', async (_how, answers, areClosed) => {
  const windows = answers.map(windowWhosePageIs)
  expect(await closeAll(windows as unknown as BrowserWindow[])).toBe(areClosed)
  expect(windows.map(({ isClosed }) => isClosed)).toEqual(answers.map(each => each !== 'stay'))
})

function confined() {
  const contents = new EventEmitter()
  const opened: string[] = []
  const policies: string[] = []
  let handler: ((details: object) => unknown) | null = null
  confine(
    Object.assign(contents, {
      setWindowOpenHandler: (given: (details: object) => unknown) => {
        handler = given
      },
      setWebRTCIPHandlingPolicy: (policy: string) => policies.push(policy),
    }) as unknown as WebContents,
    address => opened.push(address),
  )
  const emit = (event: string, url: string, isMainFrame = true) => {
    let ending = 'let'
    const preventDefault = () => {
      ending = 'refused'
    }
    contents.emit(event, { url, isMainFrame, preventDefault })
    return ending
  }
  return { emit, opened, policies, open: (details: object) => handler!(details) }
}

/** The handlers of a session. */
function confinedSession({ hasDevTools } = { hasDevTools: false }) {
  const set: Record<string, (...args: unknown[]) => unknown> = {}
  const proxies: object[] = []
  const keep = (name: string) => (handler: (...args: unknown[]) => unknown) => {
    set[name] = handler
  }
  void confineSession(
    {
      setPermissionRequestHandler: keep('request'),
      setPermissionCheckHandler: keep('check'),
      setDevicePermissionHandler: keep('device'),
      webRequest: { onBeforeRequest: keep('before') },
      setProxy: async (proxy: object) => {
        proxies.push(proxy)
      },
      on: (event: string, handler: (...args: unknown[]) => unknown) => keep(event)(handler),
    } as unknown as Session,
    { hasDevTools },
  )
  return { call: (name: string, ...args: unknown[]) => set[name]!(...args), proxies }
}

function at(x: number, y: number) {
  return { x, y, width: 800, height: 600 }
}

/** A window as Electron closes it: the page may object, and then someone is asked. */
function windowWhosePageIs(answer: 'leave' | 'stay' | null) {
  const webContents = new EventEmitter()
  webContents.on('will-prevent-unload', (event: Event) => {
    if (answer === 'leave') event.preventDefault()
  })
  const window = Object.assign(new EventEmitter(), {
    webContents,
    isClosed: false,
    close() {
      setImmediate(() => {
        const event = new Event('will-prevent-unload', { cancelable: true })
        if (answer !== null) webContents.emit(event.type, event)
        if (answer !== null && !event.defaultPrevented) return
        window.isClosed = true
        window.emit('closed')
      })
    },
  })
  return window
}
