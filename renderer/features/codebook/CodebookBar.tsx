import { ChevronsDownUp, ChevronsUpDown, Ellipsis, Library, Search, X } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { TextField } from '../../ui/TextField'

interface CodebookBarProps {
  readonly query: string
  onQuery(query: string): void
  onExpandAll(): void
  onCollapseAll(): void
  onLoadStarter(): void
  readonly canEdit: boolean
}

/** The panel's top: the search, and what concerns the codebook as a whole. */
export function CodebookBar(props: CodebookBarProps) {
  const { query, onQuery, onExpandAll, onCollapseAll, onLoadStarter, canEdit } = props
  const { t } = useWords()
  return (
    <div className="codebook-bar">
      <TextField
        hideLabel
        type="search"
        label={t('codebook.search')}
        placeholder={t('codebook.search')}
        value={query}
        onChange={onQuery}
        onCancel={() => onQuery('')}
        before={<Search aria-hidden />}
        after={
          query !== '' && (
            <IconButton
              size="small"
              label={t('common.clear')}
              icon={<X aria-hidden />}
              onPress={() => onQuery('')}
            />
          )
        }
      />
      <Menu
        label={t('codebook.menu')}
        placement="bottom end"
        trigger={<IconButton label={t('codebook.menu')} icon={<Ellipsis aria-hidden />} />}
      >
        <MenuItem
          label={t('codebook.loadStarter')}
          description={t('codebook.loadStarterHint')}
          icon={<Library aria-hidden />}
          isDisabled={!canEdit}
          onAction={onLoadStarter}
        />
        <MenuSeparator />
        <MenuItem
          label={t('codebook.expandAll')}
          icon={<ChevronsUpDown aria-hidden />}
          onAction={onExpandAll}
        />
        <MenuItem
          label={t('codebook.collapseAll')}
          icon={<ChevronsDownUp aria-hidden />}
          onAction={onCollapseAll}
        />
      </Menu>
    </div>
  )
}
