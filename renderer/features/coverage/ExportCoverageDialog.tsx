import { useState } from 'react'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { HostError, type WrittenFile } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { TextField } from '../../ui/TextField'
import { useWorkspace } from '../../workspace/context'
import { folderNameFor } from '../../workspace/folder-name'
import { useDestination } from '../../workspace/use-destination'
import { useErrorText } from '../../workspace/use-error-text'
import { type CoverageSheet, coverageCsv, writeCoverage } from './coverage-file'

interface ExportCoverageDialogProps {
  readonly sheet: CoverageSheet
  onClose(): void
}

type ExportState =
  | { readonly kind: 'idle' | 'running' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'written'; readonly folder: string; readonly files: readonly WrittenFile[] }

/** Exports the grid that is shown as a CSV file, and says where it is. */
export function ExportCoverageDialog({ sheet, onClose }: ExportCoverageDialogProps) {
  const { t, number } = useWords()
  const { host, project } = useWorkspace()
  const errorText = useErrorText()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const destination = useDestination(error => setState({ kind: 'failed', error }))
  const [folderName, setFolderName] = useState(() =>
    folderNameFor(t('coverage.export.folder', { name: project.name }), new Date()),
  )
  const [isProtected, setProtected] = useState(false)

  if (state.kind === 'written') {
    return (
      <Dialog
        isOpen
        size="medium"
        title={t('coverage.export.doneTitle')}
        onClose={onClose}
        footer={
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <Banner
          kind="ok"
          title={t('coverage.export.done', {
            count: sheet.rows.length,
            n: number(sheet.rows.length),
          })}
        />
        <p className="coverage-path">{state.folder}</p>
        {state.files.map(({ name, bytes, url }) => (
          <p key={name} className="coverage-file">
            {name} · {t('export.files.bytes', { size: number(bytes) })}
            {url && (
              <a href={url} download={name}>
                {t('export.files.download')}
                <span className="visually-hidden"> {name}</span>
              </a>
            )}
          </p>
        ))}
      </Dialog>
    )
  }

  const isRunning = state.kind === 'running'
  const failure = state.kind === 'failed' ? state.error : null
  const reason = failure instanceof HostError ? failure.reason : null
  const isOfField = reason === 'name-invalid' || reason === 'place-invalid'
  const isReady = folderName.trim() !== '' && destination.place !== null && !isRunning
  const write = async () => {
    setState({ kind: 'running' })
    try {
      const { token } = await destination.resolve()
      const wish = { place: token, folderName: folderName.trim() }
      const csv = coverageCsv(sheet, { protectForSpreadsheets: isProtected })
      setState({ kind: 'written', ...(await writeCoverage(host, { ...wish, csv })) })
    } catch (error) {
      setState({ kind: 'failed', error })
    }
  }

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('coverage.export.title')}
      onClose={onClose}
      canClose={!isRunning}
      onSubmit={() => {
        if (isReady) void write()
      }}
      footer={
        <>
          <Button isDisabled={isRunning} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" isDisabled={!isReady}>
            {failure === null ? t('export.start') : t('common.retry')}
          </Button>
        </>
      }
    >
      {failure !== null && !isOfField && (
        <ErrorNotice {...errorText(failure)} safe={t('export.failedSafe')} />
      )}
      <p>{t('coverage.export.text')}</p>
      <TextField
        autoFocus
        isDisabled={isRunning}
        label={t('export.folderName.label')}
        description={t('export.folderName.hint')}
        maxLength={MAX_NAME_LENGTH}
        value={folderName}
        onChange={setFolderName}
        {...(reason === 'name-invalid' ? { error: t('export.folderName.invalid') } : {})}
      />
      <div className="coverage-destination">
        <TextField
          isReadOnly={destination.typedPath === null}
          isDisabled={isRunning}
          label={t('export.place.label')}
          description={
            destination.typedPath === null ? t('export.place.hint') : t('export.place.typedHint')
          }
          value={destination.typedPath ?? destination.place?.label ?? ''}
          onChange={destination.type}
          {...(reason === 'place-invalid' ? { error: errorText(failure).brief } : {})}
        />
        {destination.typedPath === null && (
          <Button
            isDisabled={isRunning || destination.place === null}
            onPress={() => void destination.choose()}
          >
            {t('common.change')}
          </Button>
        )}
      </div>
      <Checkbox
        isDisabled={isRunning}
        isSelected={isProtected}
        onChange={setProtected}
        description={t('export.protect.hint')}
      >
        {t('export.protect.label')}
      </Checkbox>
    </Dialog>
  )
}
