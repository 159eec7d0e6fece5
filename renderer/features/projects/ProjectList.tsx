import { FileInput, FolderOpen, Plus, Sprout } from 'lucide-react'
import type { ProjectId } from '../../../shared/domain/id'
import type { ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { type ProjectActions, ProjectRow } from './ProjectRow'

interface ProjectListProps extends ProjectActions {
  /** The last opened first. */
  readonly projects: readonly ListedProject[]
  readonly sampleBusy: boolean
  onNew(): void
  onOpenFolder(): void
  onOpenCopy(): void
  onOpenSample(): void
  onOpen(id: ProjectId): void
}

/** The projects on this machine, and the ways to get another. */
export function ProjectList(props: ProjectListProps) {
  const { projects, sampleBusy, onNew, onOpenFolder, onOpenCopy, onOpenSample, ...actions } = props
  const { t } = useWords()
  return (
    <section className="project-section" aria-labelledby="projects-title">
      <div className="project-head">
        <h1 id="projects-title">{t('projects.title')}</h1>
        <Button
          variant="quiet"
          icon={<Sprout aria-hidden />}
          isPending={sampleBusy}
          onPress={onOpenSample}
        >
          {t('projects.openSampleShort')}
        </Button>
        <Button icon={<FolderOpen aria-hidden />} onPress={onOpenFolder}>
          {t('projects.openFolder')}
        </Button>
        <Button icon={<FileInput aria-hidden />} onPress={onOpenCopy}>
          {t('copies.open')}
        </Button>
        <Button variant="primary" icon={<Plus aria-hidden />} onPress={onNew}>
          {t('projects.new')}
        </Button>
      </div>
      {projects.length === 0 ? (
        <div className="project-none">
          <EmptyState icon={<FolderOpen />} title={t('projects.emptyList')} />
        </div>
      ) : (
        <table className="project-table">
          <thead>
            <tr>
              <th scope="col">{t('projects.name')}</th>
              <th scope="col">{t('projects.folder')}</th>
              <th scope="col">{t('projects.lastOpened')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('common.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {projects.map(project => (
              <ProjectRow key={project.id} project={project} {...actions} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
