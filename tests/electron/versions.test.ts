import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CoderId, Hash, ProjectId } from '../../shared/domain/id'
import type { OpenedProject } from '../../shared/host'
import { frameOf, payloadAt, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry } from '../../shared/journal/history'
import { rowsIn, type TableRow } from '../../shared/journal/rows'
import { emptyState, fold, type ProjectState } from '../../shared/journal/state'
import { browserDoor, type Door, desktopDoor } from '../support/doors'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'

// A project folder that format 1 of the journal was written to, kept as it was: four reports,
// coded, undone and redone in two files, the first of which ends in a write that was cut short.

const FIXTURE = resolve('tests/fixtures/folder-1')

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

describe.each(doors)('behind the %s door, a folder of the first format', (_name, open) => {
  it('opens as it was left, with its texts and its history', async () => {
    const { door, id } = await copied(open)
    const project = await door.host.openProject(id, { clientId: 'c', takeOver: false })
    const expected = await expectedState()
    expect(project).toMatchObject({ lastSeq: expected.seq, tornBytes: 0 })
    const state = await stateOf(door, project)
    expect([...rowsIn(state)]).toEqual(expected.rows)
    expect(state.history).toEqual(expected.history)
    const hashes = Object.keys(expected.texts) as Hash[]
    const blobs = await door.host.readBlobs(project.session, hashes)
    expect(blobs.map(blob => new TextDecoder().decode(blob))).toEqual(Object.values(expected.texts))
  })

  it('goes on in a new file that says who wrote it, and is whole after two restarts', async () => {
    const { door, id, folder } = await copied(open)
    const before = await filesIn(folder)
    const expected = await expectedState()
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
      format: 2,
      app: '0.0.0',
      after: expected.seq,
      continues: { file: '000002.log', bytes: before.get('journal/000002.log')!.length },
    })
  })

  it('is refused once a later version has written to it, and no byte is touched', async () => {
    const { door, id, folder } = await copied(open)
    const path = join(folder, 'journal/000002.log')
    const old = await readFile(path)
    const later = { ...headIn(old), format: 3 }
    const rest = old.subarray(scanFrames(old).frames[0]!.end)
    const head = frameOf(new TextEncoder().encode(JSON.stringify(later)))
    await writeFile(path, Buffer.concat([head, rest]))
    const before = await filesIn(folder)
    await expect(
      door.host.openProject(id, { clientId: 'c', takeOver: false }),
    ).rejects.toMatchObject({ reason: 'newer-version', details: { format: 3 } })
    expect(await filesIn(folder)).toEqual(before)
  })

  it('is refused once its layout is a later one, and no byte is touched', async () => {
    const { door, id, folder } = await copied(open)
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

it('says in the head of a new journal which version of the program began it', async () => {
  const { host, home } = await desktopDoor(await freshFolder())
  const { home: place } = await host.about()
  await host.createProject({ name: 'New', coderName: 'Ann', place: place.token })
  const head = headIn(await readFile(join(home, 'New/journal/000001.log')))
  expect(head).toMatchObject({ codicil: 'journal', format: 2, app: '0.0.0', after: 0 })
})

/** The stored folder, copied to where it may be written to, and listed. */
async function copied(
  open: (folder: string, dialog: string) => Promise<Door>,
): Promise<{ door: Door; id: ProjectId; folder: string }> {
  const root = await freshFolder()
  const folder = join(root, 'home/study')
  await mkdir(join(root, 'home'))
  await cp(join(FIXTURE, 'project'), folder, { recursive: true })
  const door = await open(root, folder)
  const place = await door.host.choosePlace(folder)
  const { id } = await door.host.addProject(place!.token)
  return { door, id, folder }
}

async function expectedState(): Promise<Expected> {
  return JSON.parse(await readFile(join(FIXTURE, 'expected.json'), 'utf8')) as Expected
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
