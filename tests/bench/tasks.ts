import type { Page } from '@playwright/test'

/** The longest task of a page's main thread, by two clocks, in milliseconds. */
export interface LongestTasks {
  /** Processor time: what the page itself did, however busy the machine was. */
  readonly cpu: number
  /** Time on the clock, in which other threads may have had the processor. */
  readonly wall: number
}

interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly args?: { readonly name?: string }
  /** Microseconds. */
  readonly dur?: number
  readonly tdur?: number
}

/** Runs something, and answers the longest tasks of the page's main thread meanwhile. */
export async function tasksDuring(page: Page, work: () => Promise<void>): Promise<LongestTasks> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value) events.push(event as unknown as TraceEvent)
  })
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  })
  try {
    await work()
  } finally {
    const isComplete = new Promise(resolve => session.once('Tracing.tracingComplete', resolve))
    await session.send('Tracing.end')
    await isComplete
    await session.detach()
  }
  const tasks = tasksOfPage(events)
  const most = (of: 'dur' | 'tdur') => Math.max(0, ...tasks.map(task => task[of] ?? 0)) / 1000
  return { cpu: most('tdur'), wall: most('dur') }
}

/** The tasks of the busiest of the main threads: spare ones hardly do anything. */
function tasksOfPage(events: readonly TraceEvent[]): TraceEvent[] {
  const key = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`
  const byThread = new Map<string, TraceEvent[]>()
  for (const event of events) {
    const isName = event.ph === 'M' && event.name === 'thread_name'
    if (isName && event.args?.name === 'CrRendererMain') byThread.set(key(event), [])
  }
  for (const event of events) {
    if (event.ph === 'X' && event.name.endsWith('RunTask')) byThread.get(key(event))?.push(event)
  }
  const busy = (tasks: readonly TraceEvent[]) => tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0)
  return [...byThread.values()].sort((a, b) => busy(b) - busy(a))[0] ?? []
}
