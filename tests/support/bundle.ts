import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { onTestFinished } from 'vitest'

/** A program of ours as one file that a process of its own can run; gone when the test is. */
export async function bundled(entry: string): Promise<string> {
  // Within the repository, so that packages are found from there.
  const folder = await mkdtemp(join(import.meta.dirname, '../../node_modules/.codicil-bundle-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, '../..'),
    build: {
      ssr: entry,
      outDir: folder,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  })
  return join(folder, 'program.mjs')
}
