import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { nothingYet } from '../crash/memory'
import { beginImport, endImport, sentenceOf, writeShort } from '../crash/researcher'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { freePort } from '../support/port'
import { openReport } from '../support/reading'
import { textsInCopy } from '../support/texts-in-copy'

// Reports come into the working copy first, their texts after them. Nobody at the page notices.

test('texts follow an import, and come from the folder where they are not yet', async () => {
  const folder = await temporaryFolder()
  const data = join(folder.path, 'data')
  const texts = join(folder.path, 'texts')
  const port = await freePort()
  let server = await startServer(data, port)
  const browser = await startBrowser(join(folder.path, 'profile'))
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: 'Open the sample project' }).click()
    await expect(page.getByRole('grid').first()).toBeVisible()
    await expect.poll(() => textsInCopy(page), { timeout: 60_000 }).toBe(6)

    const names = writeShort(texts, 'report', 120)
    await beginImport(page, texts, names)
    await endImport(page, names, nothingYet())
    await expect.poll(() => textsInCopy(page), { timeout: 60_000 }).toBe(126)
    await page.reload()
    await expect(page.getByRole('grid').first()).toBeVisible()
    // A copy that had not come to rest is built anew, and filled again.
    await expect.poll(() => textsInCopy(page), { timeout: 60_000 }).toBe(126)

    // Without its texts, and with a host that was started again and knows of no session.
    await textsInCopy(page, { clear: true })
    await server.kill()
    server = await startServer(data, port)
    await openReport(page, names[7]!)
    await expect(page.getByText(sentenceOf(names[7]!, 3))).toBeVisible()
    const more = writeShort(texts, 'later', 2)
    await beginImport(page, texts, more)
    await endImport(page, more, nothingYet())
    await expect.poll(() => textsInCopy(page), { timeout: 60_000 }).toBe(128)
    expect(errors.filter(error => !/ERR_CONNECTION|Failed to fetch/.test(error))).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})
