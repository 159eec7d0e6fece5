import { type Asset, PAGE_HEADERS } from './assets'

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
    headers: { ...PAGE_HEADERS, 'content-type': asset.type },
  })
}

/** Whether the page, or anything in it, may ask for this address at all. */
export function isOwnAddress(address: string): boolean {
  return /^(app:\/\/main\/|blob:app:\/\/main\/|data:image\/)/.test(address)
}

/** An address of our own page, spelled as {@link pageAddress} spells it. */
export type PageAddress = `${typeof APP_ORIGIN}/${string}`

/** The page as it starts: with the project that was open last, if any. */
export const FIRST_PAGE: PageAddress = `${APP_ORIGIN}/`

/** The page with nothing opened, for when opening is what makes it fail. */
export const SAFE_PAGE: PageAddress = `${APP_ORIGIN}/?safe=1`

/**
 * The address of our page that `address` names, or `null` for any other address. The page takes
 * three questions: none, a project with or without one of its snapshots, and a safe start.
 */
export function pageAddress(address: string): PageAddress | null {
  const found =
    /^app:\/\/main\/(?:index\.html)?(\?(?:safe=1|project=[\w-]{1,64}(?:&snapshot=\d{8})?))?$/.exec(
      address,
    )
  return found ? `${APP_ORIGIN}/${found[1] ?? ''}` : null
}

function plain(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS })
}
