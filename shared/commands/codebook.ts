import type { Annotation } from '../domain/annotation'
import { branchOf, type Code, canMove, inSiblingOrder } from '../domain/code'
import type { CodeId } from '../domain/id'
import type { Change } from '../journal/edit'
import { type Command, type ProjectReader, Refusal } from './command'
import { nameOf } from './name'

/** What a researcher says of a new code. */
export interface CodeDraft {
  readonly name: string
  readonly color: string
  readonly parentId: CodeId | null
  readonly definition?: string
  readonly include?: string
  readonly exclude?: string
  readonly example?: string
}

/** Adds a code as the last one under its parent, with the lowest number key that is free. */
export function addCode(draft: CodeDraft): Command {
  return async (project, actor) => {
    const codes = await project.codes()
    if (draft.parentId !== null && !codes.some(code => code.id === draft.parentId)) {
      throw new Refusal('code-missing')
    }
    const after: Code = {
      id: actor.newId() as CodeId,
      parentId: draft.parentId,
      rank: rankAfterLast(codes, draft.parentId),
      name: nameOf(draft.name),
      color: draft.color,
      definition: draft.definition ?? '',
      include: draft.include ?? '',
      exclude: draft.exclude ?? '',
      example: draft.example ?? '',
      digit: freeDigits(codes)[0] ?? null,
      createdAt: actor.now(),
    }
    return { label: 'addCode', about: after.name, changes: [changed(null, after)] }
  }
}

/** What can be said of a code without moving it. */
export type CodeDescription = Partial<
  Pick<Code, 'name' | 'color' | 'definition' | 'include' | 'exclude' | 'example'>
>

/** Renames, recolours or describes a code. What is left out stays. */
export function describeCode(id: CodeId, description: CodeDescription): Command {
  return async project => {
    const before = await existing(project, id)
    const name = description.name === undefined ? before.name : nameOf(description.name)
    const after: Code = { ...before, ...description, name }
    const isSame = (Object.keys(after) as (keyof Code)[]).every(key => after[key] === before[key])
    const onlyFields = Object.keys(description)
    const label =
      onlyFields.length > 1
        ? 'describeCode'
        : onlyFields[0] === 'name'
          ? 'renameCode'
          : onlyFields[0] === 'color'
            ? 'recolorCode'
            : 'describeCode'
    return { label, about: after.name, changes: isSame ? [] : [changed(before, after)] }
  }
}

/**
 * Moves a code, with everything below it, under `parentId` and there before `beforeId`, or to
 * the end where that is `null`.
 */
export function moveCode(id: CodeId, parentId: CodeId | null, beforeId: CodeId | null): Command {
  return async project => {
    const before = await existing(project, id)
    const codes = await project.codes()
    if (!canMove(codes, id, parentId)) throw new Refusal('move-into-itself')
    const siblings = codes.filter(code => code.parentId === parentId && code.id !== id)
    siblings.sort(inSiblingOrder)
    const at = siblings.findIndex(code => code.id === beforeId)
    const place = beforeId === null || at < 0 ? siblings.length : at
    const low = siblings[place - 1]?.rank ?? (siblings[place]?.rank ?? 1) - 2
    const high = siblings[place]?.rank ?? low + 2
    const rank = (low + high) / 2
    const about = before.name
    if (isOrdered(codes, before, parentId, place)) return { label: 'moveCode', about, changes: [] }
    if (low < rank && rank < high) {
      return { label: 'moveCode', about, changes: [changed(before, { ...before, parentId, rank })] }
    }
    // The ranks have come too close to fit one in between: the siblings are numbered anew.
    const order = [...siblings.slice(0, place), before, ...siblings.slice(place)]
    const changes = order.flatMap((code, i) => {
      const after = code.id === id ? { ...code, parentId, rank: i + 1 } : { ...code, rank: i + 1 }
      const isSame = after.rank === code.rank && after.parentId === code.parentId
      return isSame ? [] : [changed(code, after)]
    })
    return { label: 'moveCode', about, changes }
  }
}

/** Gives a code a number key, 1 to 9, and takes it from the code that had it; `null` frees it. */
export function setDigit(id: CodeId, digit: number | null): Command {
  return async project => {
    const before = await existing(project, id)
    const changes: Change[] = []
    if (before.digit !== digit) {
      changes.push(changed(before, { ...before, digit }))
      const holder = (await project.codes()).find(code => digit !== null && code.digit === digit)
      if (holder) changes.push(changed(holder, { ...holder, digit: null }))
    }
    return { label: 'setDigit', about: before.name, changes }
  }
}

