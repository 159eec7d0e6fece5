import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { freshFolder } from '../support/folder'

// The module runs before there are packages, so it is started as it is, in a folder of its own
// where no npm is to be found.

const LOCK = '{ "lockfileVersion": 3 }'
const LOCK_SHA256 = 'b5591b507fbb203a1169ef9f00f6a9c4d1e87618aad9b8ce2b045689f27cec44'

let root: string

beforeEach(async () => {
  root = join(await freshFolder(), 'codicil')
  await mkdir(join(root, 'electron'), { recursive: true })
  await cp(resolve('electron/ensure.mjs'), join(root, 'electron/ensure.mjs'))
  await writeFile(join(root, 'package-lock.json'), LOCK)
})

describe('making sure of the packages', () => {
  it('leaves what a link leads to alone, and says so in both languages', async () => {
    const elsewhere = await linked()
    await writeFile(join(elsewhere, 'precious.txt'), 'x')
    const { code, said } = await ensured()
    expect(code).toBe(1)
    expect(said).toContain(`node_modules is a link to ${elsewhere}`)
    expect(said).toContain('Nothing was changed there')
    expect(said).toContain('\u90a3\u91cc\u6ca1\u6709\u4efb\u4f55\u6539\u52a8')
    expect(said).not.toContain('Installing')
    expect(await readdir(elsewhere)).toEqual(['precious.txt'])
  })

  it('refuses a link that leads to nothing, too', async () => {
    await symlink(join(root, 'nowhere'), join(root, 'node_modules'), 'junction')
    expect(await ensured()).toMatchObject({ code: 1, said: expect.stringContaining('nowhere') })
  })

  it('is content with a link to just the packages that the lock file names', async () => {
    await writeFile(join(await linked(), '.codicil-lock'), LOCK_SHA256)
    expect(await ensured()).toEqual({ code: 0, said: '' })
  })

  it('installs where there is a folder of its own, or none', async () => {
    expect((await ensured()).said).toContain('Installing packages')
    await mkdir(join(root, 'node_modules'))
    const { code, said } = await ensured()
    expect([code, said.includes('could not be installed')]).toEqual([1, true])
  })
})

/** Another folder, to which `node_modules` is a link. */
async function linked(): Promise<string> {
  const elsewhere = join(root, '../elsewhere')
  await mkdir(elsewhere)
  await symlink(elsewhere, join(root, 'node_modules'), 'junction')
  return elsewhere
}

function ensured(): Promise<{ code: number; said: string }> {
  const script = "import { ensurePackages } from './electron/ensure.mjs'; ensurePackages()"
  const args = ['--input-type=module', '--eval', script]
  return new Promise(done => {
    const env = { PATH: join(root, 'empty') }
    execFile(process.execPath, args, { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, said: stdout + stderr })
    })
  })
}
