import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import type { Annotation } from '../../shared/domain/annotation'
import {
  type AnnotationId,
  type BatchId,
  type CodeId,
  type Hash,
  makeId,
  type ProjectId,
  type ReportId,
} from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { Host } from '../../shared/host'
import type { Change } from '../../shared/journal/edit'
import { startBrowser, temporaryFolder } from '../support/app'
import { hostAt } from '../support/host-at'
import { freePort } from '../support/port'
import { textsInCopy } from '../support/texts-in-copy'
import type { Segment } from './corpus'
import { installProbe } from './probe'

const OUT = process.env.CODICIL_OUT ?? join(import.meta.dirname, '../../out')

/** The built app's server with a data folder of its own, and its host as a program sees it. */
export interface World {
  readonly folder: string
  readonly url: string
  readonly host: Host
  /** Starts a browser on a profile, measuring inside its pages. */
  browser(profile: string): Promise<BrowserContext>
  /** Ends everything; nothing remains. */
  end(): Promise<void>
}

/** Starts a world. */
export async function makeWorld(): Promise<World> {
  const folder = await temporaryFolder()
  const server = await startServer(folder.path)
  const browsers: BrowserContext[] = []
  return {
    folder: folder.path,
    url: server.url,
    host: (await hostAt(server.url)).host,
    async browser(profile) {
      const browser = await startBrowser(join(folder.path, profile))
      browsers.push(browser)
      await installProbe(browser)
      return browser
    },
    async end() {
      for (const browser of browsers) await browser.close()
      await server.stop()
      await folder.clean()
    },
  }
}

/** A text that comes into a project, and what is coded in it. */
export interface SeedReport {
  readonly name: string
  readonly text: string
  readonly segments: readonly Omit<Segment, 'report'>[]
}

/**
 * Makes a project in the folder alone, as if it had been worked on elsewhere: one import,
 * thirty codes of which nine have keys, and the annotations, the last thousand of them one by
 * one as a person makes them.
 */
export async function makeProject(
  host: Host,
  name: string,
  seeds: readonly SeedReport[],
): Promise<ProjectId> {
  const { home } = await host.about()
  const { id, coderId } = await host.createProject({ name, coderName: 'Ann', place: home.token })
  const { session } = await host.openProject(id, { clientId: 'bench', takeOver: false })
  const stamp = () => ({ at: Date.now(), coderId })

  const hashes: Hash[] = []
  for (let at = 0; at < seeds.length; at += 100) {
    const texts = seeds.slice(at, at + 100).map(({ text }) => new TextEncoder().encode(text))
    hashes.push(...(await host.putBlobs(session, texts)))
  }
  const batchId = newId() as BatchId
  const reports = seeds.map((seed, i) => reportOf(seed, hashes[i]!, batchId, i))
  if (reports.length > 0) {
    const counts = { imported: reports.length, known: 0, refused: 0, cancelled: false }
    const batch = { id: batchId, at: Date.now(), ...counts }
    await host.append(session, {
      kind: 'import',
      batch,
      reports,
      variables: [],
      values: [],
      ...stamp(),
    })
  }

  const codes = Array.from({ length: 30 }, (_, rank) => codeChange(rank))
  const edit = { kind: 'do', of: null, about: '' } as const
  await host.append(session, { ...edit, label: 'loadCodebook', changes: codes, ...stamp() })
  const annotations = seeds.flatMap(({ text, segments }, i) =>
    segments.map(({ start, end, code }): Change => {
      const passage = { reportId: reports[i]!.id, start, end, quote: text.slice(start, end) }
      const codeId = codes[code]!.id as CodeId
      return annotationChange({ ...passage, codeId, coderId })
    }),
  )
  const alone = Math.max(0, annotations.length - 1000)
  for (let at = 0; at < annotations.length; ) {
    // More in one entry, and the host would take a snapshot before each.
    const changes = annotations.slice(at, at < alone ? Math.min(alone, at + 200) : at + 1)
    await host.append(session, { ...edit, label: 'assignCode', changes, ...stamp() })
    at += changes.length
  }
  await host.closeProject(session)
  return id
}

/** Opens a project from the list on the start page, and waits until its reports are listed. */
export async function openProject(page: Page, url: string, name: string): Promise<void> {
  // A page that is loaded again would go back to the project it had open.
  if (page.url().startsWith('http')) await page.evaluate(() => sessionStorage.clear())
  await page.goto(url)
  await page.locator('.project-open', { hasText: name }).first().click()
  await page.locator('.library').waitFor({ timeout: 120_000 })
}

/** Waits until the working copy of the only project has so many texts; answers when, as the page tells time. */
export async function allTextsIn(page: Page, count: number): Promise<number> {
  while ((await textsInCopy(page)) < count) await page.waitForTimeout(100)
  return page.evaluate(() => performance.now())
}

function reportOf({ name, text }: SeedReport, hash: Hash, batchId: BatchId, i: number): Report {
  return {
    id: newId(i) as ReportId,
    batchId,
    title: name,
    fileName: `${name}.txt`,
    path: '',
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    encoding: 'utf-8',
    textHash: hash,
    originalHash: hash,
    markupHash: null,
    length: text.length,
    chars: [...text].length,
    hanChars: [...text.matchAll(/\p{Script=Han}/gu)].length,
    textVersion: 1,
    addedAt: Date.now(),
  }
}

function codeChange(rank: number): Change & { table: 'codes' } {
  const id = newId(rank) as CodeId
  const hue = createHash('sha256').update(String(rank)).digest('hex').slice(0, 6)
  const words = { definition: '', include: '', exclude: '', example: '' }
  const after = {
    id,
    parentId: null,
    rank,
    name: `编码${rank + 1}`,
    color: `#${hue}`,
    ...words,
    digit: rank < 9 ? rank + 1 : null,
    createdAt: Date.now(),
  }
  return { table: 'codes', id, before: null, after }
}

function annotationChange(said: Omit<Annotation, 'id' | 'memo' | 'createdAt'>): Change {
  const id = newId() as AnnotationId
  const after = { ...said, id, memo: '', createdAt: Date.now() }
  return { table: 'annotations', id, before: null, after }
}

function newId(later = 0): string {
  return makeId(Date.now() + later, Math.random)
}

/** A server on a port that nobody else uses. */
async function startServer(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort()
  const profile = process.env.BENCH_PROFILE
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      join(OUT, 'main/serve.js'),
      '--no-open',
      '--port',
      String(port),
      '--data-dir',
      dataDir,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  process.once('exit', () => child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout!.on('data', chunk => {
      printed += chunk
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/.exec(printed)
      if (found) resolve(found[0])
    })
    child.once('exit', code => reject(new Error(`server ended with ${code}: ${printed}`)))
  })
  const stop = () =>
    new Promise<void>(resolve => {
      if (child.exitCode !== null) resolve()
      else child.once('exit', () => resolve()).kill('SIGTERM')
    })
  return { url, stop }
}
