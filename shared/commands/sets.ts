import type { ReportId, ReportSetId } from '../domain/id'
import { membersOf, type ReportSet } from '../domain/variable'
import type { Change, EditLabel } from '../journal/edit'
import { type Command, type ProjectReader, Refusal } from './command'
import { nameOf } from './name'

/** A set to save: by hand with its reports, or by rule with its filter as JSON. */
export type NewSet = { readonly name: string } & (
  | { readonly members: readonly ReportId[] }
  | { readonly rule: string }
)

/** Saves a set of reports under a name that no other set has. */
export function saveSet(wish: NewSet): Command {
  return async (project, actor) => {
    const name = await freeName(project, wish.name, null)
    const id = actor.newId() as ReportSetId
    const after: ReportSet = {
      id,
      name,
      members: 'members' in wish ? await joined(project, wish.members) : null,
      rule: 'rule' in wish ? wish.rule : null,
      createdAt: actor.now(),
    }
    return {
      label: 'saveSet',
      about: name,
      changes: [{ table: 'sets', id, before: null, after }],
    }
  }
}

/** Gives a set another name, one that no other set has. */
export function renameSet(id: ReportSetId, name: string): Command {
  return changed(id, 'renameSet', async (set, project) => ({
    ...set,
    name: await freeName(project, name, id),
  }))
}

/** Puts reports into a set by hand and takes others out. Refuses a set by rule. */
export function changeSetMembers(
  id: ReportSetId,
  { add, remove }: { readonly add: readonly ReportId[]; readonly remove: readonly ReportId[] },
): Command {
  return changed(id, 'changeSet', async (set, project) => {
    if (set.members === null) throw new Refusal('set-by-rule')
    const gone = new Set(remove)
    const wanted = [...membersOf(set), ...add].filter(each => !gone.has(each))
    const members = await joined(project, wanted)
    return { ...set, members }
  })
}

/** Gives a set another rule. What was in it by hand is in it no longer. */
export function changeSetRule(id: ReportSetId, rule: string): Command {
  return changed(id, 'changeSet', async set => ({ ...set, members: null, rule }))
}

/** Forgets a set. Its reports stay. */
export function deleteSet(id: ReportSetId): Command {
  return changed(id, 'deleteSet', async () => null)
}

/** The changes that take reports out of the sets by hand that name them. */
export function withoutMembers(
  sets: readonly ReportSet[],
  isGone: (id: ReportId) => boolean,
): Change[] {
  const changes: Change[] = []
  for (const before of sets) {
    const members = membersOf(before)
    const left = members.filter(id => !isGone(id))
    if (left.length === members.length) continue
    const after = { ...before, members: left.join(' ') }
    changes.push({ table: 'sets', id: before.id, before, after })
  }
  return changes
}

function changed(
  id: ReportSetId,
  label: EditLabel,
  change: (set: ReportSet, project: ProjectReader) => Promise<ReportSet | null>,
): Command {
  return async project => {
    const before = (await project.sets()).find(set => set.id === id)
    if (!before) throw new Refusal('set-missing')
    const after = await change(before, project)
    const isSame =
      after?.name === before.name && after.members === before.members && after.rule === before.rule
    return {
      label,
      about: (after ?? before).name,
      changes: isSame ? [] : [{ table: 'sets', id, before, after }],
    }
  }
}

async function freeName(
  project: ProjectReader,
  typed: string,
  own: ReportSetId | null,
): Promise<string> {
  const name = nameOf(typed)
  const isTaken = (await project.sets()).some(set => set.name === name && set.id !== own)
  if (isTaken) throw new Refusal('name-taken')
  return name
}

/** Each report once, and none that was removed while somebody chose. */
async function joined(project: ProjectReader, ids: readonly ReportId[]): Promise<string> {
  const wanted = new Set(ids)
  const present = new Set((await project.reportsOf([...wanted])).map(({ id }) => id))
  return [...wanted].filter(id => present.has(id)).join(' ')
}
