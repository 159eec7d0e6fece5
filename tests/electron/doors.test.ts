import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CoderId, Hash, ProjectId } from '../../shared/domain/id'
import type { NewEntry } from '../../shared/journal/history'
import { decodeWire, encodeWire } from '../../shared/wire'
import { browserDoor, type Door, desktopDoor } from '../support/doors'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'

const doors: readonly [string, (folder: string) => Promise<Door>][] = [
  ['desktop', desktopDoor],
  ['browser', browserDoor],
]

describe.each(doors)('behind the %s door', (name, open) => {
  it('says who it is and where projects go', async () => {
    const { host, home } = await open(await freshFolder())
    const about = await host.about()
    expect(about).toMatchObject({ door: name, version: '0.0.0', home: { label: home } })
  })

  it('makes a project whose journal begins with its coder, and lists it', async () => {
    const { host, home } = await open(await freshFolder())
    const { id, coderId } = await newProject(host, '各市 2023')
    expect(await host.listProjects()).toMatchObject([
      { id, name: '各市 2023', folder: join(home, '各市 2023'), state: 'ready', openedAt: 0 },
    ])
    const project = await host.openProject(id, { clientId: 'c1', takeOver: false })
    expect(project).toMatchObject({ name: '各市 2023', lastSeq: 1, coderId, wasSettled: false })
    const [first] = await host.readJournal(project.session, 1)
    expect(first).toMatchObject({ seq: 1, label: 'addCoder', about: 'Ann' })
  })

  it('keeps what was appended and stored over closing and opening', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c1', takeOver: false })
    expect(await host.append(session, adding('x'))).toEqual({ seq: 2 })
    const blobs = [bytesOf('报告'), bytesOf(''), bytesOf('报告')]
    const hashes = await host.putBlobs(session, blobs)
    expect(hashes).toEqual(blobs.map(sha256))
    await host.closeProject(session)
    await expect(host.append(session, adding('y'))).rejects.toMatchObject({
      reason: 'session-ended',
    })

    const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
    expect(again).toMatchObject({ lastSeq: 2, tornBytes: 0 })
    expect(await host.readBlobs(again.session, hashes)).toEqual(blobs)
    const absent = sha256(bytesOf('absent'))
    await expect(host.readBlobs(again.session, [absent])).rejects.toMatchObject({
      reason: 'blob-missing',
      details: { hash: absent },
    })
  })

  it('trusts a working copy only once its page has said that it came to rest', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const opened = async (clientId: string) => {
      const project = await host.openProject(id, { clientId, takeOver: true })
      return project
    }
    const first = await opened('c1')
    expect(first.wasSettled).toBe(false)
    await host.settleCopy(first.session, 1)
    const second = await opened('c1')
    expect(second.wasSettled).toBe(true)
    expect((await opened('c1')).wasSettled).toBe(false)
    const third = await opened('c1')
    await host.settleCopy(third.session, 1)
    expect((await opened('c2')).wasSettled).toBe(false)
    const fourth = await opened('c1')
    expect(fourth.wasSettled).toBe(true)
    await host.settleCopy(fourth.session, 1)
    await host.append(fourth.session, adding('x'))
    await host.settleCopy(fourth.session, 1)
    expect((await opened('c1')).wasSettled).toBe(false)
  })

  it('never trusts a copy that was written to while it was said to rest', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    for (let round = 0; round < 20; round++) {
      const project = await host.openProject(id, { clientId: 'c1', takeOver: true })
      await Promise.all([
        host.settleCopy(project.session, project.lastSeq),
        host.append(project.session, adding(`n${round}`)),
      ])
      const again = await host.openProject(id, { clientId: 'c1', takeOver: true })
      expect(again.wasSettled).toBe(false)
    }
  })

  it('lets one page write: another client is refused, or takes over and ends the first', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const first = await host.openProject(id, { clientId: 'c1', takeOver: false })
    await expect(host.openProject(id, { clientId: 'c2', takeOver: false })).rejects.toMatchObject({
      reason: 'open-elsewhere',
    })
    await host.append(first.session, adding('kept'))
    const second = await host.openProject(id, { clientId: 'c2', takeOver: true })
    expect(second.lastSeq).toBe(2)
    await expect(host.append(first.session, adding('late'))).rejects.toMatchObject({
      reason: 'session-ended',
    })
    expect(await host.append(second.session, adding('next'))).toEqual({ seq: 3 })
  })

  it('gives appends that arrive together one number each, in order', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c1', takeOver: false })
    const seqs = await Promise.all(
      Array.from({ length: 20 }, (_, i) => host.append(session, adding(`n${i}`))),
    )
    expect(seqs.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2),
    )
  })

  it('renames, trashes and restores a project', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'One')
    await host.renameProject(id, ' Two  words ')
    expect((await host.listProjects())[0]?.name).toBe('Two words')
    await host.trashProject(id)
    const [trashed] = await host.listProjects()
    expect(trashed).toMatchObject({ state: 'trashed', name: 'Two words' })
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'not-found',
    })
    await writeFile(join(home, 'One'), 'in the way')
    await host.restoreProject(id)
    expect((await host.listProjects())[0]).toMatchObject({
      state: 'ready',
      folder: join(home, 'One (2)'),
    })
    await host.openProject(id, { clientId: 'c', takeOver: false })
    await expect(host.trashProject(id)).rejects.toMatchObject({ reason: 'open-elsewhere' })
  })

  it('shows a project whose folder is gone as missing, and can take it off the list', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'Gone')
    await host.forgetProject(id)
    expect(await host.listProjects()).toHaveLength(1)
    await rm(join(home, 'Gone'), { recursive: true })
    expect((await host.listProjects())[0]).toMatchObject({ state: 'missing', name: 'Gone' })
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'vanished',
    })
    await host.forgetProject(id)
    expect(await host.listProjects()).toEqual([])
  })

  it('makes folders of any name, and refuses names that are none', async () => {
    const { host, home } = await open(await freshFolder())
    await newProject(host, '../../etc/passwd')
    await newProject(host, 'CON')
    await newProject(host, '法'.repeat(200))
    await newProject(host, '///')
    await newProject(host, '///')
    for (const folder of await readdir(home)) {
      expect(Buffer.byteLength(folder)).toBeLessThanOrEqual(130)
      expect(await readdir(join(home, folder))).toContain('codicil.json')
    }
    expect((await readdir(home)).sort()).toEqual(
      ['Codicil', 'Codicil (2)', '_CON', 'etc passwd', '法'.repeat(40)].sort(),
    )
    for (const bad of ['', '  \n', 'x'.repeat(201)]) {
      await expect(newProject(host, bad)).rejects.toMatchObject({ reason: 'name-invalid' })
    }
  })

  it('refuses a project written by a newer version, and a folder that is none', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'New')
    const manifest = join(home, 'New/codicil.json')
    const newer = (await readFile(manifest, 'utf8')).replace('"format": 1', '"format": 2')
    await writeFile(manifest, newer)
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'newer-version',
      details: { format: 2 },
    })
    expect(await readFile(manifest, 'utf8')).toBe(newer)
    await writeFile(manifest, '{')
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'not-a-project',
    })
  })

  it('writes exports whole, under a free name, and leaves nothing of what was given up', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    const place = await host.exportPlace(session)
    for (const folderName of ['数据/1', '数据/1']) {
      const { sink } = await host.openSink(place.token, folderName)
      await host.writeSink(sink, 'a.csv', bytesOf('x'))
      await host.writeSink(sink, 'a.csv', bytesOf('y'))
      await host.writeSink(sink, 'b.json', bytesOf('{}'))
      await expect(host.writeSink(sink, '../c', bytesOf('z'))).rejects.toMatchObject({
        reason: 'name-invalid',
      })
      const { folder, files } = await host.closeSink(sink)
      expect(await readFile(join(folder, 'a.csv'), 'utf8')).toBe('xy')
      expect(files).toMatchObject([
        { name: 'a.csv', bytes: 2, sha256: sha256(bytesOf('xy')) },
        { name: 'b.json', bytes: 2 },
      ])
    }
    const { sink } = await host.openSink(place.token, 'given up')
    await host.writeSink(sink, 'a.csv', bytesOf('x'))
    await host.abortSink(sink)
    expect((await readdir(place.label)).sort()).toEqual(['数据 1', '数据 1 (2)'])
    await expect(host.closeSink(sink)).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('refuses calls that do not fit the contract, and writes nothing for them', async () => {
    const { host, carrier } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    const good = adding('x')
    const row = good.kind === 'import' ? null : good.changes[0]!.after
    const change = { table: 'codes', id: 'x', before: null, after: row }
    const bad: unknown[] = [
      undefined,
      null,
      {},
      { ...good, kind: 'erase' },
      { ...good, label: 'no such label' },
      { ...good, changes: [] },
      { ...good, extra: 1 },
      { ...good, changes: [{ ...change, table: 'meta' }] },
      { ...good, changes: [{ ...change, id: 'other' }] },
      { ...good, changes: [{ ...change, after: null }] },
      { ...good, changes: [{ ...change, after: { ...row, color: 'red; }' } }] },
      { ...good, changes: [{ ...change, after: { ...row, rank: Number.POSITIVE_INFINITY } }] },
      { ...good, changes: [{ ...change, after: { ...row, more: true } }] },
    ]
    for (const entry of bad) {
      await expect(host.append(session, entry as NewEntry)).rejects.toMatchObject({
        reason: 'invalid-call',
      })
    }
    for (const call of ['toString', '__proto__', 'constructor', 'shutDown', '']) {
      const answer = decodeWire(await carrier(call, encodeWire([])))
      expect(answer).toMatchObject({ ok: false, reason: 'invalid-call' })
    }
    for (const body of [new Uint8Array(), new Uint8Array([9, 0, 0, 0, 1]), encodeWire('no list')]) {
      const answer = decodeWire(await carrier('listProjects', body as Uint8Array<ArrayBuffer>))
      expect(answer).toMatchObject({ ok: false, reason: 'invalid-call' })
    }
    expect(await host.readJournal(session, 2)).toEqual([])
  })

  it('opens a journal with a torn end, says so once, and goes on after it', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'Torn')
    const opened = await host.openProject(id, { clientId: 'c', takeOver: false })
    await host.append(opened.session, adding('kept'))
    await host.append(opened.session, adding('torn'))
    await host.closeProject(opened.session)
    const log = join(home, 'Torn/journal/000001.log')
    await writeFile(log, (await readFile(log)).subarray(0, -5))
    const again = await host.openProject(id, { clientId: 'c', takeOver: false })
    expect(again.lastSeq).toBe(2)
    expect(again.tornBytes).toBeGreaterThan(0)
    await host.append(again.session, adding('next'))
    await host.closeProject(again.session)
    const last = await host.openProject(id, { clientId: 'c', takeOver: false })
    expect(last).toMatchObject({ lastSeq: 3, tornBytes: 0 })
  })

  it('acknowledges nothing that goes into a file which was deleted or replaced meanwhile', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'Synced')
    const opened = await host.openProject(id, { clientId: 'c', takeOver: false })
    await host.append(opened.session, adding('kept'))
    const log = join(home, 'Synced/journal/000001.log')
    const bytes = await readFile(log)
    await rm(log)
    await writeFile(log, bytes)
    await expect(host.append(opened.session, adding('lost'))).rejects.toMatchObject({
      reason: 'vanished',
    })
    expect(await host.append(opened.session, adding('again'))).toEqual({ seq: 3 })
    await host.putBlobs(opened.session, [bytesOf('one')])
    await rm(join(home, 'Synced/blobs/000001.pack'))
    await expect(host.putBlobs(opened.session, [bytesOf('two')])).rejects.toMatchObject({
      reason: 'vanished',
    })
    await host.closeProject(opened.session)
    const again = await host.openProject(id, { clientId: 'c', takeOver: false })
    const names = (await host.readJournal(again.session, 1)).map(entry =>
      entry.kind === 'import' ? '' : entry.about,
    )
    expect(names).toEqual(['Ann', 'kept', 'again'])
  })

  it('goes on with a project whose folder was away and came back', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'Away')
    const opened = await host.openProject(id, { clientId: 'c', takeOver: false })
    await rename(join(home, 'Away'), join(home, '.away'))
    await expect(host.append(opened.session, adding('x'))).rejects.toMatchObject({
      reason: expect.stringMatching(/^(vanished|session-ended)$/),
    })
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'vanished',
    })
    await rename(join(home, '.away'), join(home, 'Away'))
    const again = await host.openProject(id, { clientId: 'c', takeOver: false })
    expect(await host.append(again.session, adding('x'))).toEqual({ seq: 2 })
  })

  it('takes, lists, pins and reads snapshots', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    await host.append(session, adding('x'))
    const snapshot = await host.takeSnapshot(session)
    expect(snapshot).toMatchObject({
      name: '00000002',
      seq: 2,
      reason: 'by-hand',
      isPinned: false,
      counts: { reports: 0, codes: 1, coders: 1, annotations: 0 },
    })
    expect(await host.takeSnapshot(session)).toBeNull()
    await host.pinSnapshot(id, '00000002', true)
    expect(await host.listSnapshots(id)).toEqual({
      snapshots: [{ ...snapshot, isPinned: true }],
      damaged: [],
      failure: null,
      secondPlace: null,
    })
    const { rows, next } = await host.readSnapshot(id, '00000002', 0)
    expect(next).toBeNull()
    expect(rows.map(({ table }) => table)).toEqual(['coders', 'codes'])
    for (const bad of ['../2', '2', '000000002', '']) {
      await expect(host.readSnapshot(id, bad, 0)).rejects.toMatchObject({ reason: 'invalid-call' })
    }
    await expect(host.readSnapshot(id, '00000002', 1)).rejects.toMatchObject({
      reason: 'invalid-call',
    })
    await expect(host.readSnapshot(id, '00000009', 0)).rejects.toMatchObject({
      reason: 'snapshot-missing',
    })
  })

  it('lets any number of pages read beside the one that writes, now or as it was', async () => {
    const { host } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    const [hash] = await host.putBlobs(session, [bytesOf('文')])
    await host.takeSnapshot(session)
    await host.append(session, adding('x'))
    const views = [
      await host.readProject(id, null),
      await host.readProject(id, null),
      await host.readProject(id, '00000001'),
    ]
    expect(
      views.map(({ lastSeq, snapshot, isReadOnly }) => [lastSeq, snapshot, isReadOnly]),
    ).toEqual([
      [2, null, true],
      [2, null, true],
      [1, '00000001', true],
    ])
    await host.append(session, adding('y'))
    for (const { session: view, snapshot } of views) {
      expect(await host.readJournal(view, 1)).toHaveLength(snapshot ? 1 : 2)
      expect(await host.readJournal(view, 3)).toHaveLength(snapshot ? 0 : 1)
      expect(await host.readBlobs(view, [hash!])).toEqual([bytesOf('文')])
      await expect(host.append(view, adding('z'))).rejects.toMatchObject({ reason: 'viewing-only' })
      await host.closeProject(view)
      await expect(host.readJournal(view, 1)).rejects.toMatchObject({ reason: 'session-ended' })
    }
    expect(await host.append(session, adding('z'))).toEqual({ seq: 4 })
  })

  it('keeps a copy of the whole project in a second place', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host)
    const { session } = await host.openProject(id, { clientId: 'c', takeOver: false })
    await host.append(session, adding('x'))
    const { token } = (await host.about()).home
    await host.setSecondPlace(id, token)
    const label = join(home, 'Study (Codicil backup)')
    const shown = async () => (await host.listSnapshots(id)).secondPlace
    await expect
      .poll(shown)
      .toEqual({ label, syncedAt: expect.any(Number) as number, failure: null })
    const log = 'journal/000001.log'
    expect(await readFile(join(label, log))).toEqual(await readFile(join(home, 'Study', log)))
    expect(await host.listProjects()).toMatchObject([{ id, folder: join(home, 'Study') }])
    await host.setSecondPlace(id, null)
    expect(await shown()).toBeNull()
    const inside = await host.exportPlace(session)
    await mkdir(inside.label)
    await expect(host.setSecondPlace(id, inside.token)).rejects.toMatchObject({
      reason: 'place-invalid',
    })
  })

  it('refuses a damaged journal with its reason', async () => {
    const { host, home } = await open(await freshFolder())
    const { id } = await newProject(host, 'Bad')
    const log = join(home, 'Bad/journal/000001.log')
    const bytes = await readFile(log)
    bytes[40]! ^= 1
    await writeFile(log, bytes)
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'journal-damaged',
      details: { file: '000001.log' },
    })
    expect(await readdir(join(home, 'Bad'))).not.toContain('lock')
    await rm(join(home, 'Bad/journal/000001.log'))
    await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
      reason: 'journal-missing',
    })
  })
})

