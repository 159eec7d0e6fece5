import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CoderId, Hash, ProjectId } from '../../shared/domain/id'
import type { OpenedProject } from '../../shared/host'
import { frameOf, payloadAt, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry } from '../../shared/journal/history'
import { rowsIn, type TableRow } from '../../shared/journal/rows'
import { emptyState, fold, type ProjectState } from '../../shared/journal/state'
import { JOURNAL_FORMAT } from '../../shared/journal/upcast'
import { browserDoor, type Door, desktopDoor } from '../support/doors'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'

// Project folders that earlier formats of the journal were written to, kept as they were: reports,
// coded, removed and brought back in two files, the first of which ends in a write that was cut
// short. That of format 2 has a snapshot, too.

const FORMATS = [1, 2]

interface Expected {
  readonly seq: number
  readonly history: ProjectState['history']
  readonly rows: readonly TableRow[]
  /** By hash. */
  readonly texts: Readonly<Record<Hash, string>>
}

const doors: readonly [string, (folder: string, dialog: string) => Promise<Door>][] = [
  ['desktop', desktopDoor],
  ['browser', browserDoor],
]

const cases = doors.flatMap(([name, open]) =>
  FORMATS.map(
    format => [name, format, (root: string) => open(root, join(root, 'home/study'))] as const,
  ),
)

describe.each(cases)('behind the %s door, a folder of format %d', (_name, format, open) => {
  it('opens as it was left, with its texts and its history', async () => {
    const { door, id } = await copied(open, format)
    const project = await door.host.openProject(id, { clientId: 'c', takeOver: false })
    const expected = await expectedState(format)
    expect(project).toMatchObject({ lastSeq: expected.seq, tornBytes: 0 })
    const state = await stateOf(door, project)
    expect([...rowsIn(state)]).toEqual(expected.rows.map(asToday))
    expect(state.history).toEqual(expected.history)
    const hashes = Object.keys(expected.texts) as Hash[]
    const blobs = await door.host.readBlobs(project.session, hashes)
    expect(blobs.map(blob => new TextDecoder().decode(blob))).toEqual(Object.values(expected.texts))
  })

  it('goes on in a new file that says who wrote it, and is whole after two restarts', async () => {
    const { door, id, folder } = await copied(open, format)
    const before = await filesIn(folder)
    const expected = await expectedState(format)
    for (const name of ['a', 'b']) {
      const { session } = await door.host.openProject(id, { clientId: 'c', takeOver: false })
      await door.host.append(session, { ...adding(name), coderId: 'me' as CoderId })
      await door.host.closeProject(session)
    }
    const project = await door.host.openProject(id, { clientId: 'c', takeOver: false })
    expect(project.lastSeq).toBe(expected.seq + 2)
    const added = [...rowsIn(await stateOf(door, project))].filter(
      ({ row }) => !expected.rows.some(known => known.row.id === row.id),
    )
    expect(added.map(({ row }) => row.id)).toEqual(['a', 'b'])
    await door.host.closeProject(project.session)

    const after = await filesIn(folder)
    for (const path of before.keys()) expect(after.get(path)).toEqual(before.get(path))
    const begun = [...after.keys()].filter(path => /^journal/.test(path) && !before.has(path))
    expect(begun).toEqual(['journal/000003.log'])
    expect(headIn(after.get('journal/000003.log')!)).toMatchObject({
      format: JOURNAL_FORMAT,
      app: '0.0.0',
      after: expected.seq,
      continues: { file: '000002.log', bytes: before.get('journal/000002.log')!.length },
    })
  })

  it('is refused once a later version has written to it, and no byte is touched', async () => {
    const { door, id, folder } = await copied(open, format)
    const path = join(folder, 'journal/000002.log')
    const old = await readFile(path)
    const later = { ...headIn(old), format: JOURNAL_FORMAT + 1 }
    const rest = old.subarray(scanFrames(old).frames[0]!.end)
    const head = frameOf(new TextEncoder().encode(JSON.stringify(later)))
    await writeFile(path, Buffer.concat([head, rest]))
    const before = await filesIn(folder)
    await expect(
      door.host.openProject(id, { clientId: 'c', takeOver: false }),
    ).rejects.toMatchObject({ reason: 'newer-version', details: { format: JOURNAL_FORMAT + 1 } })
    expect(await filesIn(folder)).toEqual(before)
  })

  it('is refused once its layout is a later one, and no byte is touched', async () => {
    const { door, id, folder } = await copied(open, format)
    const path = join(folder, 'codicil.json')
    const manifest = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify({ ...manifest, format: 2 }))
    const before = await filesIn(folder)
    await expect(
      door.host.openProject(id, { clientId: 'c', takeOver: false }),
    ).rejects.toMatchObject({ reason: 'newer-version', details: { format: 2 } })
    expect(await filesIn(folder)).toEqual(before)
  })
})

