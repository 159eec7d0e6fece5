import { Columns3, Group, Plus, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ColumnKey } from '../../../shared/analysis/report-row'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSection } from '../../ui/MenuSection'

/** A column that may be shown or grouped by. */
export interface BarColumn {
  readonly key: ColumnKey
  readonly name: string
  readonly isShown: boolean
}

interface TableBarProps {
  readonly found: number
  readonly total: number
  readonly columns: readonly BarColumn[]
  readonly groupBy: ColumnKey | null
  readonly isStale: boolean
  readonly canEdit: boolean
  /** The choice of a set, and the filter in words. */
  readonly children: ReactNode
  onGroupBy(column: ColumnKey | null): void
  onShow(column: ColumnKey, isShown: boolean): void
  onAgain(): void
  onAddVariable(): void
}

/** What stands above the table: which reports, how they are arranged, and what is shown of them. */
export function TableBar(props: TableBarProps) {
  const { found, total, columns, groupBy, isStale, canEdit, children } = props
  const { onGroupBy, onShow, onAgain, onAddVariable } = props
  const { t, number } = useWords()
  const grouped = columns.find(({ key }) => key === groupBy)
  return (
    <header className="table-bar">
      <h2 className="table-title">{t('table.title')}</h2>
      <span className="table-count">
        {found === total
          ? t('table.all', { count: total, n: number(total) })
          : t('table.found', { n: number(found), total: number(total) })}
      </span>
      {children}
      {isStale && (
        <Button size="small" icon={<RefreshCw aria-hidden />} onPress={onAgain}>
          {t('table.again')}
        </Button>
      )}
      <span className="table-space" />
      <Menu
        label={t('table.group')}
        placement="bottom end"
        trigger={
          <Button size="small" icon={<Group aria-hidden />}>
            {grouped ? t('table.groupedBy', { name: grouped.name }) : t('table.group')}
          </Button>
        }
      >
        <MenuSection
          title={t('table.group')}
          selected={groupBy ?? NONE}
          onSelect={id => onGroupBy(columns.find(({ key }) => key === id)?.key ?? null)}
        >
          <MenuItem id={NONE} label={t('table.groupNone')} />
          {columns
            .filter(({ key }) => key !== 'name')
            .map(({ key, name }) => (
              <MenuItem key={key} id={key} label={name} />
            ))}
        </MenuSection>
      </Menu>
      <Menu
        label={t('table.columns')}
        placement="bottom end"
        trigger={
          <Button size="small" icon={<Columns3 aria-hidden />}>
            {t('table.columns')}
          </Button>
        }
      >
        {columns
          .filter(({ key }) => key !== 'name')
          .map(({ key, name, isShown }) => (
            <MenuItem
              key={key}
              label={name}
              description={t(isShown ? 'table.shown' : 'table.hidden')}
              onAction={() => onShow(key, !isShown)}
            />
          ))}
      </Menu>
      <Button
        size="small"
        icon={<Plus aria-hidden />}
        isDisabled={!canEdit}
        onPress={onAddVariable}
      >
        {t('table.variable.add')}
      </Button>
    </header>
  )
}

/** No column is called so. */
const NONE = '-'
