import { join } from 'node:path'
import type { BrowserWindow, BrowserWindowConstructorOptions, Session, WebContents } from 'electron'
import { isOwnAddress } from './protocol'

// The window lets the page do what a page of our own needs and nothing else.

/** How the window is made: its renderer sandboxed, isolated and without Node. */
export function windowOptions(
  bounds: Bounds,
  { isDark }: { readonly isDark: boolean },
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

/** Refuses new windows, navigation, embedded pages and the like, for good. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event as 'will-navigate', details => {
      if (!isAppPage(details.url)) details.preventDefault()
    })
  }
  contents.on('will-attach-webview', event => event.preventDefault())
}

/** Denies every permission but writing to the clipboard and full screen, and every foreign address. */
export function confineSession(session: Session): void {
  const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.has(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => allowed.has(permission))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isOwnAddress(details.url) }),
  )
}

/** Shows the window once there is something to see. */
export function showWhenReady(window: BrowserWindow): void {
  window.once('ready-to-show', () => window.show())
}

function isAppPage(address: string): boolean {
  return address === 'app://main/' || address === 'app://main/index.html'
}