it('reads a snapshot of an earlier format in the shape of today', async () => {
  const { door, id } = await copied(root => desktopDoor(root, join(root, 'home/study')), 2)
  const { snapshots, damaged } = await door.host.listSnapshots(id)
  expect({ names: snapshots.map(({ name }) => name), damaged }).toEqual({
    names: ['00000005'],
    damaged: [],
  })
  const { rows } = await door.host.readSnapshot(id, '00000005', 0)
  const { rows: later } = await expectedState(2)
  const reports = later.filter(({ row }) => row.id === 'r1' || row.id === 'r2').map(asToday)
  expect(rows.filter(({ table }) => table === 'reports')).toEqual(reports)
})

it('says in the head of a new journal which version of the program began it', async () => {
  const { host, home } = await desktopDoor(await freshFolder())
  const { home: place } = await host.about()
  await host.createProject({ name: 'New', coderName: 'Ann', place: place.token })
  const head = headIn(await readFile(join(home, 'New/journal/000001.log')))
  expect(head).toMatchObject({ codicil: 'journal', format: JOURNAL_FORMAT, app: '0.0.0', after: 0 })
})

/** The stored folder, copied to where it may be written to, and listed. */
async function copied(
  open: (root: string) => Promise<Door>,
  format: number,
): Promise<{ door: Door; id: ProjectId; folder: string }> {
  const root = await freshFolder()
  const folder = join(root, 'home/study')
  await mkdir(join(root, 'home'))
  await cp(join(fixtureOf(format), 'project'), folder, { recursive: true })
  const door = await open(root)
  const place = await door.host.choosePlace(folder)
  const { id } = await door.host.addProject(place!.token)
  return { door, id, folder }
}

function fixtureOf(format: number): string {
  return resolve(`tests/fixtures/folder-${format}`)
}

async function expectedState(format: number): Promise<Expected> {
  return JSON.parse(await readFile(join(fixtureOf(format), 'expected.json'), 'utf8')) as Expected
}

/** A row of before format 3 with what every report was then: a text file. */
function asToday({ table, row }: TableRow): TableRow {
  if (table !== 'reports') return { table, row } as TableRow
  const file = { path: row.fileName, row: null, markupHash: null, hanChars: null }
  return { table, row: { ...row, ...file, format: 'txt', extractor: 'txt/1' } }
}

async function stateOf({ host }: Door, { session, lastSeq }: OpenedProject): Promise<ProjectState> {
  const state = emptyState()
  while (state.seq < lastSeq) {
    const entries: JournalEntry[] = await host.readJournal(session, state.seq + 1)
    for (const entry of entries) fold(state, entry)
  }
  return state
}

/** Every file of the project itself, with its bytes: without what a running host keeps beside it. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>()
  for (const path of await readdir(folder, { recursive: true })) {
    if (!/^(codicil\.json|journal\/.*|blobs\/.*)$/.test(path)) continue
    found.set(path, await readFile(join(folder, path)))
  }
  return found
}

function headIn(file: Uint8Array): Record<string, unknown> {
  const { start } = scanFrames(file).frames[0]!
  return JSON.parse(new TextDecoder().decode(payloadAt(file, start)!)) as Record<string, unknown>
}
