import { FileInput } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import type { ProjectId } from '../../../shared/domain/id'
import type { Host } from '../../../shared/host'
import { toTag } from '../../locale/language'
import { useWords } from '../../locale/use-words'
import { useDroppedFiles } from '../../ui/use-dropped-files'
import { OpenCopyDialog } from './OpenCopyDialog'
import { useOpenCopy } from './use-open-copy'
import './copies.css'

export interface OpenCopyZoneProps {
  readonly host: Host
  onOpen(id: ProjectId): void
  /** Draws the start screen, given a way to ask for a file and how many copies have been added. */
  readonly children: (copies: { choose(): void; readonly added: number }) => ReactNode
}

/** Opens copies that are chosen or dropped anywhere on the window, with the dialog for it. */
export function OpenCopyZone({ host, onOpen, children }: OpenCopyZoneProps) {
  const { t, language } = useWords()
  const [added, setAdded] = useState(0)
  const opening = useOpenCopy(host, () => setAdded(before => before + 1))
  const field = useRef<HTMLInputElement>(null)
  const begin = (file: File) => {
    const day = new Intl.DateTimeFormat(toTag(language), { dateStyle: 'medium' })
    void opening.begin(file, t('copies.suffix', { date: day.format(Date.now()) }))
  }
  const isOver = useDroppedFiles(({ files: dropped }) => {
    const files = [...dropped]
    const copy = files.find(({ name }) => name.toLowerCase().endsWith('.codicil'))
    if (copy) begin(copy)
    else if (files[0]) opening.refuse(files[0].name)
  })

  return (
    <>
      {children({ choose: () => field.current?.click(), added })}
      <input
        ref={field}
        type="file"
        accept=".codicil"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) begin(file)
          // The same file may be chosen again.
          currentTarget.value = ''
        }}
      />
      <OpenCopyDialog opening={opening} onOpen={onOpen} />
      {isOver && opening.state.kind === 'idle' && (
        <div className="copies-overlay">
          <p className="copies-overlay-words">
            <FileInput aria-hidden />
            {t('copies.drop')}
          </p>
        </div>
      )}
    </>
  )
}
