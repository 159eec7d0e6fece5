import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, type Request } from '@playwright/test'
import { decodeWire } from '../../shared/wire'
import {
  openApp,
  type ServerProcess,
  startBrowser,
  startServer,
  temporaryFolder,
} from '../support/app'
import { freePort } from '../support/port'
import { randomFrom } from '../support/random'
import { damageProfile, killBrowser, PROFILE_DAMAGES, tearEnd } from './damage'
import { type FoundProject, onlyProjectIn, readProjectFolder } from './folder'
import { lostFrom, type Memory, nothingYet } from './memory'
import { copyFaults } from './page-copy'
import { pythonFaults } from './python'
import {
  askHost,
  beginImport,
  codeFirst,
  endImport,
  expectCount,
  findReport,
  loadCodes,
  openProject,
  restoreSnapshot,
  SENTENCES,
  sessionOf,
  stripes,
  undoAndRedo,
  writeBulk,
  writeShort,
} from './researcher'

// One person with one project, one browser profile and one server, to whom rounds of crashes
// happen. Several live side by side, so that one's waiting is another's turn.

const KILLS = ['server', 'browser', 'both'] as const
const ACTIONS = ['coding', 'undoing', 'an import', 'a snapshot', 'restoring'] as const
/** A kill comes after at most so many answers of the host, so that slow machines are killed at work too. */
const CALLS = 14
const LONGEST_WAIT_MS = 10_000
const BULK = 150

/** What happened to a person so far. */
export interface Told {
  readonly rounds: string[]
  acknowledged: number
  rebuilt: number
}

interface Running {
  readonly server: ServerProcess
  readonly browser: BrowserContext
  readonly page: Page
  readonly session: { readonly current: string }
}

