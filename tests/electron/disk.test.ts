import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { freeName, hostErrorOf, safeFileName, writeFileWhole } from '../../electron/host/disk'
import { HostError } from '../../shared/host'
import { freshFolder } from '../support/folder'

it.each([
  ['各市 2023', '各市 2023'],
  ['a/b\\c:d', 'a b c d'],
  ['../../etc/passwd', 'etc passwd'],
  ['..', ''],
  ['. .', ''],
  ['', ''],
  ['///', ''],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['com1', '_com1'],
  ['console', 'console'],
  ['name. ', 'name'],
  ['.hidden', 'hidden'],
  ['a\u0000b\nc\td', 'a b c d'],
  ['x\u202egpj.exe', 'x gpj.exe'],
  ['<>:"|?*', ''],
  ['e\u0301', '\u00e9'],
  ['\ud800x', 'x'],
  ['法'.repeat(50), '法'.repeat(40)],
  ['\u{1F4D1}'.repeat(40), '\u{1F4D1}'.repeat(30)],
])('makes of %j the file name %j', (typed, expected) => {
  expect(safeFileName(typed)).toBe(expected)
})

it('makes names that every file system takes, and leaves those as they are', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom('.', ' ', '/', '\\', 'C', 'O', 'N', '1', '法', '\u0301') }),
  )
  fc.assert(
    fc.property(typed, name => {
      const safe = safeFileName(name)
      expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(120)
      expect(safe).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[. ]|[. ]$/u)
      expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      expect(safeFileName(safe)).toBe(safe)
    }),
    { numRuns: 2000 },
  )
})

it('finds the first name that is free, among files and folders', async () => {
  const folder = await freshFolder()
  expect(await freeName(folder, 'a')).toBe(join(folder, 'a'))
  await writeFile(join(folder, 'a'), '')
  await mkdir(join(folder, 'a (2)'))
  expect(await freeName(folder, 'a')).toBe(join(folder, 'a (3)'))
})

it('replaces a file whole, and leaves nothing else behind', async () => {
  const folder = await freshFolder()
  const path = join(folder, 'a.json')
  await writeFileWhole(path, 'old')
  await writeFileWhole(path, 'new')
  expect(await readFile(path, 'utf8')).toBe('new')
  expect(await readdir(folder)).toEqual(['a.json'])
})

it('leaves the old file as it was when the new one cannot take its place', async () => {
  const folder = await freshFolder()
  const path = join(folder, 'taken')
  await mkdir(path)
  await writeFile(join(path, 'inside'), 'old')
  await expect(writeFileWhole(path, 'new')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['taken'])
  expect(await readFile(join(path, 'inside'), 'utf8')).toBe('old')
  await expect(writeFileWhole(join(folder, 'absent/a'), 'new')).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['taken'])
})

it.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'disk-full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EPERM', 'read-only'],
  ['ENOENT', 'vanished'],
  ['ESTALE', 'vanished'],
  ['EIO', 'disk-error'],
])('tells %s to the page as %s', (code, reason) => {
  const error = hostErrorOf(Object.assign(new Error('at /home/ann'), { code }))
  expect(error).toMatchObject({ reason, details: { code } })
})

it('passes a reason of its own on, and calls the rest unknown', () => {
  const own = new HostError('locked', { pid: 1 })
  expect(hostErrorOf(own)).toBe(own)
  expect(hostErrorOf('odd')).toMatchObject({ reason: 'disk-error', details: { code: 'unknown' } })
})
