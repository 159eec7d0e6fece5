import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'

// Kills a process at an exact write to an exact file, and counts flushes, by way of strace.

/** Whether strace is here and may trace; in some containers it may not. */
export function canTrace(): boolean {
  const tried = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true'])
  return tried.status === 0
}

/** What to say where it cannot. */
export const NO_STRACE =
  'strace is not here or may not trace: kills in mid-write did not run (Debian: apt-get install strace). / 没有可用的 strace，未运行写入中途终止的测试。'

/**
 * The command line under which a program is killed on entering its `nth` such call on one of the
 * files. strace counts in each thread by itself, so Node gets one thread only for its files.
 */
export function killingAt(
  nth: number,
  calls: readonly string[],
  files: readonly string[],
): readonly string[] {
  const names = calls.join(',')
  return [
    ...['strace', '-D', '-f', '-qq', '-o', '/dev/null', '-E', 'UV_THREADPOOL_SIZE=1'],
    ...files.flatMap(file => ['-P', file]),
    ...['-e', `trace=${names}`, '-e', `inject=${names}:signal=SIGKILL:when=${nth}`],
  ]
}

/** The command line under which a program's calls on some files are written down in `log`. */
export function recording(
  log: string,
  calls: readonly string[],
  files: readonly string[],
): readonly string[] {
  return [
    ...['strace', '-D', '-f', '-qq', '-y', '--seccomp-bpf', '-o', log],
    ...files.flatMap(file => ['-P', file]),
    ...['-e', `trace=${calls.join(',')}`],
  ]
}

/** Every call that writes bytes. */
export const WRITES = ['write', 'pwrite64', 'writev', 'pwritev'] as const

/** Every call that forces bytes to disk. */
export const FLUSHES = ['fdatasync', 'fsync'] as const

/** Writes a program that starts another one below a command line; answers its path. */
export function wrapper(path: string, under: readonly string[], program: string): string {
  const quoted = [...under, program].map(word => `'${word.replaceAll("'", "'\\''")}'`)
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`)
  chmodSync(path, 0o755)
  return path
}
