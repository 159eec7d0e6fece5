import type { CodeNode } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'

// Where codes stand in the tree as it is shown, and where a step or a drop would take them.

/** A code's place among its siblings. */
export interface CodePlace {
  readonly node: CodeNode
  /** `null` at the top. */
  readonly parent: CodeNode | null
  readonly siblings: readonly CodeNode[]
  readonly index: number
}

/** Where `moveCode` should take a code: under `parentId`, before `beforeId` or last. */
export interface Destination {
  readonly parentId: CodeId | null
  readonly beforeId: CodeId | null
}

/** One step of a code within the tree: past a sibling, into the one above, out of its parent. */
export type Step = 'up' | 'down' | 'in' | 'out'

/** Every code's place. */
export function placesOf(tree: readonly CodeNode[]): ReadonlyMap<CodeId, CodePlace> {
  const places = new Map<CodeId, CodePlace>()
  const list = (siblings: readonly CodeNode[], parent: CodeNode | null) => {
    for (const [index, node] of siblings.entries()) {
      places.set(node.code.id, { node, parent, siblings, index })
      list(node.children, node)
    }
  }
  list(tree, null)
  return places
}

/** Where a step leads; `null` when there is nowhere to go that way. */
export function stepFrom(
  places: ReadonlyMap<CodeId, CodePlace>,
  id: CodeId,
  step: Step,
): Destination | null {
  const place = places.get(id)
  if (!place) return null
  const { parent, siblings, index } = place
  const parentId = parent?.code.id ?? null
  const above = siblings[index - 1]
  switch (step) {
    case 'up':
      return above ? { parentId, beforeId: above.code.id } : null
    case 'down':
      return siblings[index + 1]
        ? { parentId, beforeId: siblings[index + 2]?.code.id ?? null }
        : null
    case 'in':
      return above ? { parentId: above.code.id, beforeId: null } : null
    case 'out':
      return parent ? dropAt(places, id, { id: parent.code.id, position: 'after' }) : null
  }
}

/** Where dropping a code on, before or after another one takes it; `null` for an unknown one. */
export function dropAt(
  places: ReadonlyMap<CodeId, CodePlace>,
  id: CodeId,
  target: { readonly id: CodeId; readonly position: 'on' | 'before' | 'after' },
): Destination | null {
  const place = places.get(target.id)
  if (!place) return null
  if (target.position === 'on') return { parentId: target.id, beforeId: null }
  const { parent, siblings, index } = place
  const from = target.position === 'before' ? index : index + 1
  const next = siblings.slice(from).find(({ code }) => code.id !== id)
  return { parentId: parent?.code.id ?? null, beforeId: next?.code.id ?? null }
}

/** A text as searching compares it: half-width, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/**
 * The part of the tree that a search finds: codes whose name or definition contains `query`,
 * with their ancestors, and those that were found by their name otherwise, as by pinyin. Everything
 * for an empty query.
 */
export function matching(
  tree: readonly CodeNode[],
  query: string,
  named: ReadonlySet<CodeId> = NONE,
): readonly CodeNode[] {
  const wanted = folded(query).trim()
  if (wanted === '') return tree
  const found = (node: CodeNode): CodeNode | null => {
    const children = node.children.flatMap(child => found(child) ?? [])
    const isFound = named.has(node.code.id) || isHit(node, wanted)
    return isFound || children.length > 0 ? { ...node, children } : null
  }
  return tree.flatMap(node => found(node) ?? [])
}

const NONE: ReadonlySet<CodeId> = new Set()

/** The first code, from the top, that itself contains `query`; `null` for an empty query. */
export function firstMatch(
  tree: readonly CodeNode[],
  query: string,
  named: ReadonlySet<CodeId> = NONE,
): CodeId | null {
  const wanted = folded(query).trim()
  if (wanted === '') return null
  for (const node of tree) {
    const isFound = named.has(node.code.id) || isHit(node, wanted)
    const id = isFound ? node.code.id : firstMatch(node.children, query, named)
    if (id) return id
  }
  return null
}

function isHit({ code: { name, definition } }: CodeNode, wanted: string): boolean {
  return folded(name).includes(wanted) || folded(definition).includes(wanted)
}

/** The codes that have codes below them. */
export function parentsIn(tree: readonly CodeNode[]): CodeId[] {
  return tree.flatMap(({ code, children }) =>
    children.length > 0 ? [code.id, ...parentsIn(children)] : [],
  )
}

/** Where in the list of rows a code's row stands, -1 while a collapsed parent hides it. */
export function rowOf(
  tree: readonly CodeNode[],
  id: CodeId,
  isExpanded: (id: CodeId) => boolean,
): number {
  let row = -1
  let found = -1
  const walk = (nodes: readonly CodeNode[]) => {
    for (const { code, children } of nodes) {
      row += 1
      if (code.id === id) found = row
      if (isExpanded(code.id)) walk(children)
    }
  }
  walk(tree)
  return found
}
