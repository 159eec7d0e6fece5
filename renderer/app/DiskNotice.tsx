import { useState } from 'react'
import { useWords } from '../locale/use-words'
import { useSaving } from '../session/saving'
import { useSeen } from '../session/seen'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { useWorkspace } from '../workspace/context'

/** What to know of the disk while everything is saved: that it is nearly full, or shared. */
export function DiskNotice() {
  const { project } = useWorkspace()
  const isDiskLow = useSaving(saving => saving.isDiskLow)
  const { t } = useWords()
  const { hasSeen, see } = useSeen()
  const [syncer] = useState(() => SYNCERS.find(each => each === project.syncedBy) ?? null)
  const notice = `synced-${project.id}-${syncer}`
  return (
    <>
      {isDiskLow && (
        <Banner kind="warning" isFlush title={t('trouble.low.title')}>
          <p>{t('trouble.low.text')}</p>
        </Banner>
      )}
      {project.isSecondCopy && (
        <Banner kind="warning" isFlush title={t('trouble.second.title')}>
          <p>{t('trouble.second.text', { folder: project.folder })}</p>
        </Banner>
      )}
      {syncer && !project.isReadOnly && !hasSeen(notice) && (
        <Banner
          kind="warning"
          isFlush
          title={
            syncer === 'network'
              ? t('trouble.network.title')
              : t('trouble.synced.title', { name: t(`trouble.syncers.${syncer}`) })
          }
          actions={
            <Button size="small" onPress={() => see(notice)}>
              {t('trouble.synced.seen')}
            </Button>
          }
        >
          <p>{syncer === 'network' ? t('trouble.network.text') : t('trouble.synced.text')}</p>
        </Banner>
      )}
    </>
  )
}

/** What the host tells of, except for what is no name. */
const SYNCERS = [
  'OneDrive',
  'iCloud',
  'Dropbox',
  'Google Drive',
  'Nutstore',
  'Baidu',
  'WeChat',
  'network',
] as const
