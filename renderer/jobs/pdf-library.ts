import type { PdfLibrary } from '../../shared/extract/pdf'
import { loadPdfJs } from '../../shared/extract/pdf-js'
import { pdfLibraryOf } from '../../shared/extract/pdf-open'
import { workerAt } from './worker-at'

// pdf.js in a worker of a page. It wants a worker of its own, and would take over this one's
// messages if it got none. That script and the tables of characters are files of ours, which the
// build puts under `pdf/`; nothing comes from anywhere else.

const SCRIPT = '/pdf/worker.js'
const TABLES = '/pdf/cmaps/'

let loading: Promise<PdfLibrary> | null = null

/** Loads the library at the first call, in the worker that reads documents. */
export function openPdfLibrary(): Promise<PdfLibrary> {
  loading ??= load()
  return loading
}

async function load(): Promise<PdfLibrary> {
  const pdfjs = await loadPdfJs()
  let worker = workerAt(SCRIPT)
  pdfjs.GlobalWorkerOptions.workerPort = worker
  return pdfLibraryOf(pdfjs, {
    parameters: { cMapUrl: TABLES, BinaryDataFactory: TablesByFetch },
    abandon: () => {
      worker.terminate()
      worker = workerAt(SCRIPT)
      pdfjs.GlobalWorkerOptions.workerPort = worker
    },
    after: ms => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const passed = new Promise<void>(resolve => {
        timer = setTimeout(resolve, ms)
      })
      return { passed, cancel: () => clearTimeout(timer) }
    },
  })
}

/**
 * How the library gets at its tables. Its own way asks a `document` for its address, which workers
 * have none of. Fonts and decoders are not fetched: places and characters are known without.
 */
class TablesByFetch {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl') throw new Error(`${kind} is not needed`)
    const answer = await fetch(`${TABLES}${filename}`)
    if (!answer.ok) throw new Error(`${filename}: ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  }
}
