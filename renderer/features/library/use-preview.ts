import { useEffect, useState } from 'react'
import { makeId, type ReportId } from '../../../shared/domain/id'
import { NO_MARKUP } from '../../../shared/domain/markup'
import type { Span } from '../../../shared/domain/structure'
import { type DocumentFormat, refuse } from '../../../shared/extract/document'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import { previewText } from '../../../shared/extract/text-file'
import type { HtmlMode } from '../../../shared/intake/read-document'
import extractorUrl from '../../jobs/extract.worker.ts?worker&url'
import { openExtractor } from '../../jobs/extractor'
import type { Details, FileProblem } from '../../jobs/import-messages'
import { workerAt } from '../../jobs/worker-at'

/** How a file would be read. */
export interface PreviewWish {
  readonly file: File
  readonly format: DocumentFormat
  readonly encoding: EncodingLabel | null
  readonly mode: HtmlMode | null
}

/** The beginning of a file's text, as it would come in. */
export type Preview =
  | { readonly is: 'reading' }
  /** Not read for a preview: it is too large for a moment's look. */
  | { readonly is: 'skipped' }
  | { readonly is: 'text'; readonly text: string; readonly asides: readonly Span[] }
  | { readonly is: 'refused'; readonly problem: FileProblem; readonly details: Details }

/** Reads the beginning of a file, documents in a worker of their own that ends with the look. */
export function usePreview({ file, format, encoding, mode }: PreviewWish): Preview {
  const [preview, setPreview] = useState<Preview>({ is: 'reading' })
  useEffect(() => {
    let isWanted = true
    const show = (next: Preview) => isWanted && setPreview(next)
    const unreadable = () => show({ is: 'refused', problem: 'unreadable', details: {} })
    if (format === 'txt' || format === 'md') {
      file
        .slice(0, 4 * PREVIEW_CHARS + 4)
        .arrayBuffer()
        .then(bytes => {
          const text = previewText(new Uint8Array(bytes), encoding ?? 'utf-8', PREVIEW_CHARS)
          show({ is: 'text', text, asides: [] })
        }, unreadable)
      return () => {
        isWanted = false
      }
    }
    if (file.size > MOST_BYTES) {
      show({ is: 'skipped' })
      return
    }
    const extractor = openExtractor(() => workerAt(extractorUrl), { count: 1 })
    const read = async () => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      if (!isWanted) return
      const source = { name: file.name, bytes, encoding, ...(mode ? { mode } : {}) }
      const extracted = await extractor.read(source, NO_REPORT)
      extractor.end()
      const document = extracted?.document ?? refuse('too-slow')
      if (!document.ok) {
        show({ is: 'refused', problem: document.problem, details: document.details })
        return
      }
      const text = document.text.slice(0, PREVIEW_CHARS)
      const { marks } = document.markup ?? NO_MARKUP
      show({ is: 'text', text, asides: marks.filter(({ kind }) => kind === 'aside') })
    }
    read().catch(unreadable)
    return () => {
      isWanted = false
      extractor.end()
    }
  }, [file, format, encoding, mode])
  return preview
}

const PREVIEW_CHARS = 1200
const MOST_BYTES = 30 * 1024 * 1024

/** Values of a preview go nowhere. */
const NO_REPORT = makeId(0, () => 0) as ReportId
