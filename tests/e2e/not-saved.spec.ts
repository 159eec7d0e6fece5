import { execFileSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { onlyProjectIn, readProjectFolder } from '../crash/folder'
import { nothingYet } from '../crash/memory'
import {
  beginImport,
  codeFirst,
  endImport,
  findReport,
  loadCodes,
  openProject,
  SENTENCES,
  sentenceOf,
  stripes,
  writeShort,
} from '../crash/researcher'
import {
  openApp,
  type ServerProcess,
  startBrowser,
  startServer,
  temporaryFolder,
} from '../support/app'
import { freePort } from '../support/port'
import { codebook, library, selectPassage } from '../support/reading'

// What a person sees and can do when something cannot be saved: the reason, one pending step
// that is kept, no editing meanwhile, and a way on that saves the step exactly once.

test('when the service is gone, keeps the step and saves it once after Retry', async () => {
  const world = await freshWorld()
  try {
    const { page, report } = world
    await world.server.kill()
    const second = sentenceOf(report, 1)
    await selectPassage(page, second)
    await page.keyboard.press('2')
    await expectNotSaved(page, 'The page has lost touch with Codicil’s local service')
    await expectLocked(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectNotSaved(page, 'The page has lost touch with Codicil’s local service')
    await expect(stripes(page)).toHaveCount(1)

    world.server = await startServer(world.dataDir, world.port)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectSaved(page, 2)
    await codeNext(page, report, 2)
    await expectSaved(page, 3)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1, 2].map(i => sentenceOf(report, i)))
  } finally {
    await world.end()
  }
})

test('when the service comes back by itself, the next step is saved without asking', async () => {
  const world = await freshWorld()
  try {
    const { page, report } = world
    await world.server.kill()
    world.server = await startServer(world.dataDir, world.port)
    await codeNext(page, report, 1)
    await expectSaved(page, 2)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1].map(i => sentenceOf(report, i)))
  } finally {
    await world.end()
  }
})

test('a step that is given up is nowhere, and work goes on', async () => {
  const world = await freshWorld()
  try {
    const { page, report } = world
    await world.server.kill()
    await codeNext(page, report, 1)
    await expectNotSaved(page, 'The page has lost touch')
    await page.getByRole('button', { name: 'Give up this step' }).click()
    await expectSaved(page, 1)
    world.server = await startServer(world.dataDir, world.port)
    await codeNext(page, report, 2)
    await expectSaved(page, 2)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 2].map(i => sentenceOf(report, i)))
  } finally {
    await world.end()
  }
})

test('another browser is told that the project is open, and may take it over', async () => {
  const world = await freshWorld()
  const other = await startBrowser(join(world.home, 'other-profile'))
  try {
    const { page, report } = world
    const { page: second } = await openApp(other, world.server.url)
    await second.getByRole('button', { name: /Study/ }).first().click()
    await expect(second.getByText('This project is open in another window')).toBeVisible()
    await second.getByRole('button', { name: 'Take over in this window' }).click()
    await findReport(second, report)
    await expect(stripes(second)).toHaveCount(1)
    await codeNext(second, report, 1)
    await expectSaved(second, 2)

    await codeNext(page, report, 2)
    await expect(page.getByText('This project has been opened in another window.')).toBeVisible()
    await expectLocked(page)
    await page.getByRole('button', { name: 'Take over in this window' }).click()
    await findReport(page, report)
    await expectSaved(page, 2)
    await codeNext(page, report, 3)
    await expectSaved(page, 3)
    await other.close()
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1, 3].map(i => sentenceOf(report, i)))
  } finally {
    await other.close()
    await world.end()
  }
})