/** Lives through so many rounds. Rejects as soon as anything acknowledged is lost. */
export async function liveThrough(rounds: number, seed: number, told: Told): Promise<void> {
  const random = randomFrom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const home = await temporaryFolder()
  const dataDir = join(home.path, 'data')
  const texts = join(home.path, 'texts')
  const profile = join(home.path, 'profile')
  const port = await freePort()
  const memory: Memory = nothingYet()
  let running: Running | null = null
  let bulks = 0
  // Reports that nobody has coded yet, two for each round and some to spare.
  const fresh = writeShort(texts, 'short', 2 * rounds + 2)
  const nextFresh = (): string => {
    const name = fresh.shift()
    if (name === undefined) throw new Error('no fresh report is left')
    return name
  }

  const start = async (): Promise<Running> => {
    const server = await startServer(dataDir, port)
    const browser = await startBrowser(profile)
    const page = browser.pages()[0] ?? (await browser.newPage())
    const session = sessionOf(page)
    running = { server, browser, page, session }
    return running
  }

  /** Starts both for the first time, makes a project and something to work on. */
  const begin = async (): Promise<Running> => {
    const started = await start()
    const { page } = started
    await openApp(started.browser, started.server.url)
    await page.getByRole('button', { name: 'Start empty' }).click()
    await page.getByLabel('Project name').fill('Kills')
    await page.getByLabel('Your name (coder)').fill('Ann')
    await page.getByRole('button', { name: 'Create' }).click()
    await expect(page.locator('.save-status')).toHaveText(/^Saved/)
    await beginImport(page, texts, fresh)
    await endImport(page, fresh, memory)
    await loadCodes(page, memory)
    return started
  }

  /** Starts both again, opens the project and checks that everything is there. */
  const restart = async (): Promise<Running> => {
    const folder = onlyProjectIn(dataDir)
    const found = await readProjectFolder(folder)
    expect(found.faults, 'broken promises').toEqual([])
    expect(lostFrom(memory, found.state), 'lost, doubled or back').toEqual([])
    const judged = pythonFaults(folder, found.state)
    judged.catch(() => {})
    const started = await start()
    const { page } = started
    const { errors } = await openApp(started.browser, started.server.url)
    let isRebuilt = false
    const watch = (request: Request) => {
      const body = request.url().endsWith('/host/readJournal') ? request.postDataBuffer() : null
      // From the first entry on, that is.
      if (body && (decodeWire(body) as unknown[])[1] === 1) isRebuilt = true
    }
    page.on('request', watch)
    await openProject(page, 'Kills')
    await expectCount(page, found.state.reports.size)
    page.off('request', watch)
    if (isRebuilt) told.rebuilt++
    expect(await copyFaults(page, found.id, found.state)).toEqual([])
    expect(await judged, 'what FORMAT.md lets anyone read').toEqual([])
    await seeLastCoded(page, found)
    expect(errors, 'errors while opening').toEqual([])
    return started
  }

  /** Looks at the report that was coded last: are its stripes drawn? */
  const seeLastCoded = async (page: Page, { state }: FoundProject): Promise<void> => {
    const title = memory.now.codings.at(-1)?.report
    const report = [...state.reports.values()].find(each => each.title === title)
    if (!report) return
    await findReport(page, report.title)
    await expect(stripes(page)).toHaveCount(state.annotations.get(report.id)?.size ?? 0)
  }

  /** Begins something that goes on until it is done or somebody ends it. */
  const act = async (
    what: (typeof ACTIONS)[number],
    { page, session }: Running,
  ): Promise<{ readonly rest: Promise<unknown> }> => {
    switch (what) {
      case 'coding':
        return hold(codeFirst(page, { report: nextFresh(), count: SENTENCES, memory }))
      case 'undoing': {
        const report = nextFresh()
        await codeFirst(page, { report, count: 4, memory })
        return hold(undoAndRedo(page, { report, count: 4, memory }))
      }
      case 'an import': {
        const bulk = writeBulk(texts, `bulk${++bulks}`, BULK)
        await beginImport(page, texts, bulk)
        return hold(endImport(page, bulk, memory))
      }
      case 'a snapshot': {
        const report = nextFresh()
        const coding = codeFirst(page, { report, count: SENTENCES, memory })
        return hold(Promise.all([coding, askHost(page, 'takeSnapshot', [session.current])]))
      }
      case 'restoring':
        return hold(restoreSnapshot(page, session.current, { report: nextFresh(), memory }))
    }
  }

  const round = async (now: Running): Promise<Running> => {
    const what = pick(ACTIONS)
    const kill = pick(KILLS)
    const before = memory.acknowledged
    let left = Math.floor(random() * (what === 'an import' ? 5 : CALLS))
    const answered = new Promise<void>(resolve => {
      now.page.on('response', response => {
        if (response.url().includes('/host/') && --left < 0) resolve()
      })
    })
    const { rest } = await act(what, now)
    await Promise.race([rest, answered, sleep(LONGEST_WAIT_MS)])
    await Promise.race([rest, sleep(random() * 150)])
    if (kill !== 'browser') await now.server.kill()
    if (kill !== 'server') killBrowser(profile)
    await now.browser.close().catch(() => {})
    await now.server.stop()
    await rest
    const damage = pick(PROFILE_DAMAGES)
    damageProfile(profile, damage, random)
    const isTorn = random() < 0.4
    if (isTorn) {
      const folder = onlyProjectIn(dataDir)
      tearEnd(join(folder, 'journal'), '.log', random)
      tearEnd(join(folder, 'blobs'), '.pack', random)
    }
    const gained = memory.acknowledged - before
    told.rounds.push(
      `${kill} killed in ${what}, +${gained} acknowledged, profile ${damage}${isTorn ? ', torn ends' : ''}`,
    )
    // The first start may look right and still carry what the second one fails on.
    const first = await restart()
    const settled = first.page.waitForResponse(/\/host\/settleCopy$/, { timeout: 20_000 })
    settled.catch(() => {})
    await codeFirst(first.page, { report: nextFresh(), count: 2, memory })
    // A copy that has come to rest is trusted by the next start; one that has not is built anew.
    if (random() < 0.3) await settled
    await first.browser.close()
    await first.server.stop()
    return restart()
  }

  try {
    let now = await begin()
    for (let i = 0; i < rounds; i++) {
      now = await round(now)
      told.acknowledged = memory.acknowledged
    }
  } finally {
    const last = running as Running | null
    await last?.browser.close().catch(() => {})
    await last?.server.stop()
    await home.clean()
  }
}

/** Keeps a promise from being waited for, and its failure for whoever kills what it works on. */
function hold(work: Promise<unknown>): { readonly rest: Promise<unknown> } {
  return { rest: work.catch(() => {}) }
}
