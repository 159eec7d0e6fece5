import { childrenOf, xmlTree } from './xml'
import type { ZipParts } from './zip-parts'

/** What a part of an Office file refers to. */
export interface Relation {
  readonly id: string
  /** The last word of its type, such as `styles`; the same in both versions of the standard. */
  readonly type: string
  /** A part's name within the file, or an address where `isOutside`. */
  readonly target: string
  readonly isOutside: boolean
}

/** The relations of a part, or of the file itself for an empty name; none where none are stated. */
export function relationsOf(zip: ZipParts, part: string): Relation[] {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const name = `${folder}_rels/${part.slice(slash)}.rels`
  if (!zip.has(name)) return []
  const root = xmlTree(zip.pieces(name), { where: name })
  return childrenOf(root, 'rel:Relationship').map(({ attributes }) => {
    const isOutside = attributes.TargetMode === 'External'
    const target = attributes.Target ?? ''
    return {
      id: attributes.Id ?? '',
      type: /[^/]*$/.exec(attributes.Type ?? '')![0],
      target: isOutside ? target : resolvePart(folder, target),
      isOutside,
    }
  })
}

/** The name of the part that a reference in a `folder` means. It may be that of no part. */
export function resolvePart(folder: string, reference: string): string {
  const path = unescapePath(reference.replace(/[?#].*$/s, '').replaceAll('\\', '/'))
  const steps = path.startsWith('/') ? [] : folder.split('/')
  steps.push(...path.split('/'))
  const kept: string[] = []
  for (const step of steps) {
    if (step === '..') kept.pop()
    else if (step !== '' && step !== '.') kept.push(step)
  }
  return kept.join('/')
}

function unescapePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // A lone % is a character of the name.
    return path
  }
}
