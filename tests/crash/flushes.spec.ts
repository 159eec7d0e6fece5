import { cpSync, readdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startServer, temporaryFolder } from '../support/app'
import { canTrace, FLUSHES, NO_STRACE, recording, WRITES } from '../support/strace'
import { onlyProjectIn, readProjectFolder } from './folder'
import { strokes } from './strokes'

// A power cut takes what was written and not flushed. So each acknowledged entry must have had
// its flush, and what had been written up to the last flush must be enough for all of them.

const ENTRIES = 50

test('flushes the journal at least once for each acknowledged entry, after its bytes', async () => {
  test.skip(!canTrace(), NO_STRACE)
  const home = await temporaryFolder()
  try {
    const dataDir = join(home.path, 'data')
    const client = strokes()
    const plain = await startServer(dataDir)
    await client.create(plain.url)
    await plain.stop()
    const folder = onlyProjectIn(dataDir)
    const [name] = readdirSync(join(folder, 'journal'))
    const journal = join(folder, 'journal', name!)
    const before = readFileSync(journal).length

    const log = join(home.path, 'calls')
    const traced = await startServer(
      dataDir,
      undefined,
      recording(log, [...WRITES, ...FLUSHES], [journal]),
    )
    await client.open(traced.url)
    // Opening flushes too, and that is not counted: whoever counts begins after it.
    const opened = callsIn(log).length
    expect(await client.append(ENTRIES)).toBe(ENTRIES)
    const calls = callsIn(log).slice(opened)
    // The journal as a power cut leaves it that takes all that was not flushed.
    const lastFlush = calls.findLastIndex(({ isFlush }) => isFlush)
    const flushed = calls.slice(0, lastFlush).reduce((sum, { bytes }) => sum + bytes, before)
    const cut = join(home.path, 'cut')
    cpSync(folder, cut, { recursive: true })
    await traced.stop()
    truncateSync(join(cut, 'journal', name!), flushed)

    const flushes = calls.filter(({ isFlush }) => isFlush).length
    console.log(
      `flushes: ${ENTRIES} acknowledged, ${flushes} flushes of the journal, ${flushed} bytes at the last one`,
    )
    expect(flushes).toBeGreaterThanOrEqual(ENTRIES)
    const { state, faults } = await readProjectFolder(cut)
    expect(faults).toEqual([])
    const there = new Set([...state.codes.values()].map(({ name }) => name))
    expect(client.acknowledged.filter(each => !there.has(each))).toEqual([])
    // No entry was acknowledged on the flush of the one before it.
    const unflushed = calls.flatMap(({ isFlush }, i) => (isFlush ? [] : [calls[i + 1]?.isFlush]))
    expect(unflushed.every(each => each === true)).toBe(true)
  } finally {
    await home.clean()
  }
})

interface Call {
  readonly isFlush: boolean
  readonly bytes: number
}

/** The calls that strace wrote down and that came to their end well, in the order of their ends. */
function callsIn(log: string): Call[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap(line => {
      const found = /(write|pwrite64|writev|pwritev|fdatasync|fsync)\b.*=\s+(\d+)\s*$/.exec(line)
      if (!found) return []
      const isFlush = found[1]!.endsWith('sync')
      return [{ isFlush, bytes: isFlush ? 0 : Number(found[2]) }]
    })
}
