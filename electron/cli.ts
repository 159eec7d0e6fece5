import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HostError } from '../shared/host'
import { USAGE, wishOf } from './cli/options'
import { failureWords, say, tongueOf, type Words } from './cli/words'
import { hostErrorOf } from './host/disk'

// The third door: the same project folders from the command line, without a window. Each command
// is loaded when it is asked for, so that asking for help costs nothing.

/** How the program ends. */
const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

const tongue = tongueOf(process.env)
process.exitCode = await main().catch(explain)

async function main(): Promise<number> {
  const wish = wishOf(process.argv.slice(2))
  switch (wish.command) {
    case 'help':
      process.stdout.write(`${say(USAGE, tongue)}\n`)
      return DONE
    case 'version':
      process.stdout.write(`${version()}\n`)
      return DONE
    case 'wrong':
      tell(wish.why)
      tell(USAGE)
      return WRONG_USAGE
    case 'import': {
      const { runImport } = await import('./cli/import')
      return runImport(wish, {
        tongue,
        version: version(),
        threadFile: join(import.meta.dirname, 'extract-thread.js'),
        now: () => Date.now(),
        stderr: process.stderr,
        stdout: process.stdout,
      })
    }
    case 'inspect': {
      const { runInspect } = await import('./cli/inspect')
      return runInspect(wish, { tongue, stdout: process.stdout })
    }
  }
}

function explain(error: unknown): number {
  const isOurs = error instanceof HostError || 'code' in Object(error)
  // Whoever reads from us has seen enough.
  if (isOurs && (error as { code?: unknown }).code === 'EPIPE') return DONE
  if (isOurs) {
    const { reason, details } = hostErrorOf(error)
    tell(failureWords(reason, details))
  } else {
    tell(failureWords('disk-error', {}))
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    process.stderr.write(`${what}\n`)
  }
  return FAILED
}

function tell(words: Words): void {
  process.stderr.write(`${say(words, tongue)}\n`)
}

function version(): string {
  const file = join(import.meta.dirname, '../../package.json')
  const { version: number } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return number
}
