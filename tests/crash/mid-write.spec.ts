import { cpSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, test } from '@playwright/test'
import type { ProjectState } from '../../shared/journal/state'
import {
  chromiumPath,
  openApp,
  type ServerProcess,
  startBrowser,
  startServer,
  temporaryFolder,
} from '../support/app'
import { freePort } from '../support/port'
import { canTrace, FLUSHES, killingAt, NO_STRACE, WRITES, wrapper } from '../support/strace'
import { onlyProjectIn, readProjectFolder } from './folder'
import { lostFrom, nothingYet } from './memory'
import { copyFaults } from './page-copy'
import {
  beginImport,
  codeFirst,
  endImport,
  expectCount,
  loadCodes,
  openProject,
  writeBulk,
  writeShort,
} from './researcher'
import { type Strokes, strokes } from './strokes'

// Kills that are aimed: on entering the Nth write to the journal, or the Nth flush of it, or
// the Nth write to the log of the browser's store. After each, two starts with new work in
// between. CODICIL_ROUNDS of 500 and more aims at every N up to 40, else at a few.

const IS_THOROUGH = Number(process.env.CODICIL_ROUNDS ?? 30) >= 500
const EVERY = Array.from({ length: 40 }, (_, i) => i + 1)
const ON_JOURNAL = IS_THOROUGH ? EVERY : [1, 2, 7, 19, 40]
const ON_FLUSH = IS_THOROUGH ? EVERY : [1, 2, 13, 40]
const ON_STORE = IS_THOROUGH ? EVERY : [1, 4, 11, 28]

test('keeps what was acknowledged when the server dies on entering a write or a flush of the journal', async () => {
  test.skip(!canTrace(), NO_STRACE)
  test.setTimeout(60_000 + (ON_JOURNAL.length + ON_FLUSH.length) * 20_000)
  const told = { kills: 0, acknowledged: 0 }
  for (const [calls, aims] of [
    [WRITES, ON_JOURNAL],
    [FLUSHES, ON_FLUSH],
  ] as const) {
    for (const nth of aims) {
      const home = await temporaryFolder()
      try {
        const dataDir = join(home.path, 'data')
        const client = strokes()
        await served(dataDir, [], url => client.create(url))
        const files = journalFiles(onlyProjectIn(dataDir))

        const before = client.acknowledged.length
        const doomed = await startServer(dataDir, undefined, killingAt(nth, calls, files))
        // Opening flushes the journal once, so the first flush ends the opening itself.
        await client.open(doomed.url).catch(() => {})
        await client.append(60)
        const hasDied = await Promise.race([doomed.ended.then(() => true), sleep(10_000, false)])
        await doomed.kill()
        expect(hasDied, `the aim ${nth} of ${calls[0]} was reached`).toBe(true)
        const reached = client.acknowledged.length - before
        expect(reached, `the aim ${nth} of ${calls[0]} was reached`).toBeLessThan(60)
        told.kills++

        await expectKept(dataDir, client)
        await served(dataDir, [], async url => {
          await client.open(url)
          expect(await client.append(3)).toBe(3)
          await client.close()
        })
        await expectKept(dataDir, client)
        await served(dataDir, [], async url => {
          await client.open(url)
          expect(await client.append(1)).toBe(1)
        })
        await expectKept(dataDir, client)
        told.acknowledged += client.acknowledged.length
      } finally {
        await home.clean()
      }
    }
  }
  console.log(
    `mid-write, journal: ${told.kills} aimed kills, ${told.acknowledged} acknowledged, 0 lost`,
  )
})

