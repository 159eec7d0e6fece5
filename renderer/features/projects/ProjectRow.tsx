import {
  Copy,
  Ellipsis,
  FileOutput,
  FolderSearch,
  ListX,
  PencilLine,
  Trash2,
  Unplug,
} from 'lucide-react'
import type { ProjectId } from '../../../shared/domain/id'
import type { ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import { useCopy } from './use-copy'

/** What can be done with a listed project. */
export interface ProjectActions {
  onOpen(id: ProjectId): void
  onRename(project: ListedProject): void
  onShowPath(project: ListedProject): void
  onSaveCopy(project: ListedProject): void
  onForget(project: ListedProject): void
  onTrash(project: ListedProject): void
}

/** One project: a press anywhere on it opens it, unless its folder is gone. */
export function ProjectRow(props: ProjectActions & { readonly project: ListedProject }) {
  const { project, onOpen, onRename, onShowPath, onSaveCopy, onForget, onTrash } = props
  const { t, ago, date } = useWords()
  const copy = useCopy()
  const { id, name, folder, openedAt } = project
  const isMissing = project.state === 'missing'
  return (
    <tr className={isMissing ? 'project-row project-row-missing' : 'project-row'}>
      <th scope="row">
        {isMissing ? (
          <span className="project-name">{name}</span>
        ) : (
          <button
            type="button"
            className="project-name project-open"
            title={name}
            onClick={() => onOpen(id)}
          >
            {name}
          </button>
        )}
        {isMissing && (
          <span className="project-missing">
            <Unplug aria-hidden />
            {t('projects.missing')}
          </span>
        )}
      </th>
      <td className="project-folder" title={folder}>
        <bdi>{folder}</bdi>
      </td>
      <td className="project-opened" title={openedAt > 0 ? date(openedAt) : undefined}>
        {openedAt > 0 ? ago(openedAt) : t('projects.neverOpened')}
      </td>
      <td className="project-more">
        {isMissing && (
          <Button size="small" onPress={() => onForget(project)}>
            {t('projects.forget')}
          </Button>
        )}
        <Menu
          label={t('projects.rowMenu', { name })}
          placement="bottom end"
          trigger={
            <IconButton
              size="small"
              label={t('projects.rowMenu', { name })}
              icon={<Ellipsis aria-hidden />}
            />
          }
        >
          <MenuItem
            label={t('common.rename')}
            icon={<PencilLine aria-hidden />}
            isDisabled={isMissing}
            onAction={() => onRename(project)}
          />
          <MenuItem
            label={t('projects.showPath')}
            icon={<FolderSearch aria-hidden />}
            onAction={() => onShowPath(project)}
          />
          <MenuItem
            label={t('projects.copyPath')}
            icon={<Copy aria-hidden />}
            onAction={() => void copy(folder)}
          />
          <MenuItem
            label={t('copies.command')}
            icon={<FileOutput aria-hidden />}
            isDisabled={isMissing}
            onAction={() => onSaveCopy(project)}
          />
          <MenuSeparator />
          {isMissing ? (
            <MenuItem
              label={t('projects.forget')}
              icon={<ListX aria-hidden />}
              onAction={() => onForget(project)}
            />
          ) : (
            <MenuItem
              isDanger
              label={t('projects.deleteProject')}
              description={t('projects.deleteHint')}
              icon={<Trash2 aria-hidden />}
              onAction={() => onTrash(project)}
            />
          )}
        </Menu>
      </td>
    </tr>
  )
}
