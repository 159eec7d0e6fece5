import {
  ArrowDownWideNarrow,
  Ellipsis,
  FileInput,
  FolderInput,
  History,
  Search,
} from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { ReportId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'
import { allReports } from '../../data/reports'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useChosenSet } from '../../session/chosen-set'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { SaveSetDialog } from '../../sets/SaveSetDialog'
import { SetChoice } from '../../sets/SetChoice'
import { SetNotice } from '../../sets/SetNotice'
import { useReportsIn } from '../../sets/use-reports-in'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSection } from '../../ui/MenuSection'
import { TextField } from '../../ui/TextField'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList'
import { useWorkspace } from '../../workspace/context'
import { ImportsDialog } from './ImportsDialog'
import { useImport } from './import-flow'
import { RenameReportDialog } from './RenameReportDialog'
import { ReportDetails } from './ReportDetails'
import { ReportMenu } from './ReportMenu'
import { ReportRow } from './ReportRow'
import { matching, REPORT_ORDERS, type ReportOrder, toSearchable } from './report-order'
import { useOrdered } from './use-ordered'
import './library.css'

type Shown =
  | { readonly kind: 'rename' | 'details'; readonly report: Report }
  | { readonly kind: 'new-set'; readonly ids: readonly ReportId[] }
  | { readonly kind: 'imports' }

