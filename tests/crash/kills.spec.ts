import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
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
import { onlyProjectIn, readProjectFolder } from './folder'
import {
  beginImport,
  codeFirst,
  endImport,
  expectCount,
  findReport,
  loadCodes,
  type Memory,
  openProject,
  SENTENCES,
  stripes,
  writeBulk,
  writeShort,
} from './researcher'

// Nothing that the page called saved is ever lost. Each round works as a person would, kills
// the server, the browser or both at a random moment, may damage what a crash can damage, and
// starts again twice with new work in between: some damage shows only the second time.
//
// CODICIL_ROUNDS sets how many rounds, CODICIL_SEED which; the seed is printed.

const ROUNDS = Number(process.env.CODICIL_ROUNDS ?? 10)
const SEED = Number(process.env.CODICIL_SEED ?? Date.now() % 1_000_000)
const KILLS = ['server', 'browser', 'both'] as const
const BULK = 200

interface Running {
  readonly server: ServerProcess
  readonly browser: BrowserContext
  readonly page: Page
}

test('nothing acknowledged is lost, whatever is killed and whenever', async () => {
  test.setTimeout(60_000 + ROUNDS * 40_000)
  const random = randomFrom(SEED)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const home = await temporaryFolder()
  const dataDir = join(home.path, 'data')
  const texts = join(home.path, 'texts')
  const profile = join(home.path, 'profile')
  const port = await freePort()
  const memory: Memory = { reports: new Set(), codings: [], hasCodes: false }
  const told: string[] = []
  let rebuilt = 0
  let running: Running | null = null

  /** Starts both, opens the project and checks that everything is there. */
  const begin = async (isFirst: boolean): Promise<Running> => {
    const found = isFirst ? null : await readProjectFolder(onlyProjectIn(dataDir))
    if (found) expectRemembered(found.faults, memory, found.state)
    const server = await startServer(dataDir, port)
    const browser = await startBrowser(profile)
    const { page, errors } = await openApp(browser, server.url)
    running = { server, browser, page }
    if (isFirst || !found) {
      await page.getByRole('button', { name: 'Start empty' }).click()
      await page.getByLabel('Project name').fill('Kills')
      await page.getByLabel('Your name (coder)').fill('Ann')
      await page.getByRole('button', { name: 'Create' }).click()
      await expect(page.locator('.save-status')).toHaveText(/^Saved/)
      return running
    }
    let isRebuilt = false
    const watch = (request: { url(): string }) => {
      if (request.url().endsWith('/host/readBlobs')) isRebuilt = true
    }
    page.on('request', watch)
    await openProject(page, 'Kills')
    await expectCount(page, found.state.reports.size)
    page.off('request', watch)
    if (isRebuilt) rebuilt++
    const coded = [...new Set(memory.codings.map(({ report }) => report))].slice(-2)
    for (const title of coded) {
      const report = [...found.state.reports.values()].find(each => each.title === title)!
      await findReport(page, title)
      await expect(stripes(page)).toHaveCount(found.state.annotations.get(report.id)?.size ?? 0)
    }
    expect(errors, 'errors while opening').toEqual([])
    return running
  }

  /** Imports one short report and codes it, until that is done or somebody ends it. */
  const work = async ({ page }: Running, report: string, count: number): Promise<void> => {
    const names = writeShort(texts, report, 1)
    await beginImport(page, texts, names)
    await endImport(page, names, memory)
    if (!memory.hasCodes) await loadCodes(page, memory)
    await codeFirst(page, { report: names[0]!, count, memory })
  }

  try {
    console.log(`crash rounds: ${ROUNDS}, seed ${SEED}`)
    running = await begin(true)
    for (let round = 1; round <= ROUNDS; round++) {
      if (round === 1) await work(running, 'first', 1)
      const isImport = round % 3 === 0 || random() < 0.2
      const kill = pick(KILLS)
      const bulk = isImport ? writeBulk(texts, `bulk${round}`, BULK) : []
      const now = running
      const doing = isImport
        ? beginImport(now.page, texts, bulk)
        : work(now, `round${round}`, SENTENCES)
      if (isImport) await doing
      const rest = isImport ? endImport(now.page, bulk, memory) : doing
      const before = memory.reports.size + memory.codings.length
      await Promise.race([rest.catch(() => {}), sleep(random() * (isImport ? 900 : 4000))])
      if (kill !== 'browser') await now.server.kill()
      if (kill !== 'server') killBrowser(profile)
      await now.browser.close().catch(() => {})
      await now.server.stop()
      await rest.catch(() => {})
      const damage = pick(PROFILE_DAMAGES)
      damageProfile(profile, damage, random)
      const torn = random() < 0.4
      if (torn) {
        const folder = onlyProjectIn(dataDir)
        tearEnd(join(folder, 'journal'), '.log', random)
        tearEnd(join(folder, 'blobs'), '.pack', random)
      }
      const gained = memory.reports.size + memory.codings.length - before
      told.push(
        `round ${round}: ${kill} killed in ${isImport ? 'an import' : 'codings'}, +${gained} acknowledged, profile ${damage}${torn ? ', torn ends' : ''}`,
      )

      running = await begin(false)
      await work(running, `between${round}`, 2)
      await running.browser.close()
      await running.server.stop()
      running = await begin(false)
    }
    const acknowledged = memory.reports.size + memory.codings.length
    console.log(told.join('\n'))
    console.log(
      `crash: ${ROUNDS} kills, ${acknowledged} acknowledged, 0 lost, ${rebuilt} working copies rebuilt (seed ${SEED})`,
    )
  } catch (error) {
    console.log(told.join('\n'))
    console.log(`crash: failed with seed ${SEED}`)
    throw error
  } finally {
    await running?.browser.close().catch(() => {})
    await running?.server.stop()
    await home.clean()
  }
})

/** Checks a folder against what a person remembers, naming what is lost. */
function expectRemembered(
  faults: readonly string[],
  memory: Memory,
  state: Awaited<ReturnType<typeof readProjectFolder>>['state'],
): void {
  expect(faults, 'broken promises').toEqual([])
  const idOf = new Map([...state.reports.values()].map(({ title, id }) => [title, id]))
  const lost = [
    ...[...memory.reports].filter(title => !idOf.has(title)),
    ...memory.codings.flatMap(({ report, quote }) => {
      const id = idOf.get(report)
      const items = id ? [...(state.annotations.get(id)?.values() ?? [])] : []
      return items.filter(each => each.quote === quote).length === 1 ? [] : [`${report}: ${quote}`]
    }),
  ]
  if (memory.hasCodes && state.codes.size === 0) lost.push('the codebook')
  expect(lost, 'lost or doubled').toEqual([])
}
