import { Camera, History } from 'lucide-react'
import { useState } from 'react'
import { HostError, type SnapshotList as Listed, type Snapshot } from '../../../shared/host'
import { metaOf } from '../../data/commit'
import { countsOf } from '../../data/counts'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { useErrorText } from '../../workspace/use-error-text'
import { RestoreDialog } from './RestoreDialog'
import { SecondPlaceSection } from './SecondPlaceSection'
import { SnapshotDetail } from './SnapshotDetail'
import { SnapshotList } from './SnapshotList'
import { useComparison } from './use-comparison'
import { useRestore } from './use-restore'
import { useSnapshots } from './use-snapshots'
import './snapshots.css'

export interface SnapshotsDialogProps {
  /** The snapshot that the researcher came here to restore; `null` for none. */
  readonly restore: string | null
  onClose(): void
  /** Opens a snapshot for reading only in this window. */
  onView(snapshot: string): void
}

/** The project's snapshots: what each holds, what has changed since, and the ways back. */
export function SnapshotsDialog({ restore, onClose, onView }: SnapshotsDialogProps) {
  const { t } = useWords()
  const { host, project, view, session } = useWorkspace()
  const toast = useToast()
  const errorText = useErrorText()
  const { list, failure, isBusy, act } = useSnapshots()
  const [selected, setSelected] = useState<string | null>(restore)
  const snapshots = list?.snapshots ?? []
  const current = snapshots.find(({ name }) => name === selected) ?? snapshots[0] ?? null

  const take = async () => {
    let taken: Snapshot | null = null
    const isDone = await act(async () => {
      taken = await host.takeSnapshot(session())
    })
    if (!isDone) return
    setSelected(null)
    toast({ message: t(taken ? 'snapshots.taken' : 'snapshots.nothingNew') })
  }
  return (
    <Dialog
      isOpen
      size="large"
      title={t('snapshots.title')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button
            icon={<Camera aria-hidden />}
            isDisabled={view !== null || list === null}
            isPending={isBusy}
            onPress={() => void take()}
          >
            {t('snapshots.take')}
          </Button>
          <Button variant="primary" onPress={onClose}>
            {t('common.done')}
          </Button>
        </>
      }
      footerNote={t('snapshots.note')}
    >
      {failure !== null && <ErrorNotice {...errorText(failure)} />}
      {list && <Troubles list={list} />}
      {list && current === null && (
        <EmptyState
          icon={<History />}
          title={t('snapshots.empty.title')}
          text={t('snapshots.empty.text')}
        />
      )}
      {current && (
        <div className="snapshots">
          <SnapshotList snapshots={snapshots} selected={current.name} onSelect={setSelected} />
          <Chosen
            key={current.name}
            snapshot={current}
            before={snapshots[snapshots.indexOf(current) + 1] ?? null}
            pinned={snapshots.filter(({ isPinned }) => isPinned).length}
            isBusy={isBusy}
            asksAtOnce={current.name === restore}
            onPin={isPinned => void act(() => host.pinSnapshot(project.id, current.name, isPinned))}
            onView={() => onView(current.name)}
            onRestored={onClose}
          />
        </div>
      )}
      {list && (
        <SecondPlaceSection
          place={list.secondPlace}
          isBusy={isBusy}
          onChoose={choose =>
            act(async () => {
              const token = await choose()
              if (token) await host.setSecondPlace(project.id, token)
            })
          }
          onForget={() => void act(() => host.setSecondPlace(project.id, null))}
        />
      )}
    </Dialog>
  )
}

function Troubles({ list: { failure, damaged } }: { readonly list: Listed }) {
  const { t, date } = useWords()
  const errorText = useErrorText()
  return (
    <>
      {failure && (
        <Banner kind="warning" title={t('snapshots.failed', { when: date(failure.at) })}>
          {errorText(new HostError(failure.reason)).brief}
        </Banner>
      )}
      {damaged.length > 0 && (
        <Banner kind="warning" title={t('snapshots.damaged', { count: damaged.length })}>
          {t('snapshots.damagedText', { files: damaged.join(', ') })}
        </Banner>
      )}
    </>
  )
}

interface ChosenProps {
  readonly snapshot: Snapshot
  readonly before: Snapshot | null
  readonly pinned: number
  readonly isBusy: boolean
  /** Whether the question about restoring it is put without a press. */
  readonly asksAtOnce: boolean
  onPin(isPinned: boolean): void
  onView(): void
  onRestored(): void
}

function Chosen(props: ChosenProps) {
  const { snapshot, asksAtOnce, onRestored, ...rest } = props
  const { db } = useWorkspace()
  const present = useLive(() => countsOf(db), 'counts')
  const seq = useLive(async () => (await metaOf(db)).seq, 'seq')
  const comparing = useComparison(snapshot.name, seq ?? null)
  const { isPending, restore } = useRestore()
  const [isAsking, setAsking] = useState(asksAtOnce)
  const confirm = async () => {
    if (await restore(snapshot)) onRestored()
    else setAsking(false)
  }
  return (
    <>
      <SnapshotDetail
        {...rest}
        snapshot={snapshot}
        present={present ?? null}
        comparing={comparing}
        onRestore={() => setAsking(true)}
      />
      {isAsking && (
        <RestoreDialog
          snapshot={snapshot}
          comparing={comparing}
          isPending={isPending}
          onCancel={() => setAsking(false)}
          onConfirm={() => void confirm()}
        />
      )}
    </>
  )
}