test('a nearly full disk is warned of, a full one named; with room, Retry saves once', async () => {
  const folder = await temporaryFolder()
  const disk = join(folder.path, 'disk')
  mkdirSync(disk)
  const isMounted = mounted(['-t', 'tmpfs', '-o', 'size=6m', 'codicil', disk])
  test.skip(!isMounted, 'THE FULL DISK WAS NOT TESTED: only root can mount a small disk here.')
  const world = await freshWorld(disk)
  try {
    const { page, report } = world
    const reserve = join(onlyProjectIn(disk), 'reserve')
    expect(statSync(reserve).size).toBe(1024 * 1024)
    const filler = join(disk, 'filler')
    fill(filler)
    // What is left of the journal's last block may take a few steps yet; then the reserve goes.
    let done = 1
    for (; done < 12 && existsSync(reserve); done++) {
      await codeNext(page, report, done)
      await expectSaved(page, done + 1)
    }
    expect(existsSync(reserve)).toBe(false)
    await expect(page.getByText('The disk is nearly full.')).toBeVisible()

    fill(`${filler}-2`)
    const bad = page.getByText('The disk is full')
    for (; done < 2 * SENTENCES && !(await bad.isVisible()); done++) {
      await codeNext(page, report, done)
      await expect(bad.or(stripes(page).nth(done))).toBeVisible()
    }
    await expectNotSaved(page, 'The disk is full')
    await expectLocked(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectNotSaved(page, 'The disk is full')
    rmSync(filler)
    rmSync(`${filler}-2`)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectSaved(page, done)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual(firstQuotes(report, done))

    world.server = await startServer(world.dataDir, world.port)
    world.browser = await startBrowser(world.profile)
    const { page: again, errors } = await openApp(world.browser, world.server.url)
    await openProject(again, 'Study')
    await findReport(again, report)
    await expect(stripes(again)).toHaveCount(done)
    expect(errors).toEqual([])
  } finally {
    await world.end()
    unmount(disk)
    await folder.clean()
  }
})

test('a full disk can be left for another place, where the step is saved once', async () => {
  const folder = await temporaryFolder()
  const disk = join(folder.path, 'disk')
  const other = join(folder.path, 'other')
  mkdirSync(disk)
  mkdirSync(other)
  const isMounted = mounted(['-t', 'tmpfs', '-o', 'size=6m', 'codicil', disk])
  test.skip(
    !isMounted,
    'LEAVING A FULL DISK WAS NOT TESTED: only root can mount a small disk here.',
  )
  const world = await freshWorld(disk)
  try {
    const { page, report } = world
    const done = await codeUntilFull(world, disk)
    await saveElsewhere(page, other)
    await expectSaved(page, done)
    await expect(page.getByText(`The project is now in ${join(other, 'Study')}`)).toBeVisible()
    await codeNext(page, report, done)
    await expectSaved(page, done + 1)
    await page.getByRole('button', { name: 'Back to projects' }).click()
    await expect(page.getByTitle(join(other, 'Study'))).toBeVisible()
    await world.stop()
    expect(readdirSync(other)).toEqual(['Study'])
    expect(await quotesIn(other)).toEqual(firstQuotes(report, done + 1))
    for (const name of readdirSync(disk)) {
      if (name.startsWith('filler')) rmSync(join(disk, name))
    }
    // What was left is sound too, and has everything up to the refused step.
    expect(await quotesIn(disk)).toEqual(firstQuotes(report, done - 1))
  } finally {
    await world.end()
    unmount(disk)
    await folder.clean()
  }
})

test('a folder that is removed during a session is written anew elsewhere, with the step', async () => {
  const world = await freshWorld()
  const other = join(world.home, 'other')
  mkdirSync(other)
  try {
    const { page, report } = world
    await codeNext(page, report, 1)
    await expectSaved(page, 2)
    rmSync(onlyProjectIn(world.dataDir), { recursive: true })
    await codeNext(page, report, 2)
    await expectNotSaved(page, 'is not where it was')
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectNotSaved(page, 'is not where it was')
    await saveElsewhere(page, other)
    await expect(page.getByText('Everything is saved in a new folder')).toBeVisible()
    await page.getByRole('button', { name: 'Go on there' }).click()
    await findReport(page, report)
    await expectSaved(page, 3)
    await codeNext(page, report, 3)
    await expectSaved(page, 4)
    // The step that waited can be undone; what was rescued cannot be taken away by Undo.
    for (const left of [3, 2]) {
      await page.keyboard.press('ControlOrMeta+z')
      await expectSaved(page, left)
    }
    await expect(page.getByRole('banner').getByRole('button', { name: /Undo|undo/ })).toBeDisabled()
    await world.stop()
    expect(readdirSync(other)).toEqual(['Study'])
    expect(await quotesIn(other)).toEqual([0, 1].map(i => sentenceOf(report, i)))

    world.server = await startServer(world.dataDir, world.port)
    world.browser = await startBrowser(world.profile)
    const { page: again } = await openApp(world.browser, world.server.url)
    await openProject(again, 'Study')
    await findReport(again, report)
    await expect(stripes(again)).toHaveCount(2)
  } finally {
    await world.end()
  }
})

test('a folder that was away and is back takes the step at Retry, once', async () => {
  const world = await freshWorld()
  try {
    const { page, report } = world
    const project = onlyProjectIn(world.dataDir)
    const away = join(world.home, 'away')
    renameSync(project, away)
    await codeNext(page, report, 1)
    await expectNotSaved(page, 'is not where it was')
    await expectLocked(page)
    renameSync(away, project)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectSaved(page, 2)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1].map(i => sentenceOf(report, i)))
  } finally {
    await world.end()
  }
})

