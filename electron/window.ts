import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron'
import { isOwnAddress, type PageAddress, pageAddress } from './protocol'

// The window lets the page do what a page of our own needs and nothing else.

/** At most this many windows are open at once. */
export const MAX_WINDOWS = 8

/** How a window is made: its renderer sandboxed, isolated and without Node. */
export function windowOptions(
  bounds: Bounds,
  { isDark, hasDevTools }: { readonly isDark: boolean; readonly hasDevTools: boolean },
): BrowserWindowConstructorOptions {
  return {
    ...(bounds.x === undefined || bounds.y === undefined ? {} : { x: bounds.x, y: bounds.y }),
    width: bounds.width,
    height: bounds.height,
    minWidth: 760,
    minHeight: 480,
    show: false,
    backgroundColor: isDark ? '#1b1e20' : '#f9f9f7',
    title: 'Codicil',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: hasDevTools,
    },
  }
}

/** Where the window was when it was last closed. */
export interface Bounds {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

/** Bounds that were kept, or the usual ones where they make no sense or lie on no screen. */
export function boundsFrom(kept: unknown, screens: readonly Required<Bounds>[]): Bounds {
  const usual = { width: 1360, height: 860 }
  if (typeof kept !== 'object' || kept === null) return usual
  const { x, y, width, height } = kept as Partial<Record<keyof Bounds, unknown>>
  const numbers = [x, y, width, height]
  if (!numbers.every(Number.isInteger)) return usual
  const [left, top, wide, high] = numbers as [number, number, number, number]
  if (wide < 400 || high < 300) return usual
  const isSeen = screens.some(
    screen =>
      left + wide > screen.x + 80 &&
      left < screen.x + screen.width - 80 &&
      top >= screen.y - 10 &&
      top < screen.y + screen.height - 40,
  )
  return isSeen ? { x: left, y: top, width: wide, height: high } : { width: wide, height: high }
}

/** The same bounds, moved a little for each of `others` windows, so that none hides another. */
export function besideOthers(bounds: Bounds, others: number): Bounds {
  if (bounds.x === undefined || bounds.y === undefined) return bounds
  return { ...bounds, x: bounds.x + others * 24, y: bounds.y + others * 24 }
}

/**
 * Refuses new windows, navigation, embedded pages and the like, for good. A page that asks for
 * a window with our own page in it gets none either, but `openWindow` is told.
 */
export function confine(contents: WebContents, openWindow: (address: PageAddress) => void): void {
  contents.setWindowOpenHandler(({ url, postBody }) => {
    const address = postBody ? null : pageAddress(url)
    if (address) openWindow(address)
    return { action: 'deny' }
  })
  for (const event of ['will-navigate', 'will-redirect'] as const) {
    contents.on(event as 'will-navigate', details => {
      if (!pageAddress(details.url)) details.preventDefault()
    })
  }
  contents.on('will-frame-navigate', details => {
    if (!details.isMainFrame || !pageAddress(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/**
 * Denies every permission but writing to the clipboard and full screen, every device, every
 * download and every foreign address. `hasDevTools` lets the developer tools load themselves.
 */
export async function confineSession(
  session: Session,
  { hasDevTools }: { readonly hasDevTools: boolean },
): Promise<void> {
  const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const isTool = hasDevTools && url.startsWith('devtools://devtools/')
    answer({ cancel: !isTool && !isOwnAddress(url) })
  })
  session.on('will-download', event => event.preventDefault())
  // For what is no request, such as calls from page to page: the way out leads nowhere.
  await session.setProxy({ proxyRules: '127.0.0.1:1', proxyBypassRules: '<-loopback>' })
}

/**
 * What to do about a page whose process is gone, each time it is: load it again; the third time
 * within two minutes, start without opening anything; and when even that keeps failing, stop.
 * `now` answers milliseconds.
 */
export function createRescue(now: () => number): () => 'reload' | 'safe-start' | 'stop' {
  let falls: number[] = []
  let wasSafe = false
  return () => {
    const at = now()
    falls = [...falls.filter(fall => at - fall < RESCUE_MS), at]
    if (falls.length === 1) wasSafe = false
    if (falls.length < 3) return 'reload'
    if (wasSafe) return 'stop'
    wasSafe = true
    falls = [at]
    return 'safe-start'
  }
}

const RESCUE_MS = 2 * 60 * 1000

/** Shows the window once there is something to see. */
export function showWhenReady(window: BrowserWindow): void {
  window.once('ready-to-show', () => window.show())
}

/**
 * Closes windows. Answers `false` when the page of one of them was to stay: whoever is asked about
 * leaving must be listening already, and prevents the event in order to leave.
 */
export async function closeAll(windows: readonly BrowserWindow[]): Promise<boolean> {
  const outcomes = windows.map(
    window =>
      new Promise<boolean>(resolve => {
        window.once('closed', () => resolve(true))
        window.webContents.once('will-prevent-unload', event => {
          if (!event.defaultPrevented) resolve(false)
        })
        window.close()
      }),
  )
  return (await Promise.all(outcomes)).every(isClosed => isClosed)
}
