import { type Code, codePath } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import type { NameIndex, NameMark } from '../../../shared/search/names'

/** A line of the picker. */
export type CodeChoice =
  | {
      readonly kind: 'code'
      readonly code: Code
      readonly marks: readonly NameMark[]
      /** What it stands under; empty at the top. */
      readonly under: string
      /** Whether the passage has it already. */
      readonly isApplied: boolean
    }
  | { readonly kind: 'new'; readonly name: string }

/** What choices are made from. */
export interface ChoicesGiven {
  /** In codebook order; `index` has their names in the same order. */
  readonly codes: readonly Code[]
  readonly index: NameIndex
  /** The latest first. */
  readonly recent: readonly CodeId[]
  readonly applied: ReadonlySet<CodeId>
}

/** How many codes are found by their definition where few are by their name. */
const FEW = 8

/**
 * Codes to choose from: those that fit the query best first, and among equals those applied last;
 * then some whose definition has the words; at last a new one, unless a code has that name.
 */
export function codeChoices(query: string, given: ChoicesGiven): CodeChoice[] {
  const { codes, index, recent, applied } = given
  const byId = new Map(codes.map(code => [code.id, code]))
  const ages = new Map(recent.map((id, age) => [id, age]))
  const ageOf = (at: number) => ages.get(codes[at]!.id) ?? Number.MAX_SAFE_INTEGER
  const hits = index
    .find(query)
    .sort((a, b) => a.rank - b.rank || ageOf(a.index) - ageOf(b.index) || a.index - b.index)
  const choice = (code: Code, marks: readonly NameMark[]): CodeChoice => ({
    kind: 'code',
    ...{ code, marks },
    under: code.parentId === null ? '' : codePath(byId, code.parentId),
    isApplied: applied.has(code.id),
  })
  const choices = hits.map(({ index: at, marks }) => choice(codes[at]!, marks))
  const name = query.trim().replace(/\s+/g, ' ')
  if (name === '') return choices
  if (choices.length < FEW) {
    const found = new Set(hits.map(({ index: at }) => at))
    const wanted = name.normalize('NFKC').toLowerCase()
    const more = codes.filter(
      ({ definition }, at) =>
        !found.has(at) && definition.normalize('NFKC').toLowerCase().includes(wanted),
    )
    choices.push(...more.slice(0, FEW).map(code => choice(code, [])))
  }
  if (!codes.some(code => code.name === name)) choices.push({ kind: 'new', name })
  return choices
}
