import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  type ExtractAnswer,
  type ExtractRequest,
  type ExtractWorker,
  NO_STUDY,
  openExtractor,
} from '../../../renderer/jobs/extractor'
import type { ReportId } from '../../../shared/domain/id'
import { refuse } from '../../../shared/extract/document'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Workers that hold what they were asked until they are told to answer, fail or stay silent. */
function workers() {
  const started: FakeWorker[] = []
  const start = () => {
    const worker = new FakeWorker()
    started.push(worker)
    return worker
  }
  return { started, start }
}

class FakeWorker implements ExtractWorker {
  onmessage: Worker['onmessage'] = null
  onerror: Worker['onerror'] = null
  onmessageerror: Worker['onmessageerror'] = null
  asked: ExtractRequest[] = []
  isEnded = false

  postMessage(request: ExtractRequest) {
    this.asked.push(request)
  }

  terminate() {
    this.isEnded = true
  }

  answer(message: ExtractAnswer) {
    this.onmessage?.call(this as never, { data: message } as MessageEvent)
  }

  crash(message: string) {
    this.onerror?.call(this as never, { message } as ErrorEvent)
  }
}

const SOURCE = { name: 'a.docx', bytes: new Uint8Array([1, 2, 3]), encoding: null }
const ID = 'r' as ReportId
const SCAN = { document: refuse('scan', { pages: 3 }), study: NO_STUDY }

it('hands over a copy, and answers what the worker answers', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1 })
  const reading = extractor.read(SOURCE, ID)
  expect(started[0]!.asked).toEqual([{ kind: 'read', source: SOURCE, reportId: ID }])
  expect(SOURCE.bytes).toHaveLength(3)
  started[0]!.answer({ kind: 'read', extracted: SCAN })
  expect(await reading).toEqual(SCAN)
})

it('asks a worker one thing at a time, and no more workers than it may have', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 2 })
  const readings = Array.from({ length: 5 }, () => extractor.read(SOURCE, ID))
  expect(started.map(({ asked }) => asked.length)).toEqual([1, 1])
  for (let i = 0; i < 5; i++) started[i % 2]!.answer({ kind: 'read', extracted: SCAN })
  await Promise.all(readings)
  expect(started).toHaveLength(2)
})

it('gives up a file that takes too long, with its worker, and reads the next one', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1, limitMs: 60_000 })
  const slow = extractor.read(SOURCE, ID)
  const next = extractor.read(SOURCE, ID)
  vi.advanceTimersByTime(60_000)
  expect(await slow).toEqual({ document: refuse('too-slow', { seconds: 60 }), study: NO_STUDY })
  expect(started.map(({ isEnded }) => isEnded)).toEqual([true, false])
  started[0]!.answer({ kind: 'read', extracted: { ...SCAN, document: refuse('bomb') } })
  started[1]!.answer({ kind: 'read', extracted: SCAN })
  expect(await next).toEqual(SCAN)
})

it('counts the time from when a file is begun, not from when it was asked for', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1, limitMs: 1000 })
  const first = extractor.read(SOURCE, ID)
  const second = extractor.read(SOURCE, ID)
  vi.advanceTimersByTime(900)
  started[0]!.answer({ kind: 'read', extracted: SCAN })
  await first
  vi.advanceTimersByTime(900)
  started[0]!.answer({ kind: 'read', extracted: SCAN })
  expect(await second).toEqual(SCAN)
})

it('makes a crash the trouble of one file, and says when memory ran out', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1 })
  const readings = [
    extractor.read(SOURCE, ID),
    extractor.read(SOURCE, ID),
    extractor.read(SOURCE, ID),
  ]
  started[0]!.crash('boom')
  started[1]!.crash('Uncaught RangeError: Out of memory')
  started[2]!.answer({ kind: 'read', extracted: SCAN })
  const documents = (await Promise.all(readings)).map(each => each?.document)
  expect(documents).toEqual([
    refuse('damaged', { where: '' }),
    refuse('too-much-memory'),
    SCAN.document,
  ])
})

it('shares texts out, and puts the answers in the order of the texts', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 2 })
  const texts = ['a', 'b', 'c'].map(text => ({ reportId: text as ReportId, text }))
  const studying = extractor.study(texts)
  const study = (at: number) => ({ values: [], sketch: new Uint32Array([at]) })
  started[1]!.answer({ kind: 'study', studies: [study(3)] })
  started[0]!.answer({ kind: 'study', studies: [study(1), study(2)] })
  expect(await studying).toEqual([study(1), study(2), study(3)])
})

it('lets texts in without values when their study fails', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1 })
  const studying = extractor.study([{ reportId: ID, text: 'a' }])
  started[0]!.crash('boom')
  expect(await studying).toEqual([NO_STUDY])
})

it('takes nobody else\u2019s values when one text ends its reader', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1 })
  const texts = ['a', 'bad', 'c'].map(text => ({ reportId: text as ReportId, text }))
  const study = { values: [], sketch: new Uint32Array([1]) }
  const studying = extractor.study(texts)
  let isOver = false
  void studying.then(() => {
    isOver = true
  })
  for (let turn = 0; turn < 20 && !isOver; turn++) {
    const worker = started.at(-1)!
    const asked = worker.asked.at(-1)
    if (asked?.kind === 'study') {
      if (asked.texts.some(({ text }) => text === 'bad')) worker.crash('boom')
      else worker.answer({ kind: 'study', studies: asked.texts.map(() => study) })
    }
    await vi.advanceTimersByTimeAsync(0)
  }
  expect(await studying).toEqual([study, NO_STUDY, study])
})

it('ends at once and for good, with nobody left waiting', async () => {
  const { started, start } = workers()
  const extractor = openExtractor(start, { count: 1 })
  const asked = [
    extractor.read(SOURCE, ID),
    extractor.read(SOURCE, ID),
    extractor.study([{ reportId: ID, text: 'a' }]),
  ]
  extractor.end()
  expect(await Promise.all(asked)).toEqual([null, null, null])
  expect(await extractor.read(SOURCE, ID)).toBeNull()
  expect(started.map(({ isEnded }) => isEnded)).toEqual([true])
  expect(vi.getTimerCount()).toBe(0)
})
