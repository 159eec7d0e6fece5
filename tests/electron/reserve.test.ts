import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openReserve } from '../../electron/host/reserve'
import { failingDisk } from '../support/faults'
import { freshFolder } from '../support/folder'

const BYTES = 64 * 1024

it('holds real room, gives it away once, and holds it again after a few chances', async () => {
  const path = join(await freshFolder(), 'reserve')
  const reserve = await openReserve(path, BYTES)
  expect(reserve.isHeld).toBe(true)
  const { size, blocks } = await stat(path)
  expect(size).toBe(BYTES)
  expect(blocks * 512).toBeGreaterThanOrEqual(BYTES)
  expect(await reserve.release()).toBe(true)
  expect(await reserve.release()).toBe(false)
  await expect(stat(path)).rejects.toThrow()
  let chances = 0
  for (; !reserve.isHeld; chances++) await reserve.refill()
  expect(chances).toBe(8)
  expect((await stat(path)).size).toBe(BYTES)
})

it('takes the room that was held before for its own, and not a part of it', async () => {
  const path = join(await freshFolder(), 'reserve')
  await openReserve(path, BYTES)
  const faults = await failingDisk()
  faults.arm(2, 'EIO', { isLasting: true })
  expect((await openReserve(path, BYTES)).isHeld).toBe(true)
  expect(faults.calls).toBe(1)
  faults.heal()
  await writeFile(path, 'cut short')
  expect((await openReserve(path, BYTES)).isHeld).toBe(true)
  expect((await stat(path)).size).toBe(BYTES)
})

it('is never an error: without room, or where nothing can be written, it is not held', async () => {
  const folder = await freshFolder()
  expect((await openReserve(join(folder, 'reserve'), 2 ** 50)).isHeld).toBe(false)
  const missing = await openReserve(join(folder, 'absent/reserve'), BYTES)
  expect(missing.isHeld).toBe(false)
  for (let i = 0; i < 20; i++) await missing.refill()
  expect(await missing.release()).toBe(false)
})

it('leaves no part of itself when it could not be written', async () => {
  const path = join(await freshFolder(), 'reserve')
  const faults = await failingDisk()
  for (let n = 1; n <= 3; n++) {
    faults.arm(n, 'EIO')
    const reserve = await openReserve(path, BYTES)
    const isThere = await stat(path).then(
      () => true,
      () => false,
    )
    expect(isThere).toBe(reserve.isHeld)
    await reserve.release()
    faults.heal()
  }
})
