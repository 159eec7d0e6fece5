import type { ImportProgress } from '../../jobs/import-messages'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { toSize } from '../../workspace/sizes'
import { useErrorText } from '../../workspace/use-error-text'
import { kindsIn, skippedIn } from './collect'
import { ImportChoice } from './ImportChoice'
import { ImportOutcome } from './ImportOutcome'
import { ImportRunning } from './ImportRunning'
import type { Choosing, ImportControls, ImportFlow } from './import-flow'
import { isRefused } from './scan-words'
import { reportsIn } from './table-setup'

interface ImportDialogProps {
  readonly controls: ImportControls
  readonly flow: ImportFlow
}

/** One import from the chosen files to what became of them, one file or five thousand. */
export function ImportDialog({ controls, flow }: ImportDialogProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const { stage, isOpen, hide } = controls
  if (!isOpen || stage.kind === 'idle') return null
  const frame = {
    isOpen: true,
    size: 'large',
    title: t('import.title'),
    closeLabel: t('common.close'),
    onClose: hide,
  } as const

  switch (stage.kind) {
    case 'collecting':
      return (
        <Dialog {...frame} footer={<Button onPress={hide}>{t('common.cancel')}</Button>}>
          <ProgressBar label={t('import.collecting')} value={null} />
        </Dialog>
      )
    case 'choosing':
      return (
        <Dialog
          {...frame}
          footerNote={<ChoiceNote stage={stage} />}
          footer={<ChoiceButtons stage={stage} controls={controls} flow={flow} />}
        >
          <ImportChoice
            stage={stage}
            onEncoding={controls.chooseEncoding}
            onMode={controls.chooseMode}
            onTable={controls.chooseTable}
            onStopScan={controls.stopScan}
          />
        </Dialog>
      )
    case 'running':
      return (
        <Dialog
          {...frame}
          footerNote={t('import.goesOn')}
          footer={
            <>
              <Button
                isPending={stage.isStopping}
                isDisabled={!canStop(stage.progress)}
                onPress={controls.cancel}
              >
                {t('import.stop')}
              </Button>
              <Button variant="primary" autoFocus onPress={hide}>
                {t('import.background')}
              </Button>
            </>
          }
        >
          <ImportRunning progress={stage.progress} isStopping={stage.isStopping} />
        </Dialog>
      )
    case 'done':
      return (
        <Dialog
          {...frame}
          footer={
            <Button variant="primary" autoFocus onPress={hide}>
              {t('common.done')}
            </Button>
          }
        >
          <ImportOutcome {...stage} onRetry={controls.retry} onHide={hide} />
        </Dialog>
      )
    case 'failed':
      return (
        <Dialog
          {...frame}
          footer={
            <Button autoFocus onPress={hide}>
              {t('common.close')}
            </Button>
          }
        >
          <ErrorNotice {...errorText(stage.error)} />
          <p className="import-quiet">{t('import.failedText')}</p>
        </Dialog>
      )
  }
}

/** What has been read is saved whole: there is no stopping in between. */
function canStop({ phase }: ImportProgress): boolean {
  return phase === 'reading' || phase === 'comparing'
}

function ChoiceNote({ stage }: { readonly stage: Choosing }) {
  const { t, number } = useWords()
  const { files, skipped } = stage.collected
  const bytes = [...stage.scanned.values()].reduce((sum, { size }) => sum + size, 0)
  const size = toSize(bytes, number)
  const count = skippedIn(skipped)
  return (
    <>
      {t('import.files', { count: files.length, n: number(files.length), size })}
      {count > 0 && t('import.skipped', { count, n: number(count), kinds: kindsIn(skipped) })}
    </>
  )
}

function ChoiceButtons(props: {
  readonly stage: Choosing
  readonly controls: ImportControls
  readonly flow: ImportFlow
}) {
  const { stage, controls, flow } = props
  const { t, number } = useWords()
  const canEdit = useCanEdit()
  const { files } = stage.collected
  const refused = [...stage.scanned.values()].filter(each => isRefused(each, stage.chosen)).length
  // A table is as many reports as it has rows, once that is known.
  const rows = [...stage.tables.values()].reduce((sum, table) => sum + reportsIn(table) - 1, 0)
  const count = Math.max(0, files.length - refused + rows)
  return (
    <>
      <Button variant="quiet" onPress={flow.chooseFiles}>
        {t('import.addFiles')}
      </Button>
      <Button onPress={controls.hide}>{t('common.cancel')}</Button>
      <Button
        variant="primary"
        autoFocus
        isDisabled={count === 0 || !canEdit}
        onPress={controls.start}
      >
        {t('import.start', { count, n: number(count) })}
      </Button>
    </>
  )
}
