import { endingOf, mayBeReport } from '../../../shared/intake/document-kind'
import { eachInSlices, sortedInSlices } from '../../../shared/slices'

// What was chosen or dropped, as a flat list of files. From folders only files that may be
// reports are taken, also those of kinds that cannot be read, so that nobody misses them in
// silence; a file that someone pointed at is always tried.

/** A file to import, with the folders that it was found in. */
export interface FoundFile {
  readonly file: File
  readonly path: string
}

export interface Collected {
  readonly files: readonly FoundFile[]
  /** How many files in folders were left out as no reports, by the ending of their names. */
  readonly skipped: ReadonlyMap<string, number>
  /** Paths of files and folders that could not be read. */
  readonly unreadable: readonly string[]
}

export const NOTHING_COLLECTED: Collected = {
  files: [],
  skipped: new Map(),
  unreadable: [],
}

const byPath = new Intl.Collator('zh', { numeric: true })

/**
 * The files of a file field, by path. Those of a folder come with their path in it. Thousands of
 * them take their time, in which the page goes on.
 */
export async function collectChosen(chosen: readonly File[]): Promise<Collected> {
  const found: FoundFile[] = []
  const skipped = new Map<string, number>()
  await eachInSlices(chosen, file => {
    const { webkitRelativePath: path } = file
    if (path && !isTaken(file.name)) skip(skipped, file.name)
    else found.push({ file, path: path || file.name })
  })
  return { files: await inOrder(found, skipped), skipped, unreadable: [] }
}

/**
 * The entries of a drop. Must be asked for while the drop is being handled: the browser forgets
 * them afterwards.
 */
export function entriesOf(drop: DataTransfer): FileSystemEntry[] {
  return [...drop.items].flatMap(item => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry ?? []
  })
}

/** The files of a drop, in folders to any depth, by path. Stops early once `signal` is aborted. */
export async function collectDropped(
  entries: readonly FileSystemEntry[],
  signal: AbortSignal,
): Promise<Collected> {
  const files: FoundFile[] = []
  const unreadable: string[] = []
  const skipped = new Map<string, number>()
  await take(entries, { isInFolder: false })
  return { files: await inOrder(files, skipped), skipped, unreadable }

  async function take(
    some: readonly FileSystemEntry[],
    { isInFolder }: { isInFolder: boolean },
  ): Promise<void> {
    const wanted: FileSystemFileEntry[] = []
    for (const entry of some.filter(isFile)) {
      if (isInFolder && !isTaken(entry.name)) skip(skipped, entry.name)
      else wanted.push(entry)
    }
    for (const [i, file] of (await Promise.all(wanted.map(fileOf))).entries()) {
      const path = pathOf(wanted[i]!)
      if (file) files.push({ file, path })
      else unreadable.push(path)
    }
    for (const folder of some.filter(isFolder)) {
      if (signal.aborted) return
      const reader = folder.createReader()
      for (;;) {
        const next = await nextOf(reader)
        if (!next) unreadable.push(pathOf(folder))
        if (!next || next.length === 0 || signal.aborted) break
        await take(next, { isInFolder: true })
      }
    }
  }
}

/** Adds what was found later to what was found before. */
export function addCollected(before: Collected, more: Collected): Collected {
  const skipped = new Map(before.skipped)
  for (const [ending, count] of more.skipped) add(skipped, ending, count)
  return {
    files: [...before.files, ...more.files],
    skipped,
    unreadable: [...before.unreadable, ...more.unreadable],
  }
}

/** How many files were left out. */
export function skippedIn(skipped: Collected['skipped']): number {
  return [...skipped.values()].reduce((sum, count) => sum + count, 0)
}

/** The endings of files that were left out, the most frequent first: `.jpg 12, .css 3, …`. */
export function kindsIn(skipped: Collected['skipped']): string {
  const kinds = [...skipped].sort((a, b) => b[1] - a[1])
  const some = kinds.slice(0, 4).map(([ending, count]) => `${ending ? `.${ending}` : '?'} ${count}`)
  return [...some, ...(kinds.length > 4 ? ['\u2026'] : [])].join(', ')
}

/** Whether a file in a folder is taken. Those that begin with `.` or `~$` belong to programs. */
function isTaken(name: string): boolean {
  return !/^(?:\.|~\$)/.test(name) && mayBeReport(name)
}

/**
 * Leaves out what belongs to a saved page: browsers put its frames and pictures into a folder
 * beside it that has its name and `_files` or `.files`.
 */
async function withoutPageParts(
  found: readonly FoundFile[],
  skipped: Map<string, number>,
): Promise<FoundFile[]> {
  const pages = new Set(
    found.flatMap(({ path }) => (/\.x?html?$/i.test(path) ? path.replace(/\.x?html?$/i, '') : [])),
  )
  const kept: FoundFile[] = []
  await eachInSlices(found, each => {
    const { file, path } = each
    const isPart = [...path.matchAll(/[_.]files\//g)].some(({ index }) =>
      pages.has(path.slice(0, index)),
    )
    if (isPart) skip(skipped, file.name)
    else kept.push(each)
  })
  return kept
}

function skip(skipped: Map<string, number>, name: string): void {
  add(skipped, endingOf(name), 1)
}

function add(skipped: Map<string, number>, ending: string, count: number): void {
  skipped.set(ending, (skipped.get(ending) ?? 0) + count)
}

/** By path, without what belongs to a saved page. */
async function inOrder(found: FoundFile[], skipped: Map<string, number>): Promise<FoundFile[]> {
  return sortedInSlices(await withoutPageParts(found, skipped), inPathOrder)
}

/** Numbers count by their value: 2 comes before 10. */
function inPathOrder(a: FoundFile, b: FoundFile): number {
  return byPath.compare(a.path, b.path)
}

function pathOf({ fullPath }: FileSystemEntry): string {
  return fullPath.replace(/^\//, '')
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise(resolve => entry.file(resolve, () => resolve(null)))
}

/** The next entries of a folder: browsers give a hundred at a time, at the end none. */
function nextOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[] | null> {
  return new Promise(resolve => reader.readEntries(resolve, () => resolve(null)))
}
