import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { decodeWire, encodeWire } from '../shared/wire'
import { type Asset, PAGE_HEADERS, readAssets } from './assets'
import { answerCall, MAX_CALL_BYTES } from './host/contract'
import { codeOf, makeFolder, writeFileWhole } from './host/disk'
import { createLocalHost, type LocalHost } from './host/host'

// The second door: the same app and the same host, for a plain browser on this machine. Only
// who holds the token gets in, and only from the page that this server itself has served.

/** How the server is started. */
export interface ServeOptions {
  /** Where the catalogue, the token and, unless `home` says otherwise, new projects go. */
  readonly dataFolder: string
  readonly home: string
  /** The built page. */
  readonly pageFolder: string
  readonly version: string
  /** The built thread for long work; `null` where there is none. */
  readonly threadFile: string | null
  /** A port to insist on, or `null` to take the usual one or any free one. */
  readonly port: number | null
}

/** A server that is up. */
export interface Serving {
  /** Opens the app, with the token that lets the browser in. */
  readonly url: string
  /** Whether another copy was up already; then `url` is that copy's, and `close` does nothing. */
  readonly isOther: boolean
  close(): Promise<void>
}

/** The port that is tried first, so that the browser finds its working copies again. */
export const USUAL_PORT = 47810

/**
 * Starts the server on 127.0.0.1, or finds the copy that is up already for the same data
 * folder. Rejects with the system's `EADDRINUSE` when the port that was asked for is taken.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { dataFolder } = options
  await makeFolder(dataFolder)
  const token = await tokenIn(dataFolder)
  const running = await runningCopy(dataFolder, token)
  if (running) return { url: running, isOther: true, close: async () => {} }

  const assets = await readAssets(options.pageFolder)
  const local = await createLocalHost({
    version: options.version,
    door: 'browser',
    dataFolder,
    home: options.home,
    askForFolder: null,
    threadFile: options.threadFile,
    urlOfWritten: (sink, file) => `/written/${sink}/${encodeURIComponent(file)}`,
    now: () => Date.now(),
  })
  const server = createServer(LIMITS, (request, response) => {
    handle(request, response, { token, assets, local, port: portOf(server) }).catch(error => {
      if (codeOf(error) !== 'ECONNRESET') console.error('request failed:', error)
      if (!response.headersSent) end(response, 500, 'text/plain; charset=utf-8', 'Codicil')
      else response.destroy()
    })
  })
  server.maxConnections = 256
  await listen(server, options.port)
  const url = `http://127.0.0.1:${portOf(server)}/?token=${token}`
  const note = join(dataFolder, 'running.json')
  await writeFileWhole(note, JSON.stringify({ pid: process.pid, url }))
  return {
    url,
    isOther: false,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeIdleConnections()
      await local.shutDown()
      server.closeAllConnections()
      await closed
      await rm(note, { force: true })
    },
  }
}

/** Where projects and settings go unless the researcher says otherwise. */
export function usualFolders(dataDir: string | null): { dataFolder: string; home: string } {
  const home = dataDir ?? join(homedir(), 'Codicil')
  return { dataFolder: join(home, '.codicil'), home }
}

/** How long and how large a request may be before anyone looks at it. */
const LIMITS = {
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
} as const

interface Context {
  readonly token: string
  readonly assets: ReadonlyMap<string, Asset>
  readonly local: LocalHost
  readonly port: number
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: Context,
): Promise<void> {
  const { assets, local, port } = context
  const origin = `http://127.0.0.1:${port}`
  const path = request.url ?? '/'
  if (!path.startsWith('/') || !URL.canParse(origin + path)) return refuse(response)
  const url = new URL(origin + path)
  if (request.headers.host !== `127.0.0.1:${port}`) return refuse(response)
  if (request.headers.origin !== undefined && request.headers.origin !== origin) {
    return refuse(response)
  }
  const site = request.headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') {
    // Following a link from elsewhere is fine: it gets a window of its own, and no say in it.
    const isFollowed =
      request.headers['sec-fetch-mode'] === 'navigate' &&
      request.headers['sec-fetch-dest'] === 'document'
    if (!isFollowed) return refuse(response)
  }
  if (request.method === 'GET' && url.pathname === '/alive') {
    return end(
      response,
      200,
      'text/plain; charset=utf-8',
      proofOf(context.token, url.search.slice(1)),
    )
  }
  const given = url.searchParams.get('token')
  if (request.method === 'GET' && url.pathname === '/' && given !== null) {
    if (!isToken(given, context.token)) return refuse(response)
    response.setHeader(
      'set-cookie',
      `${cookieName(port)}=${context.token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000`,
    )
    response.writeHead(303, { ...PAGE_HEADERS, location: '/', 'cache-control': 'no-store' }).end()
    return
  }
  if (!isToken(cookie(request, cookieName(port)), context.token)) return refuse(response)

  if (request.method === 'POST' && url.pathname.startsWith('/host/')) {
    if (request.headers.origin !== origin) return refuse(response)
    return answer(request, response, local, url.pathname.slice('/host/'.length))
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response)
  const written = /^\/written\/([^/]+)\/([^/]+)$/.exec(url.pathname)
  if (written) return sendWritten(response, local, written[1]!, written[2]!)
  const asset = assets.get(url.pathname === '/' ? '/index.html' : url.pathname)
  if (!asset) return end(response, 404, 'text/plain; charset=utf-8', 'Not here. / 没有这个页面。')
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': asset.type,
    'content-length': asset.bytes.length,
    'cache-control': url.pathname.startsWith('/assets/')
      ? 'max-age=31536000, immutable'
      : 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : asset.bytes)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  local: LocalHost,
  call: string,
): Promise<void> {
  const body = await bodyOf(request)
  if (body === null) {
    const reply = { ok: false, reason: 'too-large', details: { bytes: MAX_CALL_BYTES } }
    response.setHeader('connection', 'close')
    return end(response, 413, 'application/octet-stream', encodeWire(reply))
  }
  let args: unknown
  try {
    args = decodeWire(body)
  } catch {
    args = undefined
  }
  const reply = await answerCall(local.host, call, args)
  end(response, 200, 'application/octet-stream', encodeWire(reply))
}

