import { BookOpenText, FileInput, FilePlus2, FolderOpen, Lock } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'

interface WelcomeProps {
  readonly sampleBusy: boolean
  onOpenSample(): void
  onNew(): void
  onOpenFolder(): void
  onOpenCopy(): void
}

/** The first screen someone sees: what the program is for, and two ways to begin. */
export function Welcome(props: WelcomeProps) {
  const { sampleBusy, onOpenSample, onNew, onOpenFolder, onOpenCopy } = props
  const { t } = useWords()
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h1 id="welcome-title" className="welcome-title">
        {t('projects.welcome.title')}
      </h1>
      <p className="welcome-text">{t('projects.welcome.text')}</p>
      <div className="welcome-ways">
        <div className="welcome-way">
          <BookOpenText aria-hidden />
          <p>{t('projects.openSampleHint')}</p>
          <Button variant="primary" size="large" isPending={sampleBusy} onPress={onOpenSample}>
            {t('projects.openSample')}
          </Button>
        </div>
        <div className="welcome-way">
          <FilePlus2 aria-hidden />
          <p>{t('projects.startEmptyHint')}</p>
          <Button size="large" onPress={onNew}>
            {t('projects.startEmpty')}
          </Button>
        </div>
      </div>
      <p className="welcome-foot">
        <Button variant="quiet" icon={<FolderOpen aria-hidden />} onPress={onOpenFolder}>
          {t('projects.openFolder')}
        </Button>
        <Button variant="quiet" icon={<FileInput aria-hidden />} onPress={onOpenCopy}>
          {t('copies.open')}
        </Button>
      </p>
      <p className="welcome-local">
        <Lock aria-hidden />
        {t('projects.welcome.local')}
      </p>
    </section>
  )
}