test('a disk that turns read-only during a session stops editing, and Retry saves once', async () => {
  const world = await freshWorld()
  const journal = join(onlyProjectIn(world.dataDir), 'journal')
  const freeze = (flag: '+i' | '-i') => ran('chattr', ['-R', flag, journal])
  const isFrozen = freeze('+i')
  if (!isFrozen) await world.end()
  test.skip(!isFrozen, 'A DISK TURNING READ-ONLY WAS NOT TESTED: it takes root and ext4 here.')
  try {
    const { page, report } = world
    await codeNext(page, report, 1)
    await expectNotSaved(page, 'The folder is read-only')
    await expectLocked(page)
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectNotSaved(page, 'The folder is read-only')
    freeze('-i')
    await page.getByRole('button', { name: 'Retry' }).click()
    await expectSaved(page, 2)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1].map(i => sentenceOf(report, i)))
  } finally {
    freeze('-i')
    await world.end()
  }
})

test('a disk that takes long is called slow, and the step is saved once', async () => {
  const world = await freshWorld()
  try {
    const { page, report } = world
    world.server.process.kill('SIGSTOP')
    await codeNext(page, report, 1)
    await expect(page.locator('.save-status')).toHaveText('Saving… the disk is slow, please wait')
    world.server.process.kill('SIGCONT')
    await expectSaved(page, 2)
    await world.stop()
    expect(await quotesIn(world.dataDir)).toEqual([0, 1].map(i => sentenceOf(report, i)))
  } finally {
    world.server.process.kill('SIGCONT')
    await world.end()
  }
})

test('a read-only project says so, and opens once it can be written', async () => {
  const world = await freshWorld()
  await world.stop()
  const project = onlyProjectIn(world.dataDir)
  const isMounted = mounted(['--bind', project, project])
  if (!isMounted) await world.end()
  test.skip(!isMounted, 'A READ-ONLY FOLDER WAS NOT TESTED: only root can make one here.')
  try {
    expect(mounted(['-o', 'remount,ro,bind', project])).toBe(true)
    world.server = await startServer(world.dataDir, world.port)
    world.browser = await startBrowser(world.profile)
    const { page } = await openApp(world.browser, world.server.url)
    await page.getByRole('button', { name: /Study/ }).first().click()
    await expect(page.getByText('The folder is read-only')).toBeVisible()
    unmount(project)
    await page.getByRole('button', { name: 'Retry' }).click()
    await findReport(page, world.report)
    await expect(stripes(page)).toHaveCount(1)
  } finally {
    unmount(project)
    await world.end()
  }
})

interface World {
  readonly home: string
  readonly dataDir: string
  readonly profile: string
  readonly port: number
  /** A short report, open, its first sentence coded. */
  readonly report: string
  readonly page: Page
  server: ServerProcess
  browser: BrowserContext
  /** Closes browser and server as a person would. */
  stop(): Promise<void>
  /** Stops what runs and clears up. */
  end(): Promise<void>
}

