import type { ReportFilter } from '../../shared/analysis/report-filter'
import { ruleWithin } from '../../shared/analysis/report-sets'
import type { ReportId, ReportSetId } from '../../shared/domain/id'
import { useChosenSet } from '../session/chosen-set'
import { SaveSetDialog } from './SaveSetDialog'
import { useOwnVariables, useSets } from './use-sets'

interface SaveFilterDialogProps {
  readonly filter: ReportFilter
  /** The reports that are shown; `null` where only a set by rule makes sense. */
  readonly members: readonly ReportId[] | null
  onClose(): void
  onSaved?(id: ReportSetId): void
}

/**
 * Saves what a filter lets through of the chosen set. Its rule is the set's own joined with the
 * filter; what is within a set by hand can only be saved by hand.
 */
export function SaveFilterDialog({ filter, members, ...others }: SaveFilterDialogProps) {
  const sets = useSets()
  const variables = useOwnVariables()
  const chosen = useChosenSet(state => state.chosen)
  if (!sets || !variables) return null
  const set = sets.find(({ id }) => id === chosen) ?? null
  const rule = ruleWithin(set, filter, variables)
  // Without either there would be nothing to save.
  return <SaveSetDialog filter={rule} members={rule ? members : (members ?? [])} {...others} />
}
