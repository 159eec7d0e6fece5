import type { BrowserContext, Page } from '@playwright/test'

// What measures inside the page, so that neither the test driver's round trips nor its polling
// are in the figures. Times are milliseconds of the page's own clock.

/** When something appeared: in the tree, and in a frame that was laid out and painted. */
export interface Sighting {
  readonly inserted: number
  readonly painted: number
}

/** The part of the page that measures: `window.bench`. */
interface Probe {
  /** When the last event of a type began to be handled. */
  readonly at: Record<'keydown' | 'click' | 'change', number>
  /** When the working copy last finished writing. */
  committedAt: number
  longTasks: { start: number; duration: number }[]
  /** What the watches found, by name. */
  seen: Record<string, Promise<Sighting>>
  /** Waits for an element that is not there yet. */
  watch(name: string, selector: string): void
  /** Waits until no such element is there any more, having been there. */
  watchGone(name: string, selector: string): void
  /** Resolves when an element has been painted. */
  painted(element: Element): Promise<number>
}

declare global {
  interface Window {
    bench: Probe
  }
}

/** Puts the probe into every page of a browser, before anything of the page's own runs. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const painted = (element: Element) =>
      new Promise<number>(resolve => {
        // Told at the end of the very frame in which the element is first laid out.
        const observer = new IntersectionObserver(() => {
          observer.disconnect()
          resolve(performance.now())
        })
        observer.observe(element)
      })
    const onChange = <T>(look: () => T | null) =>
      new Promise<T>(resolve => {
        const observer = new MutationObserver(() => {
          const found = look()
          if (found === null) return
          observer.disconnect()
          resolve(found)
        })
        observer.observe(document, { childList: true, subtree: true })
      })
    const probe: Probe = {
      at: { keydown: 0, click: 0, change: 0 },
      committedAt: 0,
      longTasks: [],
      seen: {},
      watch(name, selector) {
        const before = new Set(document.querySelectorAll(selector))
        const seen = onChange(() => {
          for (const element of document.querySelectorAll(selector)) {
            if (!before.has(element)) return { element, inserted: performance.now() }
          }
          return null
        }).then(async ({ element, inserted }) => ({ inserted, painted: await painted(element) }))
        probe.seen[name] = seen
      },
      watchGone(name, selector) {
        let wasThere = document.querySelector(selector) !== null
        probe.seen[name] = onChange(() => {
          const isThere = document.querySelector(selector) !== null
          wasThere ||= isThere
          return wasThere && !isThere ? performance.now() : null
        }).then(async inserted => ({ inserted, painted: await painted(document.body) }))
      },
      painted,
    }
    window.bench = probe
    for (const type of ['keydown', 'click', 'change'] as const) {
      const note = () => {
        probe.at[type] = performance.now()
      }
      window.addEventListener(type, note, true)
    }
    // Dexie tells other windows of what was written; this channel hears it too.
    new BroadcastChannel('x-storagemutated-1').onmessage = () => {
      probe.committedAt = performance.now()
    }
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) {
        probe.longTasks.push({ start: startTime, duration })
      }
    }).observe({ type: 'longtask', buffered: true })
  })
}

/** Begins to wait for an element that is not there yet. */
export function watch(page: Page, name: string, selector: string): Promise<void> {
  return page.evaluate(([name, selector]) => window.bench.watch(name!, selector!), [name, selector])
}

/** Begins to wait until no such element is there any more. */
export function watchGone(page: Page, name: string, selector: string): Promise<void> {
  return page.evaluate(
    ([name, selector]) => window.bench.watchGone(name!, selector!),
    [name, selector],
  )
}

/** When what is being watched for was seen. Rejects when it does not come. */
export async function sighting(page: Page, name: string, timeoutMs = 60_000): Promise<Sighting> {
  return page.evaluate(
    ([name, timeoutMs]) =>
      Promise.race([
        window.bench.seen[name]!,
        new Promise<never>((_, reject) =>
          setTimeout(() => reject(new Error(`never seen: ${name}`)), timeoutMs),
        ),
      ]),
    [name, timeoutMs] as const,
  )
}

/** When the last event of a type began to be handled. */
export function eventAt(page: Page, type: keyof Probe['at']): Promise<number> {
  return page.evaluate(type => window.bench.at[type], type)
}

/** How long the last call of a name to the host took, from its start, in the page. */
export function lastCall(page: Page, call: string): Promise<{ start: number; end: number }> {
  return page.evaluate(call => {
    const calls = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const { startTime, responseEnd } = calls.findLast(({ name }) => name.endsWith(`/host/${call}`))!
    performance.clearResourceTimings()
    return { start: startTime, end: responseEnd }
  }, call)
}

/** The time from frame to frame while nothing else happens. */
export function frameMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const frame = () => new Promise<number>(requestAnimationFrame)
    const first = await frame()
    for (let i = 1; i < 20; i++) await frame()
    return ((await frame()) - first) / 20
  })
}

/**
 * The longest task of the page's main thread since a moment, of one that had begun before it only
 * what came after; 0 when none was over 50 ms. The browser makes the files of a file field, each
 * with a call to another process, in the task that then tells the page of them.
 */
export async function longestTask(page: Page, since: number): Promise<number> {
  // The browser tells of long tasks a little later.
  await frameMs(page)
  return page.evaluate(
    since =>
      Math.max(
        0,
        ...window.bench.longTasks
          .map(({ start, duration }) => Math.min(duration, start + duration - since))
          .filter(duration => duration > 50),
      ),
    since,
  )
}

/** Waits until the page has nothing to do. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>(resolve => requestIdleCallback(() => requestIdleCallback(() => resolve()))),
  )
}
