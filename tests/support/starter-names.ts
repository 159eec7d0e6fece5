import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCodebook } from '../../shared/formats/codebook-file'

/** The Chinese names of the codes of the starter codebook. */
export function starterNames(): string[] {
  const path = join(import.meta.dirname, '../../resources/starter-codebook.json')
  return readCodebook(readFileSync(path, 'utf8'), 'zh').codes.map(({ name }) => name)
}
