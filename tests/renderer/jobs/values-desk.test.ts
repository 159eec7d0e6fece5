import { expect, it } from 'vitest'
import type { ExtractWorker } from '../../../renderer/jobs/extractor'
import {
  type DeskAnswer,
  type DeskQuestion,
  openValuesDesk,
} from '../../../renderer/jobs/values-desk'
import type { ReadWish, ValuesPreview } from '../../../renderer/jobs/values-job'
import type { ReportId } from '../../../shared/domain/id'
import { file } from '../../support/import'

const READ: ReadWish = { file: file('t.csv', 'a'), sheet: null, encoding: null }
const WISH = { key: { by: 'title', column: 0 }, targets: [] } as const
const REFUSED = { ok: false, problem: 'empty', details: {} } as const

/** Workers that answer when the test says so. */
function workers() {
  const started: (ExtractWorker & { asked: DeskQuestion[]; isEnded: boolean })[] = []
  const start = (): ExtractWorker => {
    const worker = {
      asked: [] as DeskQuestion[],
      isEnded: false,
      onmessage: null as ExtractWorker['onmessage'],
      onerror: null as ExtractWorker['onerror'],
      onmessageerror: null as ExtractWorker['onmessageerror'],
      postMessage: (question: DeskQuestion) => worker.asked.push(question),
      terminate: () => {
        worker.isEnded = true
      },
    }
    started.push(worker as unknown as (typeof started)[number])
    return worker as unknown as ExtractWorker
  }
  const answer = (nth: number, data: DeskAnswer) =>
    started[nth]!.onmessage?.call(null as never, { data } as MessageEvent)
  const fail = (nth: number, message: string) =>
    started[nth]!.onerror?.call(null as never, { message } as ErrorEvent)
  return { started, start, answer, fail }
}

const OPTIONS = { database: 'd', limits: { cells: 1, lines: 1 } }
const preview = (matched: number) => ({ ok: true, matched }) as ValuesPreview

it('answers only the newest of the questions that wait', async () => {
  const { started, start, answer } = workers()
  const desk = openValuesDesk(start, OPTIONS)
  const first = desk.preview(WISH)
  const second = desk.preview(WISH)
  const third = desk.preview(WISH)
  expect(await second).toBeNull()
  answer(0, { kind: 'preview', preview: preview(1) })
  expect(await first).toEqual(preview(1))
  expect(started[0]!.asked).toHaveLength(2)
  answer(0, { kind: 'preview', preview: preview(3) })
  expect(await third).toEqual(preview(3))
})

it('gives up what takes too long, and starts anew with the next file', async () => {
  const { started, start, answer } = workers()
  const desk = openValuesDesk(start, { ...OPTIONS, limitMs: 1 })
  expect(await desk.read(READ)).toMatchObject({ ok: false, problem: 'too-slow' })
  expect(started[0]!.isEnded).toBe(true)
  const again = desk.read(READ)
  answer(1, { kind: 'read', table: REFUSED })
  expect(await again).toEqual(REFUSED)
})

it('does not wait for a table that nobody wants any more', async () => {
  const { started, start, answer } = workers()
  const desk = openValuesDesk(start, OPTIONS)
  const first = desk.read(READ)
  const second = desk.read(READ)
  expect(await first).toBeNull()
  expect(started.map(({ isEnded }) => isEnded)).toEqual([true, false])
  answer(0, { kind: 'read', table: REFUSED })
  answer(1, { kind: 'read', table: { ...REFUSED, problem: 'encrypted' } })
  expect(await second).toMatchObject({ problem: 'encrypted' })
})

it('puts cells together that come in parts', async () => {
  const { start, answer } = workers()
  const desk = openValuesDesk(start, OPTIONS)
  const cells = desk.cells()
  const cell = { reportId: 'r' as ReportId, variable: 'year', value: 2023 } as const
  answer(0, { kind: 'part', cells: [cell] })
  answer(0, { kind: 'part', cells: [cell, cell] })
  answer(0, { kind: 'cells', categories: new Map() })
  expect(await cells).toMatchObject({ cells: [cell, cell, cell] })
})

it('says so when memory runs out, and leaves nobody waiting when it ends', async () => {
  const { started, start, fail } = workers()
  const desk = openValuesDesk(start, OPTIONS)
  const read = desk.read(READ)
  fail(0, 'Array buffer allocation failed: out of memory')
  expect(await read).toMatchObject({ problem: 'too-much-memory' })
  const later = desk.preview(WISH)
  desk.end()
  expect(await later).toBeNull()
  expect(started.every(({ isEnded }) => isEnded)).toBe(true)
  expect(await desk.read(READ)).toBeNull()
})
