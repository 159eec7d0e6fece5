import { randomUUID } from 'node:crypto'
import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sweepLeavings } from '../../electron/host/leavings'
import { takeLock } from '../../electron/host/lock'
import { freshFolder } from '../support/folder'
import { programIn, startProject } from '../support/program'

const TWO_DAYS_AGO = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000)
const recovering = '.codicil-recovering-01hzy3v7m2abcdefghjk'

it('removes what killed programs have left a day ago, in the usual place and among uploads, as the program starts', async () => {
  const folder = await freshFolder()
  await left(join(folder, 'home', partial()))
  await left(join(folder, 'home', recovering))
  await mkdir(join(folder, 'data/uploads'), { recursive: true })
  await old(join(folder, 'data/uploads', randomUUID()))
  const young = partial()
  await left(join(folder, 'home', young), new Date())
  await programIn(folder)
  expect(await readdir(join(folder, 'home'))).toEqual([young])
  expect(await readdir(join(folder, 'data/uploads'))).toEqual([])
})

it('removes them in any other place when that is next used', async () => {
  const folder = await freshFolder()
  const { host } = await programIn(folder)
  const { id, folder: project } = await startProject(host)
  await left(join(folder, partial()))
  await left(join(project, 'exports', partial()))
  const place = (await host.choosePlace(folder))!.token
  await host.abortRefuge(await host.openRefuge(id, place))
  expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('partial'))
  const sink = await host.openSink((await host.choosePlace(join(project, 'exports')))!.token, 'out')
  await host.closeSink(sink.sink)
  expect(await readdir(join(project, 'exports'))).toEqual(['out'])
})

it('leaves alone what is in use, what is new, and what others have named so', async () => {
  const place = await freshFolder()
  const names = [
    partial(),
    partial(),
    '.codicil-partial-mine',
    '.codicil-recovering-',
    'Study',
    partial(),
  ].sort()
  for (const name of names) await left(join(place, name))
  const [held, touched, linked] = names.filter(name => name.length > 40)
  await takeLock(join(place, held!))
  await writeFile(join(place, touched!, 'new'), '')
  await old(join(place, touched!), { isFolder: true })
  const elsewhere = await freshFolder()
  await left(join(elsewhere, 'Precious'))
  const link = partial()
  await symlink(join(elsewhere, 'Precious'), join(place, link))
  await sweepLeavings(place)
  const kept = [...names.filter(name => name !== linked), link].sort()
  expect(await readdir(place)).toEqual(kept)
  expect(await readdir(join(elsewhere, 'Precious'))).toEqual(['journal'])
})

function partial(): string {
  return `.codicil-partial-${randomUUID()}`
}

/** A folder with something in it that nobody has touched since. */
async function left(folder: string, at = TWO_DAYS_AGO): Promise<void> {
  await mkdir(join(folder, 'journal'), { recursive: true })
  await utimes(join(folder, 'journal'), at, at)
  await utimes(folder, at, at)
}

async function old(path: string, { isFolder } = { isFolder: false }): Promise<void> {
  if (!isFolder) await writeFile(path, '')
  await utimes(path, TWO_DAYS_AGO, TWO_DAYS_AGO)
}
