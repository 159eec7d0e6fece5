import { FolderMinus, FolderPlus, Info, PencilLine, Trash2 } from 'lucide-react'
import { removeReports } from '../../../shared/commands/library'
import { changeSetMembers } from '../../../shared/commands/sets'
import type { Report } from '../../../shared/domain/report'
import { membersOf, type ReportSet } from '../../../shared/domain/variable'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { useAttempt } from '../../sets/use-attempt'
import { useSets } from '../../sets/use-sets'
import { ContextMenu } from '../../ui/ContextMenu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { Submenu } from '../../ui/Submenu'

interface ReportMenuProps {
  /** Where on the page; `null` while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly report: Report | null
  onClose(): void
  onRename(): void
  onNewSet(): void
  onDetails(): void
}

/** What can be done with one report. */
export function ReportMenu(props: ReportMenuProps) {
  const { at, report, onClose, onRename, onNewSet, onDetails } = props
  const { t, number } = useWords()
  const canEdit = useCanEdit()
  const attempt = useAttempt()
  const byHand = (useSets() ?? []).filter(({ members }) => members !== null)
  const isIn = (set: ReportSet) => report !== null && membersOf(set).includes(report.id)
  const without = byHand.filter(set => !isIn(set))
  const having = byHand.filter(isIn)

  const change = (set: ReportSet, what: 'added' | 'removed') => {
    if (!report) return
    const { id, name } = set
    const [add, remove] = what === 'added' ? [[report.id], []] : [[], [report.id]]
    const message = t(`sets.${what}`, { name, count: 1, n: number(1) })
    void attempt(changeSetMembers(id, { add, remove }), message)
  }

  const remove = async ({ id, title }: Report) => {
    const removed = await attempt(removeReports([id]), t('library.reportRemoved', { title }))
    const { reportId, openReport } = useReading.getState()
    if (removed && reportId === id) openReport(null)
  }

  return (
    <ContextMenu at={at} label={t('library.reportMenu')} onClose={onClose}>
      <MenuItem
        label={t('library.rename')}
        icon={<PencilLine aria-hidden />}
        keys="F2"
        isDisabled={!canEdit}
        onAction={onRename}
      />
      <Submenu label={t('sets.addTo')} icon={<FolderPlus aria-hidden />} isDisabled={!canEdit}>
        {without.map(set => (
          <MenuItem key={set.id} label={set.name} onAction={() => change(set, 'added')} />
        ))}
        <MenuItem label={t('sets.newSet')} onAction={onNewSet} />
      </Submenu>
      {having.length > 0 && (
        <Submenu
          label={t('sets.removeFrom')}
          icon={<FolderMinus aria-hidden />}
          isDisabled={!canEdit}
        >
          {having.map(set => (
            <MenuItem key={set.id} label={set.name} onAction={() => change(set, 'removed')} />
          ))}
        </Submenu>
      )}
      <MenuItem label={t('library.details')} icon={<Info aria-hidden />} onAction={onDetails} />
      <MenuSeparator />
      <MenuItem
        label={t('library.removeReport')}
        icon={<Trash2 aria-hidden />}
        isDisabled={!canEdit}
        onAction={() => report && void remove(report)}
      />
    </ContextMenu>
  )
}