test('keeps what was acknowledged when the browser dies in a write to its store', async () => {
  test.skip(!canTrace(), NO_STRACE)
  test.setTimeout(120_000 + ON_STORE.length * 60_000)
  const home = await temporaryFolder()
  const port = await freePort()
  const told = { kills: 0, acknowledged: 0, emptied: 0 }
  const texts = join(home.path, 'texts')
  // What each aim starts from, put back under the name by which the list of projects knows it.
  const template = join(home.path, 'template')
  const world = join(home.path, 'world')
  const dataDir = join(world, 'data')
  const profile = join(world, 'profile')
  let server: ServerProcess | null = null
  let browser: BrowserContext | null = null
  const end = async () => {
    await browser?.close().catch(() => {})
    await server?.stop()
    browser = null
    server = null
  }
  try {
    const short = writeShort(texts, 'short', 6)
    const bulk = writeBulk(texts, 'bulk', 60)
    const first = nothingYet()
    server = await startServer(dataDir, port)
    browser = await startBrowser(profile)
    const { page } = await openApp(browser, server.url)
    await page.getByRole('button', { name: 'Start empty' }).click()
    await page.getByLabel('Project name').fill('Aimed')
    await page.getByLabel('Your name (coder)').fill('Ann')
    const settled = page.waitForResponse(/\/host\/settleCopy$/)
    await page.getByRole('button', { name: 'Create' }).click()
    await beginImport(page, texts, short)
    await endImport(page, short, first)
    await loadCodes(page, first)
    await settled
    await end()
    renameSync(world, template)

    for (const nth of ON_STORE) {
      cpSync(template, world, { recursive: true })
      const memory = { ...nothingYet(), now: first.now }
      const restart = async () => {
        const found = await readProjectFolder(onlyProjectIn(dataDir))
        expect(found.faults, `after write ${nth}`).toEqual([])
        expect(lostFrom(memory, found.state), `after write ${nth}`).toEqual([])
        server = await startServer(dataDir, port)
        browser = await startBrowser(profile)
        const { page } = await openApp(browser, server.url)
        await openProject(page, 'Aimed')
        await expectCount(page, found.state.reports.size)
        expect(await copyFaults(page, found.id, found.state), `after write ${nth}`).toEqual([])
        return page
      }

      const executable = wrapper(
        join(world, 'chromium'),
        killingAt(nth, WRITES, storeLogFiles(profile, port)),
        chromiumPath(),
      )
      server = await startServer(dataDir, port)
      browser = await startBrowser(profile, { executable })
      const dying = new Promise<void>(resolve => browser!.once('close', () => resolve()))
      const work = async () => {
        const { page } = await openApp(browser!, server!.url)
        await openProject(page, 'Aimed')
        await codeFirst(page, { report: short[0]!, count: 3, memory })
        await beginImport(page, texts, bulk)
        await endImport(page, bulk, memory)
        await codeFirst(page, { report: short[1]!, count: 12, memory })
      }
      const ended = await Promise.race([
        work().then(
          () => 'all done',
          () => 'cut off',
        ),
        dying.then(() => 'cut off'),
      ])
      await end()
      expect(ended, `the aim at write ${nth} was reached`).toBe('cut off')
      told.kills++

      const page = await restart()
      await codeFirst(page, { report: short[2]!, count: 3, memory })
      const quiet = page.waitForResponse(/\/host\/settleCopy$/)
      await codeFirst(page, { report: short[3]!, count: 1, memory })
      await quiet
      await end()
      await restart()
      await end()
      told.acknowledged += memory.acknowledged
      rmSync(world, { recursive: true, force: true })
    }
    console.log(
      `mid-write, browser store: ${told.kills} aimed kills, ${told.acknowledged} acknowledged, 0 lost`,
    )
  } finally {
    await end()
    await home.clean()
  }
})

/** Runs `work` against a server that is then asked to end. */
async function served(
  dataDir: string,
  under: readonly string[],
  work: (url: string) => Promise<unknown>,
): Promise<void> {
  const server = await startServer(dataDir, undefined, under)
  try {
    await work(server.url)
  } finally {
    await server.stop()
  }
}

async function expectKept(dataDir: string, { acknowledged }: Strokes): Promise<void> {
  const { state, faults } = await readProjectFolder(onlyProjectIn(dataDir))
  expect(faults).toEqual([])
  expect(lostNames(state, acknowledged), 'lost').toEqual([])
}

function lostNames({ codes }: ProjectState, acknowledged: readonly string[]): string[] {
  const there = new Set([...codes.values()].map(({ name }) => name))
  return acknowledged.filter(name => !there.has(name))
}

function journalFiles(folder: string): string[] {
  return readdirSync(join(folder, 'journal')).map(name => join(folder, 'journal', name))
}

/** The names that the log of the store has, and those that it may have next. */
function storeLogFiles(profile: string, port: number): string[] {
  const folder = join(profile, 'Default/IndexedDB', `http_127.0.0.1_${port}.indexeddb.leveldb`)
  expect(statSync(folder).isDirectory()).toBe(true)
  return Array.from({ length: 30 }, (_, i) => join(folder, `${String(i).padStart(6, '0')}.log`))
}
