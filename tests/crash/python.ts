import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ProjectState } from '../../shared/journal/state'

// The reader that FORMAT.md prints for anyone to copy, run on a real folder.

const PAGE = join(import.meta.dirname, '../../electron/host/FORMAT.md')

/** Lets that reader read a folder; a sentence for each line that it and our fold disagree on. */
export async function pythonFaults(folder: string, state: ProjectState): Promise<string[]> {
  const program = /```python\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8'))?.[1]
  if (!program) return ['FORMAT.md has no reader in Python']
  const printed = await new Promise<string>((resolve, reject) => {
    const env = { ...process.env, PYTHONIOENCODING: 'utf-8' }
    const options = { env, maxBuffer: 256 * 1024 * 1024 }
    execFile('python3', ['-c', program, folder], options, (error, stdout, stderr) =>
      error ? reject(new Error(`the reader of FORMAT.md failed: ${stderr}`)) : resolve(stdout),
    )
  })
  const theirs = printed.split('\n').filter(line => line !== '')
  const ours = [...state.annotations.values()]
    .flatMap(items => [...items.values()])
    .map(({ reportId, codeId, quote }) =>
      [state.reports.get(reportId)?.title, state.codes.get(codeId)?.name, quote].join('\t'),
    )
  const left = new Set(theirs)
  const faults = ours.filter(line => !left.delete(line)).map(line => `python lacks ${line}`)
  return [...faults, ...[...left].map(line => `python alone has ${line}`)]
}
