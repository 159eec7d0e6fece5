import { FileInput } from 'lucide-react'
import { type ChangeEvent, type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { useDroppedFiles } from '../../ui/use-dropped-files'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { useCommands } from '../../workspace/use-commands'
import { entriesOf } from './collect'
import { ImportDialog } from './ImportDialog'
import { ImportContext, type ImportFlow, type ImportStage, useImportControls } from './import-flow'
import './import.css'

interface ImportDropZoneProps {
  readonly children: ReactNode
}

/**
 * Gives everything below it the import of the open project, with its dialog, and takes files
 * and folders that are dropped anywhere on the window.
 */
export function ImportDropZone({ children }: ImportDropZoneProps) {
  const { t, number } = useWords()
  const toast = useToast()
  const canEdit = useCanEdit()
  const { view } = useWorkspace()
  const isShown = useRef(false)
  const controls = useImportControls(stage => {
    if (!isShown.current)
      toast({ ...toastFor(stage), action: { label: t('import.show'), run: show } })
  })
  const { stage, isOpen, show, hide, addChosen, addDropped } = controls
  useEffect(() => {
    isShown.current = isOpen
  }, [isOpen])

  const filesField = useRef<HTMLInputElement>(null)
  const folderField = useRef<HTMLInputElement>(null)
  const asFolderField = (field: HTMLInputElement | null) => {
    folderField.current = field
    if (field) field.webkitdirectory = true
  }
  const take = ({ currentTarget: field }: ChangeEvent<HTMLInputElement>) => {
    if (field.files && field.files.length > 0) addChosen([...field.files])
    // The same files may be chosen again.
    field.value = ''
  }
  const flow: ImportFlow = {
    stage,
    isOpen,
    chooseFiles: () => filesField.current?.click(),
    chooseFolder: () => folderField.current?.click(),
    show,
    hide,
  }
  const canChoose = canEdit && stage.kind !== 'running'
  useCommands({
    importFiles: { isEnabled: canChoose, run: flow.chooseFiles },
    importFolder: { isEnabled: canChoose, run: flow.chooseFolder },
  })
  const isOver = useDroppedFiles(drop => {
    if (canEdit) addDropped(entriesOf(drop))
  })

  return (
    <ImportContext value={flow}>
      {children}
      <input ref={filesField} type="file" multiple hidden onChange={take} />
      <input ref={asFolderField} type="file" multiple hidden onChange={take} />
      <ImportDialog controls={controls} flow={flow} />
      {isOver && (
        <div className="import-overlay">
          <p className="import-overlay-words">
            <FileInput aria-hidden />
            {dropWords()}
          </p>
        </div>
      )}
    </ImportContext>
  )

  function dropWords(): string {
    if (view) return t('viewing.dropRefused')
    return stage.kind === 'running' || !canEdit ? t('import.dropNotNow') : t('import.drop')
  }

  function toastFor(stage: ImportStage) {
    if (stage.kind !== 'done') return { message: t('import.failed'), kind: 'danger' as const }
    const { imported, problems } = stage.result
    return problems.length === 0
      ? { message: t('import.toast', { count: imported, n: number(imported) }) }
      : {
          message: t('import.toastProblems', {
            count: problems.length,
            n: number(problems.length),
            imported: number(imported),
          }),
        }
  }
}
