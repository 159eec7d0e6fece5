import { FileSpreadsheet } from 'lucide-react'
import { useRef } from 'react'
import { MAX_CATEGORIES, MAX_CELLS } from '../../../shared/commands/variables'
import { columnsOf } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { useSaving } from '../../session/saving'
import { ColumnChoice } from '../../tables/ColumnChoice'
import { targetProblems } from '../../tables/targets'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { useErrorText } from '../../workspace/use-error-text'
import { FileChoice } from './FileChoice'
import { KeyChoice } from './KeyChoice'
import { MatchPreview } from './MatchPreview'
import { RefusedFile } from './RefusedFile'
import { takeProblem, usedTargets } from './targets'
import { useTableDrop } from './use-table-drop'
import { useValuesImport } from './use-values-import'
import './values-import.css'

export interface ValuesImportDialogProps {
  onClose(): void
}

/** Takes values of variables from a table: what it would change is seen before it does. */
export function ValuesImportDialog({ onClose }: ValuesImportDialogProps) {
  const { t, number } = useWords()
  const errorText = useErrorText()
  const { stage, read, choose, take } = useValuesImport()
  const field = useRef<HTMLInputElement>(null)
  const isWriting = stage.kind === 'writing'
  const setup = stage.kind === 'ready' || stage.kind === 'writing' ? stage : null
  const problems = setup
    ? targetProblems(usedTargets(setup.targets, setup.key), setup.head.variables)
    : new Map<number, never>()
  const problem = setup?.preview ? takeProblem(setup.preview, problems) : null
  const isReady = setup?.preview && !setup.isStale && problem === null && !isWriting
  const open = (file: File) => {
    if (!isWriting) read({ file, sheet: null, encoding: null })
  }
  const isOver = useTableDrop(open)
  const isUnsaved = useSaving(({ state }) => state.kind === 'not-saved')
  const pick = () => field.current?.click()

  // What to do about a disk that refuses is asked beneath; the result is shown once that is settled.
  if (isWriting && isUnsaved) return null

  return (
    <Dialog
      isOpen
      size="large"
      title={t('valuesImport.title')}
      onClose={onClose}
      canClose={!isWriting}
      {...(isWriting ? {} : { closeLabel: t('common.close') })}
      footerNote={setup && note()}
      footer={
        stage.kind === 'done' ? (
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        ) : (
          <>
            {setup && (
              <Button isDisabled={isWriting} onPress={pick}>
                {t('valuesImport.another')}
              </Button>
            )}
            {stage.kind === 'refused' && (
              <Button variant="primary" onPress={pick}>
                {t('valuesImport.another')}
              </Button>
            )}
            <Button isDisabled={isWriting} onPress={onClose}>
              {t('common.cancel')}
            </Button>
            {setup && (
              <Button
                variant="primary"
                isPending={isWriting}
                isDisabled={!isReady && !isWriting}
                onPress={take}
              >
                {t('valuesImport.take')}
              </Button>
            )}
          </>
        )
      }
    >
      <input
        ref={field}
        type="file"
        hidden
        accept=".xlsx,.xlsm,.csv,.tsv,.txt"
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) open(file)
        }}
      />
      {stage.kind === 'empty' && (
        <div className={isOver ? 'values-drop values-over' : 'values-drop'}>
          <EmptyState
            icon={<FileSpreadsheet aria-hidden />}
            title={t(isOver ? 'valuesImport.dropNow' : 'valuesImport.drop')}
            text={t('valuesImport.intro')}
            action={
              <Button variant="primary" autoFocus onPress={pick}>
                {t('valuesImport.choose')}
              </Button>
            }
          />
        </div>
      )}
      {stage.kind === 'reading' && (
        <ProgressBar label={t('valuesImport.reading', { name: stage.file.name })} value={null} />
      )}
      {stage.kind === 'refused' && <RefusedFile {...stage} onRead={read} />}
      {setup && (
        <>
          {setup.error !== null && <ErrorNotice {...errorText(setup.error)} />}
          <FileChoice
            file={setup.file}
            sheet={setup.sheet}
            encoding={setup.encoding}
            head={setup.head}
            isDisabled={isWriting}
            onRead={read}
          />
          <KeyChoice
            head={setup.head}
            value={setup.key}
            isDisabled={isWriting}
            onChange={key => choose({ key })}
          />
          <ColumnChoice
            columns={setup.head.columns}
            variables={setup.head.variables}
            taken={new Map(columnsOf(setup.key).map(each => [each, t('valuesImport.isKey')]))}
            targets={setup.targets}
            problems={problems}
            isDisabled={isWriting}
            onChange={targets => choose({ targets })}
          />
          <MatchPreview head={setup.head} preview={setup.preview} isStale={setup.isStale} />
        </>
      )}
      {stage.kind === 'done' && (
        <Banner
          kind="ok"
          title={
            stage.taken.values === 0
              ? t('valuesImport.doneNothing')
              : t('valuesImport.done', {
                  count: stage.taken.values,
                  n: number(stage.taken.values),
                  reports: number(stage.taken.reports),
                })
          }
        >
          {stage.taken.variables > 0 && (
            <p>
              {t('valuesImport.doneVariables', {
                count: stage.taken.variables,
                n: number(stage.taken.variables),
              })}
            </p>
          )}
          {stage.taken.values > 0 && <p>{t('valuesImport.doneUndo')}</p>}
        </Banner>
      )}
    </Dialog>
  )

  function note() {
    if (isWriting) return t('valuesImport.writing')
    switch (problem) {
      case 'columns':
        return t('valuesImport.note.columns')
      case 'nothing':
        return t('valuesImport.note.nothing')
      case 'too-many':
        return t('valuesImport.note.tooMany', {
          n: number(setup?.preview?.cells ?? 0),
          limit: number(MAX_CELLS),
        })
      case 'too-many-categories':
        return t('valuesImport.note.tooManyCategories', { limit: number(MAX_CATEGORIES) })
      case null:
        return t('valuesImport.note.safe')
    }
  }
}