/** What deleting a code would take along. */
export interface DeletionPreview {
  /** The code and everything below it. */
  readonly codes: readonly Code[]
  /** How many annotations carry one of them. */
  readonly annotations: number
  /** How many reports those are in. */
  readonly reports: number
}

/** Says what {@link deleteCode} would do, without doing it. */
export async function previewDeletion(
  project: ProjectReader,
  id: CodeId,
): Promise<DeletionPreview> {
  const codes = branchOf(await project.codes(), id)
  const uses = await project.usesOf(codes.map(code => code.id))
  return {
    codes,
    annotations: uses.length,
    reports: new Set(uses.map(use => use.reportId)).size,
  }
}

/**
 * Deletes a code and everything below it. Its annotations go too, or pass to `heirId`; where
 * the heir's code is on the same passage by the same coder already, nothing is doubled.
 */
export function deleteCode(id: CodeId, heirId: CodeId | null): Command {
  return async project => {
    const root = await existing(project, id)
    const branch = branchOf(await project.codes(), id)
    const ids = new Set(branch.map(code => code.id))
    if (heirId !== null && (ids.has(heirId) || !(await project.code(heirId)))) {
      throw new Refusal('code-missing')
    }
    const uses = await project.usesOf([...ids])
    const changes: Change[] = branch.map(code => changed(code, null))
    const kept = heirId === null ? [] : await project.usesOf([heirId])
    const taken = new Set(kept.map(placeKey))
    for (const before of uses) {
      const after: Annotation | null = heirId === null ? null : { ...before, codeId: heirId }
      const isDouble = after !== null && taken.has(placeKey(after))
      if (after) taken.add(placeKey(after))
      changes.push({ table: 'annotations', id: before.id, before, after: isDouble ? null : after })
    }
    return { label: 'deleteCode', about: root.name, changes }
  }
}

/** A code of a codebook that is being loaded: known by its key, not yet by an id. */
export interface LoadedCode extends Omit<CodeDraft, 'parentId'> {
  readonly key: string
  readonly parentKey: string | null
}

/**
 * Adds all codes of a codebook below what is there. A code whose path is there already is not
 * doubled: its branch is joined to the one that stands. Parents come before their children.
 * Number keys that are free go to the new codes at the top.
 */
export function loadCodebook(title: string, loaded: readonly LoadedCode[]): Command {
  return async (project, actor) => {
    const present = [...(await project.codes())]
    const idOfKey = new Map<string, CodeId>()
    const digits = freeDigits(present)
    const changes: Change[] = []
    for (const { key, parentKey, ...draft } of loaded) {
      const parentId = parentKey === null ? null : (idOfKey.get(parentKey) ?? null)
      const name = nameOf(draft.name)
      const known = present.find(code => code.parentId === parentId && code.name === name)
      if (known) {
        idOfKey.set(key, known.id)
        continue
      }
      const after: Code = {
        id: actor.newId() as CodeId,
        parentId,
        rank: rankAfterLast(present, parentId),
        name,
        color: draft.color,
        definition: draft.definition ?? '',
        include: draft.include ?? '',
        exclude: draft.exclude ?? '',
        example: draft.example ?? '',
        digit: parentId === null ? (digits.shift() ?? null) : null,
        createdAt: actor.now(),
      }
      present.push(after)
      idOfKey.set(key, after.id)
      changes.push(changed(null, after))
    }
    return { label: 'loadCodebook', about: title, changes }
  }
}

/** Whether the code stands already where a move would put it. */
function isOrdered(
  codes: readonly Code[],
  code: Code,
  parentId: CodeId | null,
  place: number,
): boolean {
  if (code.parentId !== parentId) return false
  const siblings = codes.filter(each => each.parentId === parentId).sort(inSiblingOrder)
  return siblings.findIndex(each => each.id === code.id) === place
}

function rankAfterLast(codes: readonly Code[], parentId: CodeId | null): number {
  let rank = 0
  for (const code of codes) if (code.parentId === parentId) rank = Math.max(rank, code.rank)
  return Math.floor(rank) + 1
}

function freeDigits(codes: readonly Code[]): number[] {
  const taken = new Set(codes.map(code => code.digit))
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(digit => !taken.has(digit))
}

function placeKey({ reportId, coderId, start, end }: Annotation): string {
  return `${reportId} ${coderId} ${start} ${end}`
}

async function existing(project: ProjectReader, id: CodeId): Promise<Code> {
  const code = await project.code(id)
  if (!code) throw new Refusal('code-missing')
  return code
}

function changed(before: Code | null, after: Code | null): Change {
  return { table: 'codes', id: (before ?? after)!.id, before, after }
}
