import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createReaders } from '../../electron/cli/readers'
import type { ReadingTask } from '../../electron/cli/reading'

const WISH = {
  encoding: null,
  mode: 'main',
  sheet: null,
  textColumn: null,
  titleColumn: null,
} as const
const task = (name: string): ReadingTask => ({ file: name, name, wish: WISH })

/** A thread that answers by what a file is called: at once, never, with its end, or in tears. */
const THREAD = `
  import { parentPort } from 'node:worker_threads'
  const pause = ms => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  parentPort.on('message', ({ name }) => {
    if (name === 'hang') for (;;) {}
    if (name === 'exit') process.exit(1)
    if (name === 'long') for (let i = 0; i < 4; i++) { parentPort.postMessage({ reading: null }); pause(1500) }
    if (name === 'throw') throw new Error('no')
    parentPort.postMessage({ reading: { is: 'known', name } })
  })
`

async function readersOf(options: { count: number; limitMs?: number }) {
  const folder = await mkdtemp(join(tmpdir(), 'codicil-thread-'))
  const threadFile = join(folder, 'thread.mjs')
  await writeFile(threadFile, THREAD)
  const readers = createReaders({ threadFile, known: new Set(), ...options })
  onTestFinished(async () => {
    await readers.close()
    await rm(folder, { recursive: true })
  })
  return readers
}

it('gives up a file that takes too long, and goes on with the next', async () => {
  const readers = await readersOf({ count: 1, limitMs: 4000 })
  const answers = await Promise.all(['hang', 'a'].map(name => readers.read(task(name))))
  expect(answers).toEqual([
    { is: 'refused', problem: 'too-slow', details: { seconds: 4 } },
    { is: 'known', name: 'a' },
  ])
})

it('waits for a file that gives signs of life, however long it takes', async () => {
  const readers = await readersOf({ count: 1, limitMs: 4000 })
  expect(await readers.read(task('long'))).toEqual({ is: 'known', name: 'long' })
})

it('outlives threads that end or throw', async () => {
  const readers = await readersOf({ count: 2 })
  const answers = await Promise.all(
    ['exit', 'throw', 'a', 'b', 'c'].map(name => readers.read(task(name))),
  )
  expect(answers).toEqual([
    { is: 'refused', problem: 'too-much-memory', details: {} },
    { is: 'refused', problem: 'damaged', details: { where: '' } },
    { is: 'known', name: 'a' },
    { is: 'known', name: 'b' },
    { is: 'known', name: 'c' },
  ])
})

it('answers in order however many are asked for', async () => {
  const readers = await readersOf({ count: 2 })
  const names = Array.from({ length: 50 }, (_, i) => `f${i}`)
  const answers = await Promise.all(names.map(name => readers.read(task(name))))
  expect(answers).toEqual(names.map(name => ({ is: 'known', name })))
})

it('lets nobody wait once it is closed', async () => {
  const readers = await readersOf({ count: 1 })
  const waiting = ['hang', 'a', 'b'].map(name => readers.read(task(name)))
  await readers.close()
  expect((await Promise.all(waiting)).map(({ is }) => is)).toEqual([
    'refused',
    'refused',
    'refused',
  ])
})
