import { type Asset, CONTENT_POLICY } from './assets'

/**
 * Where the page is served from on the desktop, in development and production alike. The
 * browser's store belongs to this origin, so it must never change.
 */
export const APP_ORIGIN = 'app://main'

/** What `protocol.registerSchemesAsPrivileged` is told, before the app is ready. */
export const APP_SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const

/**
 * Answers a request to `app://main`. The path is looked up in the list of the page's own
 * files and leads nowhere else, however it is spelled.
 */
export function answerAsset(assets: ReadonlyMap<string, Asset>, request: Request): Response {
  const url = new URL(request.url)
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405)
  if (url.protocol !== 'app:' || url.host !== 'main') return plain(404)
  const asset = assets.get(url.pathname === '/' ? '/index.html' : url.pathname)
  if (!asset) return plain(404)
  return new Response(request.method === 'HEAD' ? null : asset.bytes, {
    headers: { ...HEADERS, 'content-type': asset.type },
  })
}

/** Whether the page, or anything in it, may ask for this address at all. */
export function isOwnAddress(address: string): boolean {
  return /^(app:\/\/main\/|blob:app:\/\/main\/|data:image\/|devtools:\/\/)/.test(address)
}

const HEADERS = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

function plain(status: number): Response {
  return new Response(null, { status, headers: HEADERS })
}
