import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { expect, it } from 'vitest'
import { boundsFrom, confine, confineSession, windowOptions } from '../../electron/window'

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

it('makes a window whose page is sandboxed, isolated and without Node', () => {
  const { preload, ...preferences } = windowOptions(USUAL, { isDark: false }).webPreferences ?? {}
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
  })
})

it('refuses new windows, foreign navigation and embedded pages', () => {
  const contents = new EventEmitter()
  let open: (() => { action: string }) | null = null
  const fake = Object.assign(contents, {
    setWindowOpenHandler: (handler: () => { action: string }) => {
      open = handler
    },
  })
  confine(fake as unknown as WebContents)
  expect(open!()).toEqual({ action: 'deny' })
  const isRefused = (event: string, url: string) => {
    let refused = false
    const preventDefault = () => {
      refused = true
    }
    contents.emit(event, { url, preventDefault })
    return refused
  }
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    for (const url of ['app://main/', 'app://main/index.html']) {
      expect([event, url, isRefused(event, url)]).toEqual([event, url, false])
    }
    for (const url of [
      'app://main/assets/x.js',
      'app://main/?x',
      'app://other/',
      'https://example.org/',
      'file:///etc/passwd',
      'javascript:1',
      'data:text/html,x',
      'about:blank',
    ]) {
      expect([event, url, isRefused(event, url)]).toEqual([event, url, true])
    }
  }
  expect(isRefused('will-attach-webview', 'app://main/')).toBe(true)
})

it('denies every permission but two, every device and every foreign address', () => {
  type Answer = (value: never) => void
  const set: Record<string, (...args: never[]) => unknown> = {}
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
    set[name] = handler
  }
  confineSession({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    webRequest: { onBeforeRequest: keep('before') },
  } as unknown as Session)
  const call = (name: string, ...args: unknown[]) =>
    (set[name] as unknown as (...args: unknown[]) => unknown)(...args)
  const asked = (permission: string) => {
    let allowed: boolean | null = null
    const answer: Answer = value => {
      allowed = value
    }
    call('request', null, permission, answer)
    return [allowed, call('check', null, permission)]
  }
  for (const yes of ['clipboard-sanitized-write', 'fullscreen']) {
    expect(asked(yes)).toEqual([true, true])
  }
  for (const no of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'hid',
    'serial',
    'usb',
    'openExternal',
    'fileSystem',
    'unknown',
  ]) {
    expect([no, ...asked(no)]).toEqual([no, false, false])
  }
  expect(call('device', {})).toBe(false)
  for (const [url, cancel] of [
    ['app://main/assets/a.js', false],
    ['https://example.org/', true],
    ['file:///etc/passwd', true],
    ['ws://127.0.0.1/', true],
  ] as const) {
    call('before', { url }, (answer: unknown) => expect(answer).toEqual({ cancel }))
  }
  expect.assertions(2 + 10 + 1 + 4)
})

function at(x: number, y: number) {
  return { x, y, width: 800, height: 600 }
}
