import { ChevronsDownUp, ChevronsUpDown, Ellipsis, Library, Search, X } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { isComposing } from '../../ui/composing'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { TextField } from '../../ui/TextField'

interface CodebookBarProps {
  readonly query: string
  onQuery(query: string): void
  /** Enter in the search. */
  onTakeFirst(): void
  /** The arrow that leads from the search down to what it found. */
  onGoToFirst(): void
  onExpandAll(): void
  onCollapseAll(): void
  onLoadStarter(): void
  readonly canEdit: boolean
}

/** The panel's top: the search, and what concerns the codebook as a whole. */
export function CodebookBar(props: CodebookBarProps) {
  const { query, onQuery, onTakeFirst, onGoToFirst } = props
  const { onExpandAll, onCollapseAll, onLoadStarter, canEdit } = props
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
        onKeyDown={event => {
          if (event.key === 'ArrowDown' && query.trim() !== '' && !isComposing(event)) {
            event.preventDefault()
            onGoToFirst()
          } else event.continuePropagation()
        }}
        onCommit={onTakeFirst}
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