it('takes a typed folder behind the browser door, and refuses what is none', async () => {
  const folder = await freshFolder()
  const { host } = await browserDoor(folder)
  const place = await host.choosePlace(folder)
  expect(place?.label).toBe(folder)
  await writeFile(join(folder, 'file'), '')
  for (const path of ['', 'relative/path', join(folder, 'absent'), join(folder, 'file'), '/\0']) {
    await expect(host.choosePlace(path)).rejects.toMatchObject({ reason: 'place-invalid' })
  }
})

it('takes the folder from the system dialog on the desktop, whatever the page says', async () => {
  const folder = await freshFolder()
  const chosen = join(folder, 'chosen')
  await mkdir(chosen)
  expect((await (await desktopDoor(folder, chosen)).host.choosePlace('/etc'))?.label).toBe(chosen)
  const other = await freshFolder()
  expect(await (await desktopDoor(other, null)).host.choosePlace('/etc')).toBeNull()
})

it('adds a project folder that was copied here, but not beside its original', async () => {
  const folder = await freshFolder()
  const { host, home } = await browserDoor(folder)
  const { id } = await newProject(host, 'Original')
  const elsewhere = await freshFolder()
  const { cp } = await import('node:fs/promises')
  await cp(join(home, 'Original'), join(elsewhere, 'Copy'), { recursive: true })
  const place = await host.choosePlace(join(elsewhere, 'Copy'))
  await expect(host.addProject(place!.token)).rejects.toMatchObject({ reason: 'already-listed' })
  await rm(join(home, 'Original'), { recursive: true })
  expect(await host.addProject(place!.token)).toEqual({ id })
  expect((await host.openProject(id, { clientId: 'c', takeOver: false })).folder).toBe(place!.label)
  const none = await host.choosePlace(elsewhere)
  await expect(host.addProject(none!.token)).rejects.toMatchObject({ reason: 'not-a-project' })
})

const isRoot = process.getuid?.() === 0
if (isRoot) console.warn('A FOLDER NOBODY MAY WRITE TO WAS NOT OPENED: root may write to all.')

it.skipIf(isRoot)('says that a folder may not be written to', async () => {
  const folder = await freshFolder()
  const { host, home } = await browserDoor(folder)
  const { id } = await newProject(host, 'Fixed')
  await chmod(join(home, 'Fixed'), 0o500)
  await expect(host.openProject(id, { clientId: 'c', takeOver: false })).rejects.toMatchObject({
    reason: 'read-only',
  })
  await chmod(join(home, 'Fixed'), 0o700)
})

async function newProject(
  host: Door['host'],
  name = 'Study',
): Promise<{ id: ProjectId; coderId: CoderId }> {
  const { home } = await host.about()
  return host.createProject({ name, coderName: 'Ann', place: home.token })
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function sha256(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex') as Hash
}
