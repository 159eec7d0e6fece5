import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { temporaryFolder } from '../support/app'

// The one test in real Electron. Everything else is proved behind the browser door or in
// Node; this shows that the desktop's own door opens and is closed where it should be.

const ROOT = join(import.meta.dirname, '../..')
const hasElectron =
  existsSync(join(ROOT, 'node_modules/electron/path.txt')) ||
  Boolean(process.env.ELECTRON_OVERRIDE_DIST_PATH)

test('opens a window whose page reaches the host, its store, and nothing of Node', async () => {
  if (!hasElectron) console.warn('ELECTRON SMOKE TEST DID NOT RUN: no Electron runtime here.')
  test.skip(!hasElectron, 'ELECTRON SMOKE TEST DID NOT RUN: no Electron runtime here.')
  const folder = await temporaryFolder()
  const app = await _electron.launch({
    args: [ROOT, `--data-dir=${folder.path}`],
    cwd: ROOT,
  })
  try {
    const page = await app.firstWindow()
    await expect(page.getByRole('main')).toBeVisible()
    expect(page.url()).toBe('app://main/')
    const seen = await page.evaluate(async () => {
      const bridge = (window as unknown as { codicil: Record<string, unknown> }).codicil
      const call = bridge.call as (name: string, body: Uint8Array) => Promise<Uint8Array>
      // The empty list of arguments, as shared/wire.ts encodes it.
      const answer = await call('about', new Uint8Array([2, 0, 0, 0, 0x5b, 0x5d]))
      const store = await new Promise<string>(resolve => {
        const opening = indexedDB.open('smoke')
        opening.onsuccess = () => resolve('open')
        opening.onerror = () => resolve(String(opening.error))
      })
      return {
        node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
        bridge: Object.keys(bridge),
        about: JSON.parse(new TextDecoder().decode(answer.subarray(4))) as unknown,
        store,
        window: window.open('https://example.org/') === null,
      }
    })
    expect(seen).toMatchObject({
      node: ['undefined', 'undefined'],
      bridge: ['call'],
      about: { ok: true, value: { door: 'desktop' } },
      store: 'open',
      window: true,
    })
  } finally {
    await app.close()
    await folder.clean()
  }
})
