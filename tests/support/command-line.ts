import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'

const ROOT = join(import.meta.dirname, '../..')

/** How a run of the program ended and what it printed. */
export interface Ended {
  /** `null` when a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Asks it to end, as Ctrl+C does, as soon as this is so. */
  readonly killWhen?: () => boolean
}

/** The command line, built into a folder of its own. */
export interface CommandLine {
  /** Runs it in a process of its own until it ends. English unless `env` says otherwise. */
  run(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** Where its parts are. */
  readonly folder: string
  remove(): Promise<void>
}

/** Builds the program and its threads, as `npm run build` does. */
export async function builtCommandLine(): Promise<CommandLine> {
  // Within the repository, so that packages are found from there.
  const folder = await mkdtemp(join(ROOT, 'node_modules/.codicil-bundle-'))
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      ssr: true,
      outDir: folder,
      minify: false,
      rollupOptions: {
        input: { cli: 'electron/cli.ts', 'extract-thread': 'electron/extract-thread.ts' },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  })
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    run: (args, { env = {}, killWhen } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [join(folder, 'cli.js'), ...args], {
          env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
        })
        const printed = { stdout: '', stderr: '' }
        for (const name of ['stdout', 'stderr'] as const) {
          child[name].setEncoding('utf8').on('data', (text: string) => {
            printed[name] += text
          })
        }
        const watch = setInterval(() => {
          if (!killWhen?.()) return
          clearInterval(watch)
          child.kill('SIGINT')
        }, 5)
        child.on('error', reject).on('close', code => {
          clearInterval(watch)
          resolve({ code, ...printed })
        })
      }),
  }
}