/** The request's body, or `null` when it is longer than a call may be. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_CALL_BYTES) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_CALL_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function sendWritten(
  response: ServerResponse,
  local: LocalHost,
  sink: string,
  encodedName: string,
): Promise<void> {
  const path = local.pathOfWritten(sink, decoded(encodedName))
  const size = path
    ? await stat(path).then(
        ({ size }) => size,
        () => null,
      )
    : null
  if (!path || size === null)
    return end(response, 404, 'text/plain; charset=utf-8', 'Gone. / 文件已不在。')
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': 'application/octet-stream',
    'content-length': size,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    'cache-control': 'no-store',
  })
  createReadStream(path)
    .on('error', () => response.destroy())
    .pipe(response)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function end(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
): void {
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
}

function refuse(response: ServerResponse): void {
  // What a stranger still has to say is not waited for.
  response.setHeader('connection', 'close')
  end(
    response,
    403,
    'text/plain; charset=utf-8',
    'Codicil answers only the page opened from its own link. Nothing was read or changed.\n' +
      'Open the link that was printed in the terminal when Codicil started.\n\n' +
      'Codicil 只回应从它自己的链接打开的页面。没有读取或更改任何内容。\n' +
      '请打开启动 Codicil 时终端里显示的链接。\n',
  )
}

function isToken(given: string | null, token: string): boolean {
  const a = Buffer.from(given ?? '')
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Cookies are shared between ports, so the name tells ours apart. */
function cookieName(port: number): string {
  return `codicil_${port}`
}

function cookie(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name) return value ?? null
  }
  return null
}

/** The secret that lets a browser in. Kept, so that an open page outlives a restart of the server. */
async function tokenIn(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'token')
  const kept = await readFile(path, 'utf8').catch(() => '')
  if (/^[0-9a-f]{64}$/.test(kept)) return kept
  const token = randomBytes(32).toString('hex')
  await writeFileWhole(path, token)
  return token
}

/** What only a holder of the token can answer to a question. */
function proofOf(token: string, question: string): string {
  return createHmac('sha256', token).update(`alive ${question}`).digest('hex')
}

/** The address of a copy that serves the same data folder and answers, or `null`. */
async function runningCopy(dataFolder: string, token: string): Promise<string | null> {
  try {
    const note: unknown = JSON.parse(await readFile(join(dataFolder, 'running.json'), 'utf8'))
    if (typeof note !== 'object' || note === null || !('url' in note)) return null
    const { url } = note
    if (typeof url !== 'string' || !url.startsWith('http://127.0.0.1:')) return null
    // Whoever listens there must prove to hold the token before it is told to anyone.
    const question = randomBytes(16).toString('hex')
    const reply = await fetch(`${new URL(url).origin}/alive?${question}`, {
      signal: AbortSignal.timeout(2000),
    })
    return isToken(await reply.text(), proofOf(token, question)) ? url : null
  } catch {
    return null
  }
}

async function listen(server: Server, port: number | null): Promise<void> {
  const attempt = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  if (port !== null) return attempt(port)
  for (let tries = 0; tries < 10; tries++) {
    try {
      return await attempt(USUAL_PORT + tries)
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' && codeOf(error) !== 'EACCES') throw error
    }
  }
  return attempt(0)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
