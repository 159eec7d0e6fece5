import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { endingOf, mayBeReport } from '../../shared/intake/document-kind'
import { exists } from '../host/disk'
import type { Refusal } from './words'

// Which files an import is about. What somebody names is always tried. Of a folder everything is
// tried that may be a report, also of kinds that cannot be read, so that nobody misses them in
// silence; the rest is counted. Pages come without what browsers save beside them. A link in a
// folder that leads out of it is not followed: whoever packed the folder, not whoever imports it,
// chose what it points to, which may be private.

/** A file to import. */
export interface SourceFile {
  /** The path by which it is opened. */
  readonly file: string
  readonly name: string
  /** The folders and the name as they were chosen, with `/` between them. */
  readonly path: string
  readonly bytes: number
}

/** What was found, in the order of names, and what cannot even be looked at. */
export interface Sources {
  readonly files: readonly SourceFile[]
  /** How many files in folders are no reports, by the ending of their names. */
  readonly skipped: ReadonlyMap<string, number>
  readonly refused: readonly ({ readonly path: string } & Refusal)[]
}

/** Looks up files and searches through folders. Projects inside them are left out. */
export async function findSources(typed: readonly string[]): Promise<Sources> {
  const files: SourceFile[] = []
  const refused: Sources['refused'][number][] = []
  const skipped = new Map<string, number>()
  const visited = new Set<string>()
  for (const each of typed) {
    const file = resolve(each)
    await visit({ file, name: basename(file), path: basename(file) || each }, null)
  }
  return { files: files.sort((a, b) => byName.compare(a.name, b.name)), refused, skipped }

  /** `root` is the typed folder, without links, that `at` was found in. */
  async function visit(at: Found, root: string | null): Promise<void> {
    try {
      // Links may lead in a circle, and a file may be named twice.
      const real = await realpath(at.file)
      if (root !== null && isOutside(real, root)) {
        refused.push({ path: at.path, problem: 'link-outside', details: {} })
        return
      }
      if (visited.has(real)) return
      visited.add(real)
      const found = await stat(real)
      // Opened by where it is, so that no link can be turned elsewhere meanwhile.
      if (found.isFile()) files.push({ ...at, file: real, bytes: found.size })
      else if (found.isDirectory()) await visitFolder({ ...at, file: real }, root ?? real)
      else refused.push({ path: at.path, problem: 'unsupported', details: {} })
    } catch {
      refused.push({ path: at.path, ...unreadable(at.path) })
    }
  }

  async function visitFolder({ file: folder, path }: Found, root: string): Promise<void> {
    if (await exists(join(folder, 'codicil.json'))) return
    const entries = await readdir(folder, { withFileTypes: true })
    const pages = new Set(entries.flatMap(({ name }) => PAGE.exec(name)?.[1] ?? []))
    for (const entry of entries) {
      const { name } = entry
      const companion = COMPANION.exec(name)?.[1]
      if (IGNORED.test(name) || (companion !== undefined && pages.has(companion))) continue
      if (entry.isFile() && !mayBeReport(name)) {
        const ending = endingOf(name)
        skipped.set(ending, (skipped.get(ending) ?? 0) + 1)
        continue
      }
      await visit({ file: join(folder, name), name, path: `${path}/${name}` }, root)
    }
  }
}

type Found = Omit<SourceFile, 'bytes'>

function isOutside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}

/** Names are ordered as people order them: by number, and Chinese by sound. */
const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

const IGNORED = /^(\.|~\$|\._)|^(thumbs\.db|desktop\.ini|__MACOSX|\$RECYCLE\.BIN)$/i
const PAGE = /^(.+)\.(?:x?html?|shtml)$/i
const COMPANION = /^(.+)(?:_files|\.files|_文件)$/i

/** What cannot be read; where its name is no UTF-8, as old archives leave them, that is why. */
function unreadable(path: string): Refusal {
  return { problem: 'unreadable', details: path.includes('\ufffd') ? { misnamed: 1 } : {} }
}
