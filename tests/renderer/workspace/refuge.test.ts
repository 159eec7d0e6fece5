import { expect, it } from 'vitest'
import { saveInRefuge } from '../../../renderer/workspace/refuge'
import { assignCode } from '../../../shared/commands/annotate'
import type { CoderId, Hash, ProjectId } from '../../../shared/domain/id'
import { HostError, type PlaceToken, type SessionToken } from '../../../shared/host'
import { invert } from '../../../shared/journal/edit'
import type { JournalEntry, NewEntry } from '../../../shared/journal/history'
import { emptyState, fold } from '../../../shared/journal/state'
import { contentOf, freshProject, passageOf, rowsOfState, TEXT } from '../../support/project'

const BY = { at: 9, coderId: 'me' as CoderId }

it('writes every row anew, then the step that waits, which alone can be undone', async () => {
  const project = await codedProject()
  const pending = await pendingStep(project)
  const { host, journal, blobs } = refugeHost('unreadable')
  const report = await saveInRefuge(host, wishOf(project, pending))
  expect(report).toEqual({ folder: '/other', lostTexts: 0, lostOriginals: 3 })
  expect(journal.map(entry => entry.kind !== 'import' && entry.label)).toEqual([
    'rescue',
    'assignCode',
  ])
  const state = emptyState()
  for (const entry of journal) fold(state, entry)
  expect(state.history).toEqual({ done: [2], undone: [] })
  const { reports, sum: _, ...rows } = contentOf(rowsOfState(state))
  await project.run(assignCode(passageOf(project.reports[0]!.id, 5, 15), project.codes[1]))
  const { reports: before, sum: __, ...expected } = contentOf(await project.rows())
  const loose = (each: typeof rows) => ({ ...each, annotations: each.annotations.length })
  expect(loose(rows)).toEqual(loose(expected))
  // What was imported is gone; the text stands in for it.
  expect(reports).toEqual(before.map(each => ({ ...each, originalHash: each.textHash })))
  expect(blobs).toEqual([TEXT, TEXT, TEXT])
})

it('keeps originals that can still be read', async () => {
  const project = await codedProject()
  const { host, blobs } = refugeHost('readable')
  const pending = await pendingStep(project)
  expect(await saveInRefuge(host, wishOf(project, pending))).toMatchObject({ lostOriginals: 0 })
  expect(blobs.filter(blob => blob.startsWith('original'))).toHaveLength(3)
})

it('takes an undo that waits into the rows, since what it names is in the old journal', async () => {
  const project = await codedProject()
  const last = project.journal.at(-1)
  if (last?.kind !== 'do') throw new Error('no step to undo')
  const pending: NewEntry = {
    kind: 'undo',
    of: last.seq,
    label: last.label,
    about: last.about,
    changes: invert(last.changes),
    ...BY,
  }
  const { host, journal } = refugeHost('unreadable')
  await saveInRefuge(host, wishOf(project, pending))
  expect(journal).toHaveLength(1)
  await project.undo()
  const state = emptyState()
  for (const entry of journal) fold(state, entry)
  expect(rowsOfState(state).annotations).toEqual((await project.rows()).annotations)
})

it('gives up the new folder when anything fails, or when it is cancelled', async () => {
  const project = await codedProject()
  const pending = await pendingStep(project)
  for (const call of ['append', 'putBlobs', 'closeRefuge'] as const) {
    const { host, outcome } = refugeHost('unreadable')
    Object.assign(host, { [call]: () => Promise.reject(new HostError('disk-full')) })
    await expect(saveInRefuge(host, wishOf(project, pending))).rejects.toMatchObject({
      reason: 'disk-full',
    })
    expect(outcome()).toBe('aborted')
  }
  const { host, outcome } = refugeHost('unreadable')
  const signal = AbortSignal.abort()
  await expect(saveInRefuge(host, wishOf(project, pending), { signal })).rejects.toThrow()
  expect(outcome()).toBe('aborted')
})

async function codedProject() {
  const project = await freshProject()
  for (const { textHash } of project.reports)
    await project.db.texts.put({ hash: textHash, text: TEXT })
  await project.run(assignCode(passageOf(project.reports[0]!.id, 0, 4), project.codes[0]))
  return project
}

type Project = Awaited<ReturnType<typeof codedProject>>

async function pendingStep(project: Project): Promise<NewEntry> {
  const passage = passageOf(project.reports[0]!.id, 5, 15)
  const edit = await project.plan(assignCode(passage, project.codes[1]))
  return { kind: 'do', of: null, ...edit, ...BY }
}

function wishOf({ db }: Project, pending: NewEntry) {
  return {
    id: 'p' as ProjectId,
    name: 'Study',
    db,
    session: 'old' as SessionToken,
    place: 'place' as PlaceToken,
    pending,
    by: BY,
  }
}

/** A host whose old folder is as said, and which remembers what a refuge was filled with. */
function refugeHost(old: 'readable' | 'unreadable') {
  const journal: JournalEntry[] = []
  const blobs: string[] = []
  let end = ''
  const host: Parameters<typeof saveInRefuge>[0] = {
    openRefuge: async () => 'refuge' as SessionToken,
    append: async (_, entry) => {
      journal.push(structuredClone({ ...entry, seq: journal.length + 1 }) as JournalEntry)
      return { seq: journal.length }
    },
    putBlobs: async (_, items) => {
      blobs.push(...items.map(item => new TextDecoder().decode(item)))
      return items.map(() => '' as Hash)
    },
    readBlobs: async (_, hashes) => {
      if (old === 'unreadable') throw new HostError('vanished')
      return hashes.map(hash => new TextEncoder().encode(hash))
    },
    closeRefuge: async () => {
      end = 'closed'
      return { folder: '/other' }
    },
    abortRefuge: async () => {
      end = 'aborted'
    },
  }
  return { host, journal, blobs, outcome: () => end }
}
