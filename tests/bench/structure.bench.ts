import { structureOf } from '../../shared/text/structure'
import { longReport } from './corpus'
import { type Row, rowOf } from './row'

const RUNS = 15

/**
 * Reading the structure of a report, in this process: a usual one, and one of a million
 * characters beside a hundred of a hundredth of it, which tells whether the time is linear.
 */
export async function bench(): Promise<Row[]> {
  const long = longReport(1_000_000)
  const usual = long.slice(0, 8_000)
  const hundredth = long.slice(0, 10_000)
  const sentences = new Intl.Segmenter('zh', { granularity: 'sentence' })
  // Each of its segments copies the whole input, so it gets a line at a time.
  const lines = long.split('\n')
  const rows = { usual: times(), long: times(), shorts: times(), segmented: times() }
  for (let run = -5; run < RUNS; run++) {
    measure(rows.usual, run, () => structureOf(usual))
    measure(rows.long, run, () => structureOf(long))
    measure(rows.shorts, run, () => {
      for (let i = 0; i < 100; i++) structureOf(hundredth)
    })
    measure(rows.segmented, run, () => lines.map(line => [...sentences.segment(line)].length))
  }
  const linear = { beside: rows.shorts, besideName: '100 times 10,000 characters' }
  const segmenter = { beside: rows.segmented, besideName: 'Intl.Segmenter, sentences alone' }
  return [
    rowOf({
      ...{ name: 'structure, 8,000 characters', ours: rows.usual },
      ...{ beside: 2, besideName: 'limit', budget: 2 },
    }),
    rowOf({ name: 'structure, 1,000,000 characters', ours: rows.long, ...linear, budget: 150 }),
    rowOf({ name: '  the same', ours: rows.long, ...segmenter }),
  ]
}

function times(): number[] {
  return []
}

/** Runs below 0 warm up. */
function measure(into: number[], run: number, work: () => unknown): void {
  const start = performance.now()
  work()
  if (run >= 0) into.push(performance.now() - start)
}
