import type { CoveredPlace } from '../../../shared/analysis/coverage'

/** What tells a place from others of its name: its level, and what it lies in. */
export function placeFacts({ level, province, parent, name }: CoveredPlace): string {
  const around = [province, parent].filter(each => each !== null && each !== name)
  return [level, [...new Set(around)].join(' ')].filter(Boolean).join(' · ')
}
