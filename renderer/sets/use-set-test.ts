import { useMemo, useRef } from 'react'
import { type OwnVariables, type SetTest, setTest } from '../../shared/analysis/report-sets'
import type { ReportSet } from '../../shared/domain/variable'

/**
 * What is in a set, to be asked row by row. The same object as long as the set has the same
 * content, whatever else of it changes. `null` for no set; `undefined` until the variables are known.
 */
export function useSetTest(
  set: ReportSet | null,
  variables: OwnVariables | undefined,
): SetTest | null | undefined {
  const now = useMemo(
    () => (set === null ? null : variables && { set, test: setTest(set, variables) }),
    [set, variables],
  )
  const kept = useRef(now)
  if (!kept.current || !now || !isSameContent(kept.current, now)) kept.current = now
  return set === null ? null : kept.current?.test
}

interface Tested {
  readonly set: ReportSet
  readonly test: SetTest
}

function isSameContent(a: Tested, b: Tested): boolean {
  return (
    a.set.id === b.set.id &&
    a.set.rule === b.set.rule &&
    a.set.members === b.set.members &&
    a.test.trouble?.kind === b.test.trouble?.kind
  )
}