/** A project with one report, the starter codebook and one coding, open in a browser. */
async function freshWorld(dataDir?: string): Promise<World> {
  const folder = await temporaryFolder()
  const port = await freePort()
  const data = dataDir ?? join(folder.path, 'data')
  const profile = join(folder.path, 'profile')
  const server = await startServer(data, port)
  const browser = await startBrowser(profile)
  const { page } = await openApp(browser, server.url)
  await page.getByRole('button', { name: 'Start empty' }).click()
  await page.getByLabel('Project name').fill('Study')
  await page.getByLabel('Your name (coder)').fill('Ann')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('No reports yet')).toBeVisible()
  await expect(page.locator('.save-status')).toHaveText(/^Saved/)
  const memory = nothingYet()
  const texts = join(folder.path, 'texts')
  const [report] = writeShort(texts, 'report', 1) as [string]
  await beginImport(page, texts, [report])
  await endImport(page, [report], memory)
  await loadCodes(page, memory)
  await codeFirst(page, { report, count: 1, memory })
  const world: World = {
    home: folder.path,
    dataDir: data,
    profile,
    port,
    report,
    page,
    server,
    browser,
    async stop() {
      await world.browser.close()
      await world.server.stop()
    },
    async end() {
      await world.stop()
      await folder.clean()
    },
  }
  return world
}

/** Codes the next sentence; once each has a code, the first of them another one. */
async function codeNext(page: Page, report: string, place: number): Promise<void> {
  const round = Math.floor(place / SENTENCES)
  await selectPassage(page, sentenceOf(report, place % SENTENCES))
  await page.keyboard.press(String(1 + ((place + round) % 6)))
}

/** What so many steps have coded, in the order of the text. */
function firstQuotes(report: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => i % SENTENCES)
    .sort((a, b) => a - b)
    .map(place => sentenceOf(report, place))
}

/** Fills the disk, also what the reserve leaves; answers how many steps were asked for, the last refused. */
async function codeUntilFull({ page, report }: World, disk: string): Promise<number> {
  const bad = page.getByText('The disk is full')
  let done = 1
  for (; done < 2 * SENTENCES && !(await bad.isVisible()); done++) {
    fill(join(disk, `filler-${done}`))
    await codeNext(page, report, done)
    await expect(bad.or(stripes(page).nth(done))).toBeVisible()
  }
  await expectNotSaved(page, 'The disk is full')
  return done
}

/** Saves in another place, from the notice that something is not saved. */
async function saveElsewhere(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Save in another place…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Folder to put it in').fill(join(folder, 'nowhere'))
  await dialog.getByRole('button', { name: 'Save there' }).click()
  await expect(dialog.getByText('This location cannot be used')).toBeVisible()
  await dialog.getByLabel('Folder to put it in').fill(folder)
  await dialog.getByRole('button', { name: 'Save there' }).click()
}

async function expectSaved(page: Page, count: number): Promise<void> {
  await expect(stripes(page)).toHaveCount(count)
  await expect(page.locator('.save-status')).toHaveText(/^Saved/)
}

async function expectNotSaved(page: Page, reason: string): Promise<void> {
  await expect(page.locator('.save-status')).toHaveText('Not saved')
  await expect(page.getByText(reason)).toBeVisible()
  await expect(page.getByText('Your last step is not saved yet and is being kept')).toBeVisible()
}

/** Nothing that writes can be done: not by button, and not by key. */
async function expectLocked(page: Page): Promise<void> {
  const before = await stripes(page).count()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toBeDisabled()
  await expect(library(page).getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  await page.keyboard.press('3')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(codebook(page)).toBeVisible()
  await expect(stripes(page)).toHaveCount(before)
}

/** What the folder's annotations quote, in the order of the texts; the folder must be sound. */
async function quotesIn(dataDir: string): Promise<string[]> {
  const { state, faults } = await readProjectFolder(onlyProjectIn(dataDir))
  expect(faults).toEqual([])
  return [...state.annotations.values()]
    .flatMap(items => [...items.values()])
    .sort((a, b) => a.start - b.start)
    .map(({ quote }) => quote)
}

/** Writes until the disk has no room left. */
function fill(path: string): void {
  const file = openSync(path, 'w')
  try {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

function mounted(args: readonly string[]): boolean {
  return ran('mount', args)
}

/** Whether a command ran to a good end. */
function ran(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function unmount(path: string): void {
  if (!existsSync(path)) return
  try {
    execFileSync('umount', [path], { stdio: 'ignore' })
  } catch {
    // It was not mounted.
  }
}
