import type { CodeId } from './id'

/**
 * A category of the codebook. Codes form a tree through `parentId`; siblings stand in the
 * order of `rank`.
 */
export interface Code {
  readonly id: CodeId
  /** `null` for a code at the top. */
  readonly parentId: CodeId | null
  /** Any finite number; only the order among siblings means something. */
  readonly rank: number
  readonly name: string
  /** `#rrggbb`. */
  readonly color: string
  /** What the code stands for. This and the next three may be empty and may hold newlines. */
  readonly definition: string
  readonly include: string
  readonly exclude: string
  readonly example: string
  /** The number key that applies it, 1 to 9; `null` for none. No two codes share one. */
  readonly digit: number | null
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** A code with its place in the tree. */
export interface CodeNode {
  readonly code: Code
  /** 0 for a code at the top. */
  readonly depth: number
  readonly children: readonly CodeNode[]
}

/** How many codes may stand above one another; one that is deeper stands at the top. */
export const MAX_CODE_DEPTH = 64

/** What separates the names in a code's path, in exports and on screen. */
export const PATH_SEPARATOR = ' / '

/** Siblings in codebook order: by rank, then by id so that equal ranks never waver. */
export function inSiblingOrder(a: Code, b: Code): number {
  return a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/**
 * The codebook as a tree. A code whose parent is missing, that is its own ancestor, or that is
 * deeper than {@link MAX_CODE_DEPTH}, stands at the top rather than vanishing.
 */
export function codeTree(codes: readonly Code[]): CodeNode[] {
  const known = new Map(codes.map(code => [code.id, code]))
  const childrenOf = new Map<CodeId | null, Code[]>()
  for (const code of codes) {
    const parentId = hasSoundParent(code, known) ? code.parentId : null
    const siblings = childrenOf.get(parentId)
    if (siblings) siblings.push(code)
    else childrenOf.set(parentId, [code])
  }
  return grow(null, 0)

  function grow(parentId: CodeId | null, depth: number): CodeNode[] {
    const siblings = [...(childrenOf.get(parentId) ?? [])].sort(inSiblingOrder)
    return siblings.map(code => ({ code, depth, children: grow(code.id, depth + 1) }))
  }
}

/** All codes in the order in which the codebook lists them: parents before children. */
export function inCodebookOrder(codes: readonly Code[]): Code[] {
  const listed: Code[] = []
  const list = (nodes: readonly CodeNode[]) => {
    for (const node of nodes) {
      listed.push(node.code)
      list(node.children)
    }
  }
  list(codeTree(codes))
  return listed
}

/** A code and everything below it, the code first, in codebook order. Empty for an unknown id. */
export function branchOf(codes: readonly Code[], id: CodeId): Code[] {
  const find = (nodes: readonly CodeNode[]): CodeNode | null => {
    for (const node of nodes) {
      const found = node.code.id === id ? node : find(node.children)
      if (found) return found
    }
    return null
  }
  const root = find(codeTree(codes))
  const flat = (node: CodeNode): Code[] => [node.code, ...node.children.flatMap(flat)]
  return root ? flat(root) : []
}

/**
 * The names from the top down to a code, joined by {@link PATH_SEPARATOR}. A backslash in a
 * name, and a slash that stands alone there, are escaped by a backslash, so that paths can be
 * taken apart again.
 */
export function codePath(codes: ReadonlyMap<CodeId, Code>, id: CodeId): string {
  return ancestry(codes, id)
    .map(code => code.name.replaceAll('\\', '\\\\').replace(/(?<=^| )\/(?= |$)/g, '\\/'))
    .join(PATH_SEPARATOR)
}

/** Whether `id` may become a child of `parentId`: not of itself, nor of anything below it. */
export function canMove(codes: readonly Code[], id: CodeId, parentId: CodeId | null): boolean {
  if (parentId === null) return true
  const byId = new Map(codes.map(code => [code.id, code]))
  return byId.has(parentId) && !ancestry(byId, parentId).some(code => code.id === id)
}

/** A code's ancestors from the top, ending with the code itself. Stops at a cycle. */
function ancestry(codes: ReadonlyMap<CodeId, Code>, id: CodeId): Code[] {
  const line: Code[] = []
  const seen = new Set<CodeId>()
  for (let code = codes.get(id); code && !seen.has(code.id); ) {
    seen.add(code.id)
    line.push(code)
    code = code.parentId === null ? undefined : codes.get(code.parentId)
  }
  return line.reverse()
}

function hasSoundParent(code: Code, known: ReadonlyMap<CodeId, Code>): boolean {
  if (code.parentId === null || !known.has(code.parentId)) return false
  const seen = new Set<CodeId>()
  for (let parent = known.get(code.parentId); parent && !seen.has(parent.id); ) {
    if (parent.id === code.id || seen.size === MAX_CODE_DEPTH) return false
    seen.add(parent.id)
    parent = parent.parentId === null ? undefined : known.get(parent.parentId)
  }
  return true
}
