import { type CodebookFile, readCodebook } from '../../../shared/formats/codebook-file'
import type { Language } from '../../locale/language'

/** The starter codebook for reports on rule-of-law government. Fetched when first asked for. */
export async function starterCodebook(language: Language): Promise<CodebookFile> {
  const { default: source } = await import('../../../resources/starter-codebook.json?raw')
  return readCodebook(source, language)
}
