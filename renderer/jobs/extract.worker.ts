import { NO_MARKUP } from '../../shared/domain/markup'
import { readDocument } from '../../shared/intake/read-document'
import { studyOf } from '../../shared/intake/study'
import { lookAtTable, readTableReports } from '../../shared/intake/table-reports'
import { type ExtractAnswer, type ExtractRequest, NO_STUDY } from './extractor'

// Reads one document at a time, in a worker that whoever started it may end at any moment.

const tools = { pdf: async () => (await import('./pdf-library')).openPdfLibrary() }

self.onmessage = ({ data }: MessageEvent<ExtractRequest>) => {
  // A promise that fails tells nobody outside the worker; an error does.
  answerTo(data).then(message => self.postMessage(message), self.reportError)
}

async function answerTo(request: ExtractRequest): Promise<ExtractAnswer> {
  if (request.kind === 'study') {
    const studies = request.texts.map(({ reportId, text }) => studyOf(reportId, text, NO_MARKUP))
    return { kind: 'study', studies }
  }
  if (request.kind === 'table') {
    return { kind: 'table', table: await readTableReports(request.source, request.choice) }
  }
  if (request.kind === 'look') {
    return { kind: 'look', look: await lookAtTable(request.source, request.sheet) }
  }
  const document = await readDocument(request.source, tools)
  const study = document.ok ? studyOf(request.reportId, document.text, document.markup) : NO_STUDY
  return { kind: 'read', extracted: { document, study } }
}
