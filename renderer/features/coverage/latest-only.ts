/** Work on questions of which only the newest matters. */
export interface LatestOnly<In> {
  ask(input: In): void
  /** Nobody wants an answer any more. */
  end(): void
}

/**
 * Runs one task at a time to its end, so that there are answers however fast questions come; of
 * those that come meanwhile only the last is taken up. What `task` answers at once is told at once.
 */
export function latestOnly<In, Out>(
  task: (input: In) => Out | Promise<Out>,
  told: { onDone(answer: Out): void; onError(error: unknown): void },
): LatestOnly<In> {
  let isRunning = false
  let isEnded = false
  let next: { readonly input: In } | null = null

  function ask(input: In): void {
    if (isRunning) {
      next = { input }
      return
    }
    try {
      const answer = task(input)
      if (!(answer instanceof Promise)) {
        told.onDone(answer)
        return
      }
      isRunning = true
      answer.then(
        done => settle(() => told.onDone(done)),
        (error: unknown) => settle(() => told.onError(error)),
      )
    } catch (error) {
      told.onError(error)
    }
  }

  function settle(tell: () => void): void {
    isRunning = false
    if (isEnded) return
    tell()
    const waiting = next
    next = null
    if (waiting) ask(waiting.input)
  }

  return {
    ask,
    end: () => {
      isEnded = true
      next = null
    },
  }
}
