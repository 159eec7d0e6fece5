// What was chosen or dropped, as a flat list of files. From folders only text files are taken;
// a file that someone pointed at is always tried, so that they are told why it does not work.

/** A file to import, with the folders that it was found in. */
export interface FoundFile {
  readonly file: File
  readonly path: string
}

export interface Collected {
  readonly files: readonly FoundFile[]
  /** How many files in folders were left out because they are not text files. */
  readonly skipped: number
  /** Paths of files and folders that could not be read. */
  readonly unreadable: readonly string[]
}

export const NOTHING_COLLECTED: Collected = { files: [], skipped: 0, unreadable: [] }

const byPath = new Intl.Collator('zh', { numeric: true })

/** The files of a file field, by path. Those of a folder come with their path in it. */
export function collectChosen(chosen: Iterable<File>): Collected {
  const files: FoundFile[] = []
  let skipped = 0
  for (const file of chosen) {
    const { webkitRelativePath: path } = file
    if (path && !isTextName(file.name)) skipped++
    else files.push({ file, path: path || file.name })
  }
  return { files: files.sort(inPathOrder), skipped, unreadable: [] }
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
  let skipped = 0
  await take(entries, { isInFolder: false })
  return { files: files.sort(inPathOrder), skipped, unreadable }

  async function take(
    some: readonly FileSystemEntry[],
    { isInFolder }: { isInFolder: boolean },
  ): Promise<void> {
    const wanted = some.filter(isFile).filter(({ name }) => !isInFolder || isTextName(name))
    skipped += some.filter(isFile).length - wanted.length
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
  return {
    files: [...before.files, ...more.files],
    skipped: before.skipped + more.skipped,
    unreadable: [...before.unreadable, ...more.unreadable],
  }
}

/** Whether a file in a folder is taken. Files that begin with a dot belong to the system. */
function isTextName(name: string): boolean {
  return /^[^.].*\.(txt|text|md)$/is.test(name)
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
