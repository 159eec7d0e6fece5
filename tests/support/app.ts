import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'

// The built app, run as a person would: its server as a process of its own, and a Chromium
// with a profile on disk. Either can be killed and started again. CODICIL_OUT names another
// build than `out`.

const OUT = process.env.CODICIL_OUT ?? join(import.meta.dirname, '../../out')

/** A server process that is up. */
export interface ServerProcess {
  readonly url: string
  readonly process: ChildProcess
  /** Resolves when it has ended, by whatever cause. */
  readonly ended: Promise<unknown>
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>
}

/**
 * Starts the built server for a data folder, on `port` where one is named, below another program
 * where `under` is its command line. Rejects with what it printed when it does not start.
 */
export async function startServer(
  dataDir: string,
  port?: number,
  under: readonly string[] = [],
): Promise<ServerProcess> {
  const args = [join(OUT, 'main/serve.js'), '--no-open', '--data-dir', dataDir]
  if (port !== undefined) args.push('--port', String(port))
  const [command, ...rest] = [...under, process.execPath, ...args]
  const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/.exec(printed)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', code => reject(new Error(`server ended with ${code}: ${printed}`)))
  })
  const end = (signal: NodeJS.Signals) =>
    new Promise<void>(resolve => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve()).kill(signal)
    })
  const ended = new Promise(resolve => child.once('exit', resolve))
  return { url, process: child, ended, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

/** How a browser is started. */
export interface BrowserOptions {
  readonly language?: 'zh-CN' | 'en-US'
  readonly theme?: 'light' | 'dark'
  /** Another program that starts Chromium in its turn. */
  readonly executable?: string
}

/** Starts a Chromium on a profile folder. */
export async function startBrowser(
  profile: string,
  { language = 'en-US', theme = 'light', executable = chromiumPath() }: BrowserOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: true,
    args: CHROMIUM_ARGS,
    viewport: { width: 1360, height: 860 },
    locale: language,
    colorScheme: theme,
    acceptDownloads: true,
  })
}

/** Where Chromium is; the runner says so where it had to look. */
export function chromiumPath(): string {
  const path = process.env.CODICIL_CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(path)) throw new Error(`no Chromium at ${path}`)
  return path
}

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A folder that goes when `clean` is called. */
export async function temporaryFolder(): Promise<{ path: string; clean(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'codicil-e2e-'))
  return { path, clean: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Opens the app in a browser and answers its page, with every page error collected. */
export async function openApp(
  context: BrowserContext,
  url: string,
): Promise<{ page: Page; errors: string[] }> {
  const page = context.pages()[0] ?? (await context.newPage())
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(url)
  return { page, errors }
}
