import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { startBrowser, temporaryFolder } from '../support/app'

// Not a test of ours but a record of Chromium's: what its own store makes of a log that was cut
// short. It is why the journal is the truth and the browser's store a copy. Either answer is
// good; should it change one day, this says so.

const ROWS = 100
const LATER = 100

test('records what Chromium makes of a store whose log was cut short', async () => {
  const home = await temporaryFolder()
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Store</title>')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  /** Opens the store, counts its rows, and adds some. */
  const visit = async (
    profile: string,
    rows: number,
  ): Promise<{ found: number; version: string }> => {
    const browser = await startBrowser(profile)
    try {
      const page = browser.pages()[0] ?? (await browser.newPage())
      await page.goto(url)
      const found = await countAndAdd(page, rows)
      return { found, version: browser.browser()?.version() ?? (await versionOf(page)) }
    } finally {
      await browser.close()
    }
  }
  try {
    const told: string[] = []
    let version = ''
    for (const lost of [1, 200, 9_000]) {
      const profile = join(home.path, `profile-${lost}`)
      mkdirSync(profile)
      const before = await visit(profile, ROWS)
      version = before.version
      const logs = logsIn(profile)
      const longest = logs.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]
      expect(longest, 'the store has a log to cut').toBeDefined()
      truncateSync(longest!, Math.max(0, sizeOf(longest!) - lost))
      const first = await visit(profile, LATER)
      const second = await visit(profile, 0)
      const outcome =
        second.found === 0 ? 'EMPTY' : second.found < first.found + LATER ? 'incomplete' : 'whole'
      told.push(
        `${lost} bytes lost of ${before.found + ROWS} rows: first start ${first.found}, ${LATER} more written, second start ${second.found}: ${outcome}`,
      )
    }
    console.log(`sentinel, Chromium ${version}:\n  ${told.join('\n  ')}`)
    writeFileSync(test.info().outputPath('sentinel.txt'), told.join('\n'))
  } finally {
    server.close()
    await home.clean()
  }
})

/** How many rows there are, before `rows` more are added one by one, each flushed to disk. */
function countAndAdd(page: Page, rows: number): Promise<number> {
  return page.evaluate(async rows => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const opening = indexedDB.open('sentinel', 1)
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore('rows', { autoIncrement: true })
    const db = await asked(opening)
    const found = await asked(db.transaction('rows').objectStore('rows').count())
    for (let i = 0; i < rows; i++) {
      const transaction = db.transaction('rows', 'readwrite', { durability: 'strict' })
      transaction.objectStore('rows').add({ i, text: 'x'.repeat(150) })
      await new Promise(resolve => {
        transaction.oncomplete = resolve
      })
    }
    db.close()
    return found
  }, rows)
}

function versionOf(page: Page): Promise<string> {
  return page.evaluate(() => /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? 'unknown')
}

function logsIn(profile: string): string[] {
  const folder = join(profile, 'Default/IndexedDB')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.log'))
    .map(name => join(folder, name))
}

function sizeOf(path: string): number {
  return readFileSync(path).length
}
