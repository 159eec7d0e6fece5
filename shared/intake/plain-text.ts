import { NO_MARKUP } from '../domain/markup'
import { type DocumentFile, refuse } from '../extract/document'
import { readTextFile } from '../extract/text-file'
import { normalizeText } from '../text/normalize'
import type { DocumentSource } from './read-document'

/** Reads plain text. Quick enough to need no worker of its own. */
export function readPlainText({
  bytes,
  encoding,
}: Pick<DocumentSource, 'bytes' | 'encoding'>): DocumentFile {
  const read = readTextFile(bytes, encoding ? { encoding } : {})
  if (!read.ok) {
    const { problem, details } = read
    return problem === 'binary' ? refuse('unsupported', details) : refuse(problem, details)
  }
  return {
    ok: true,
    format: 'txt',
    extractor: 'txt/1',
    text: normalizeText(read.text),
    markup: NO_MARKUP,
    encoding: read.encoding,
    sure: read.sure,
    replaced: read.replaced,
    notes: read.notes,
  }
}
