import { ChevronDown, ListFilter, PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { filterJson, type ReportFilter } from '../../shared/analysis/report-filter'
import { type OwnVariables, ruleWithin } from '../../shared/analysis/report-sets'
import { changeSetRule, deleteSet } from '../../shared/commands/sets'
import type { ReportSetId } from '../../shared/domain/id'
import type { ReportSet } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { useCanEdit } from '../session/saving'
import { Button } from '../ui/Button'
import { Menu } from '../ui/Menu'
import { MenuItem } from '../ui/MenuItem'
import { MenuSection } from '../ui/MenuSection'
import { filterWords } from './condition-words'
import { RenameSetDialog } from './RenameSetDialog'
import { useAttempt } from './use-attempt'
import { type SetCount, useSetCounts } from './use-set-counts'
import { useOwnVariables, useSets } from './use-sets'
import './sets.css'

interface SetChoiceProps {
  /** `null` for all reports; so is a set that is not there any more. */
  readonly chosen: ReportSetId | null
  onChoose(id: ReportSetId | null): void
  /** The filter that is set beside it, by which the rule of the chosen set can be narrowed. */
  readonly filter?: ReportFilter
}

const ALL = 'all'
const NO_SETS: readonly ReportSet[] = []
const NO_VARIABLES: OwnVariables = new Map()

/** A button that says which set of reports is shown, and the menu to choose and change one. */
export function SetChoice({ chosen, onChoose, filter }: SetChoiceProps) {
  const words = useWords()
  const { t, number } = words
  const canEdit = useCanEdit()
  const attempt = useAttempt()
  const sets = useSets() ?? NO_SETS
  const variables = useOwnVariables()
  const known = variables ?? NO_VARIABLES
  const [isOpen, setOpen] = useState(false)
  const [renamed, setRenamed] = useState<ReportSet | null>(null)
  const counts = useSetCounts(sets, variables, { isWanted: isOpen })
  const set = sets.find(({ id }) => id === chosen) ?? null
  const name = set?.name ?? t('sets.all')

  const remove = async ({ id, name }: ReportSet) => {
    const entry = await attempt(deleteSet(id), t('sets.deleted', { name }))
    if (entry) onChoose(null)
  }
  // What is shown, the set within the filter, is what the set then has.
  const narrowed = set && filter ? ruleWithin(set, filter, known) : null
  const narrow = ({ id, name }: ReportSet, wanted: ReportFilter) => {
    const rule = filterWords(words, wanted, known)
    void attempt(changeSetRule(id, filterJson(wanted)), t('sets.ruleNarrowed', { name, rule }))
  }
  const contentOf = ({ rule }: ReportSet, counted: SetCount | undefined) => {
    if (counted?.trouble) return t(`sets.trouble.${counted.trouble.kind}`)
    const kind = rule === null ? 'byHand' : 'byRule'
    if (!counted) return t(`sets.kind.${kind}Counting`)
    return t(`sets.kind.${kind}`, { count: counted.count, n: number(counted.count) })
  }

  return (
    <>
      <Menu
        label={t('sets.choose')}
        onOpenChange={setOpen}
        trigger={
          <Button variant="quiet" size="small" aria-label={t('sets.chosen', { name })}>
            <span className="set-choice">
              <span className="set-choice-name">{name}</span>
              <ChevronDown aria-hidden />
            </span>
          </Button>
        }
      >
        <MenuSection
          title={t('sets.label')}
          selected={set?.id ?? ALL}
          onSelect={id => onChoose(sets.find(each => each.id === id)?.id ?? null)}
        >
          <MenuItem id={ALL} label={t('sets.all')} />
          {sets.map(each => (
            <MenuItem
              key={each.id}
              id={each.id}
              label={each.name}
              description={contentOf(each, counts.get(each.id))}
            />
          ))}
        </MenuSection>
        {set && (
          <MenuSection title={t('sets.actions', { name: set.name })}>
            <MenuItem
              label={t('sets.rename')}
              icon={<PencilLine aria-hidden />}
              isDisabled={!canEdit}
              onAction={() => setRenamed(set)}
            />
            {filter && set.rule !== null && (
              <MenuItem
                label={t('sets.narrowRule')}
                icon={<ListFilter aria-hidden />}
                isDisabled={!canEdit || !narrowed || filterJson(narrowed) === set.rule}
                onAction={() => narrowed && narrow(set, narrowed)}
              />
            )}
            <MenuItem
              label={t('sets.delete')}
              icon={<Trash2 aria-hidden />}
              isDanger
              isDisabled={!canEdit}
              onAction={() => void remove(set)}
            />
          </MenuSection>
        )}
      </Menu>
      {renamed && <RenameSetDialog set={renamed} onClose={() => setRenamed(null)} />}
    </>
  )
}