/** The project's reports: find one, open it, bring in more. */
export function Library() {
  const { t, number } = useWords()
  const { db } = useWorkspace()
  const canEdit = useCanEdit()
  const importing = useImport()
  const reportId = useReading(reading => reading.reportId)
  const { openReport } = useReading.getState()
  const [filter, setFilter] = useState('')
  const [order, setOrder] = useState<ReportOrder>('import')
  const [shown, setShown] = useState<Shown | null>(null)
  const [menu, setMenu] = useState<{ report: Report; at: { x: number; y: number } } | null>(null)

  const all = useLive(() => allReports(db), 'reports')
  const { chosen, choose } = useChosenSet()
  const { set, ids, trouble } = useReportsIn(chosen)
  // Until a rule has been tested on all reports, nobody knows which of them to show.
  const isCounting = set !== null && ids === undefined
  // Ordered before they are chosen from: another set must not show the one before meanwhile.
  const ordered = useOrdered(all, order)
  const inSet = useMemo(() => {
    if (set === null) return ordered
    return ids && ordered?.filter(({ id }) => ids.has(id))
  }, [ordered, set, ids])
  const wanted = useDeferredValue(filter).trim()
  const hasFilter = wanted !== ''
  // Measured: folding 30,000 names takes 37 ms, too long for every letter typed.
  const searchable = useMemo(
    () => (hasFilter ? (inSet ?? []).map(toSearchable) : []),
    [inSet, hasFilter],
  )
  const reports = hasFilter ? matching(searchable, wanted) : (inSet ?? [])

  const list = useRef<VirtualListHandle>(null)
  /** The row that the keyboard is on. */
  const current = useRef<string | null>(null)
  /** Whether the list changes its row for a press, which opens a report, or for a key. */
  const isPress = useRef(false)
  useEffect(() => {
    if (reportId) list.current?.reveal(reportId)
    current.current = reportId
  }, [reportId])

  const open = ({ id }: Report) => {
    if (id !== reportId) openReport(id)
  }
  const onSelect = (selected: ReadonlySet<string>) => {
    const [id = null] = selected
    current.current = id
    const report = reports.find(each => each.id === id)
    if (report && isPress.current) open(report)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'F2' || !canEdit) return
    const report = reports.find(({ id }) => id === current.current)
    if (report) setShown({ kind: 'rename', report })
  }
  // The list answers to keys and presses itself; here they are only told apart.
  const listeners = {
    onClickCapture: () => {
      isPress.current = true
    },
    onKeyDownCapture: () => {
      isPress.current = false
    },
    onKeyDown,
  }
  const close = () => setShown(null)
  const isRunning = importing.stage.kind === 'running'

  return (
    <div className="library">
      <header className="library-head">
        <h2 className="library-title">
          {t('library.title')}
          {inSet && (
            <span className="library-count">
              {hasFilter
                ? t('library.found', { found: number(reports.length), total: number(inSet.length) })
                : number(inSet.length)}
            </span>
          )}
        </h2>
        {isRunning ? (
          <Button size="small" onPress={importing.show}>
            {t('import.showRunning')}
          </Button>
        ) : (
          <Button
            size="small"
            icon={<FileInput aria-hidden />}
            isDisabled={!canEdit}
            onPress={importing.chooseFiles}
          >
            {t('library.import')}
          </Button>
        )}
        <Menu
          label={t('library.menu')}
          placement="bottom end"
          trigger={
            <IconButton size="small" label={t('library.menu')} icon={<Ellipsis aria-hidden />} />
          }
        >
          <MenuSection title={t('import.title')}>
            <MenuItem
              label={t('import.chooseFiles')}
              icon={<FileInput aria-hidden />}
              isDisabled={!canEdit || isRunning}
              onAction={importing.chooseFiles}
            />
            <MenuItem
              label={t('import.chooseFolder')}
              icon={<FolderInput aria-hidden />}
              isDisabled={!canEdit || isRunning}
              onAction={importing.chooseFolder}
            />
            <MenuItem
              label={t('library.imports')}
              icon={<History aria-hidden />}
              onAction={() => setShown({ kind: 'imports' })}
            />
          </MenuSection>
          <MenuSection
            title={t('library.order')}
            selected={order}
            onSelect={id => setOrder(REPORT_ORDERS.find(each => each === id) ?? 'import')}
          >
            {REPORT_ORDERS.map(id => (
              <MenuItem
                key={id}
                id={id}
                label={t(`library.orders.${id}`)}
                icon={<ArrowDownWideNarrow aria-hidden />}
              />
            ))}
          </MenuSection>
        </Menu>
      </header>
      {all && all.length > 0 && (
        <div className="library-filter">
          <div className="library-set">
            <SetChoice chosen={chosen} onChoose={choose} />
            {hasFilter && reports.length > 0 && (
              <Button
                variant="quiet"
                size="small"
                isDisabled={!canEdit}
                onPress={() => setShown({ kind: 'new-set', ids: reports.map(({ id }) => id) })}
              >
                {t('sets.save')}
              </Button>
            )}
          </div>
          <TextField
            label={t('library.filter')}
            hideLabel
            placeholder={t('library.filter')}
            before={<Search aria-hidden />}
            value={filter}
            onChange={setFilter}
            onCommit={() => reports[0] && open(reports[0])}
            {...(filter === '' ? {} : { onCancel: () => setFilter('') })}
          />
        </div>
      )}
      {all?.length === 0 ? (
        <EmptyState
          icon={<FileInput />}
          title={t('library.empty.title')}
          text={t('library.empty.text')}
          action={
            <div className="library-ways">
              <Button
                variant="primary"
                isDisabled={!canEdit || isRunning}
                onPress={importing.chooseFiles}
              >
                {t('import.chooseFiles')}
              </Button>
              <Button isDisabled={!canEdit || isRunning} onPress={importing.chooseFolder}>
                {t('import.chooseFolder')}
              </Button>
            </div>
          }
        />
      ) : (
        <div className="library-list" {...listeners}>
          {set && trouble && (
            <SetNotice set={set} trouble={trouble} onShowAll={() => choose(null)} />
          )}
          <VirtualList
            ref={list}
            role="grid"
            label={t('library.title')}
            items={reports}
            keyOf={({ id }) => id}
            nameOf={({ title }) => title}
            rowHeight={42}
            selected={new Set(reportId ? [reportId] : [])}
            onSelect={onSelect}
            onActivate={open}
            onMenu={(report, at) => setMenu({ report, at })}
            renderRow={report => (
              <ReportRow report={report} onMenu={at => setMenu({ report, at })} />
            )}
            empty={
              all &&
              !trouble && (
                <p className="library-none">
                  {isCounting
                    ? t('common.loading')
                    : t(hasFilter || set === null ? 'library.noneFound' : 'sets.emptySet')}
                </p>
              )
            }
          />
        </div>
      )}
      <ReportMenu
        at={menu?.at ?? null}
        onClose={() => setMenu(null)}
        report={menu?.report ?? null}
        onNewSet={() => menu && setShown({ kind: 'new-set', ids: [menu.report.id] })}
        onRename={() => menu && setShown({ kind: 'rename', report: menu.report })}
        onDetails={() => menu && setShown({ kind: 'details', report: menu.report })}
      />
      {shown?.kind === 'rename' && <RenameReportDialog report={shown.report} onClose={close} />}
      {shown?.kind === 'details' && <ReportDetails report={shown.report} onClose={close} />}
      {shown?.kind === 'new-set' && (
        <SaveSetDialog filter={null} members={shown.ids} onClose={close} />
      )}
      {shown?.kind === 'imports' && <ImportsDialog onClose={close} />}
    </div>
  )
}
