import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { frameOf } from '../../shared/journal/frame'

// What a crash, a power cut or a bad disk leaves behind, done on purpose.

/** Kills the browser that uses a profile, with every process below it, at once. */
export function killBrowser(profile: string): number {
  const processes = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap(line => {
      const found = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)
      return found ? [{ pid: Number(found[1]), parent: Number(found[2]), args: found[3]! }] : []
    })
  const doomed = new Set(
    processes
      .filter(({ args }) => args.includes(`--user-data-dir=${profile}`))
      .map(each => each.pid),
  )
  for (let size = -1; size !== doomed.size; ) {
    size = doomed.size
    for (const { pid, parent } of processes) if (doomed.has(parent)) doomed.add(pid)
  }
  for (const pid of doomed) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself meanwhile.
    }
  }
  return doomed.size
}

/** What may be done to a browser profile that is not in use. */
export const PROFILE_DAMAGES = ['none', 'gone', 'cut', 'zeroed', 'client-forgotten'] as const

export type ProfileDamage = (typeof PROFILE_DAMAGES)[number]

/** Damages the working copy in a profile; the project folder is left alone. */
export function damageProfile(profile: string, how: ProfileDamage, random: () => number): void {
  switch (how) {
    case 'none':
      return
    case 'gone':
      rmSync(profile, { recursive: true, force: true })
      return
    case 'cut':
    case 'zeroed':
      for (const log of storeLogs(profile)) {
        const bytes = readFileSync(log)
        const lost = Math.min(bytes.length, 1 + Math.floor(random() * 40_000))
        if (how === 'zeroed') bytes.fill(0, bytes.length - lost)
        writeFileSync(log, how === 'zeroed' ? bytes : bytes.subarray(0, bytes.length - lost))
      }
      return
    case 'client-forgotten':
      rmSync(join(profile, 'Default/Local Storage'), { recursive: true, force: true })
  }
}

/**
 * Leaves at the end of the newest journal file, or of the newest pack of texts, what a write
 * that was cut short and never acknowledged leaves: the beginning of a frame, or garbage.
 */
export function tearEnd(folder: string, ending: '.log' | '.pack', random: () => number): void {
  const name = readdirSync(folder)
    .filter(each => each.endsWith(ending))
    .sort()
    .at(-1)
  if (!name) return
  const payload = Buffer.from(Array.from({ length: 400 }, () => Math.floor(random() * 256)))
  const torn =
    random() < 0.5
      ? frameOf(payload).subarray(0, 1 + Math.floor(random() * 415))
      : payload.subarray(0, 1 + Math.floor(random() * 399))
  appendFileSync(join(folder, name), torn)
}

/** The newest writes of the browser's store: the logs of its IndexedDB. */
function storeLogs(profile: string): string[] {
  const folder = join(profile, 'Default/IndexedDB')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.log'))
    .map(name => join(folder, name))
}
