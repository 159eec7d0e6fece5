import type { ProjectState } from '../../shared/journal/state'

// What a person remembers of what the page acknowledged. While something is being asked for
// that takes things away, two memories are right: the one before and the one after.

/** A coding, as people tell it apart. */
export interface Coding {
  readonly report: string
  readonly quote: string
}

/** What must be there, and what must not. */
export interface Remembered {
  /** Titles. */
  readonly reports: readonly string[]
  readonly codings: readonly Coding[]
  /** Codings that were taken back. */
  readonly gone: readonly Coding[]
  readonly hasCodes: boolean
}

/** What the page acknowledged, and what it was asked for last. */
export interface Memory {
  now: Remembered
  /** What `now` becomes once the page has acknowledged what it was asked for; `null` for nothing asked. */
  next: Remembered | null
  /** How many things were acknowledged in all. */
  acknowledged: number
}

export function nothingYet(): Memory {
  const now = { reports: [], codings: [], gone: [], hasCodes: false }
  return { now, next: null, acknowledged: 0 }
}

/** Remembers something more. Until the page has said so nothing is asked of the project. */
export function acknowledge(memory: Memory, more: Partial<Remembered>): void {
  const { now } = memory
  memory.now = {
    reports: [...now.reports, ...(more.reports ?? [])],
    codings: [...now.codings, ...(more.codings ?? [])],
    gone: [...now.gone, ...(more.gone ?? [])],
    hasCodes: now.hasCodes || (more.hasCodes ?? false),
  }
  memory.acknowledged += (more.reports?.length ?? 0) + (more.codings?.length ?? 0)
}

/** Says that `next` is being asked for: from now on either is right. */
export function ask(memory: Memory, next: Remembered): void {
  memory.next = next
}

/** The page has acknowledged what it was asked for. */
export function granted(memory: Memory): void {
  if (memory.next) memory.now = memory.next
  memory.next = null
  memory.acknowledged++
}

/** The same memory without a coding, or with it again. */
export function without({ codings, gone, ...rest }: Remembered, coding: Coding): Remembered {
  return { ...rest, codings: codings.filter(each => each !== coding), gone: [...gone, coding] }
}

export function withAgain({ codings, gone, ...rest }: Remembered, coding: Coding): Remembered {
  return { ...rest, codings: [...codings, coding], gone: gone.filter(each => each !== coding) }
}

/**
 * Compares a project with what is remembered, one sentence for each thing that is lost, doubled
 * or back. Which of two right memories holds is known then, and kept.
 */
export function lostFrom(memory: Memory, state: ProjectState): string[] {
  const lost = differences(memory.now, state)
  if (memory.next && lost.length > 0 && differences(memory.next, state).length === 0) {
    memory.now = memory.next
    memory.next = null
    return []
  }
  memory.next = null
  return lost
}

function differences(remembered: Remembered, state: ProjectState): string[] {
  const idOf = new Map([...state.reports.values()].map(({ title, id }) => [title, id]))
  const times = ({ report, quote }: Coding): number => {
    const id = idOf.get(report)
    const items = id ? [...(state.annotations.get(id)?.values() ?? [])] : []
    return items.filter(each => each.quote === quote).length
  }
  return [
    ...remembered.reports.filter(title => !idOf.has(title)).map(title => `report ${title}`),
    ...remembered.codings
      .filter(coding => times(coding) !== 1)
      .map(coding => `${coding.report}: ${coding.quote} is there ${times(coding)} times`),
    ...remembered.gone
      .filter(coding => times(coding) !== 0)
      .map(coding => `${coding.report}: ${coding.quote} is back`),
    ...(remembered.hasCodes && state.codes.size === 0 ? ['the codebook'] : []),
  ]
}
