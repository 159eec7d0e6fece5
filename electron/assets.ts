import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

// The page's files are read once, into a map from URL path to bytes. A request is looked up
// there and nowhere else, so no spelling of a path can reach another file.

/** One file of the built page. */
export interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

/** What the page may load and do, the same behind every door. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types codicil-worker',
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Reads every file under `folder`. Keys are URL paths, such as `/assets/index.js`. */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>()
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const path = join(file.parentPath, file.name)
    const type = TYPES[extname(file.name)]
    if (!type) continue
    const key = `/${relative(folder, path).split(sep).map(encodeURIComponent).join('/')}`
    assets.set(key, { bytes: new Uint8Array(await readFile(path)), type })
  }
  return assets
}
