import { useMemo } from 'react'
import type { OwnVariables } from '../../shared/analysis/report-sets'
import type { ReportSet } from '../../shared/domain/variable'
import { allSets } from '../data/sets'
import { useLive } from '../data/use-live'
import { allVariables } from '../data/variables'
import { useWorkspace } from '../workspace/context'

/** The saved sets of reports in order of their making; `undefined` until they are read. */
export function useSets(): readonly ReportSet[] | undefined {
  const { db } = useWorkspace()
  return useLive(() => allSets(db), 'sets')
}

/** The researcher's own variables by their ids; `undefined` until they are read. */
export function useOwnVariables(): OwnVariables | undefined {
  const { db } = useWorkspace()
  const variables = useLive(() => allVariables(db), 'variables')
  return useMemo(
    () => variables && new Map(variables.map(variable => [variable.id, variable])),
    [variables],
  )
}
