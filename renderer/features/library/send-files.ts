import type { FilesMessage } from '../../jobs/import-messages'

/** The longest that handing files over may hold the page up, in milliseconds. */
const TURN_MS = 8

/**
 * Hands files to a worker, a few at a time: each makes the browser look at the disk. Answers
 * false when it stopped before the last because they were no longer wanted.
 */
export async function sendFiles(
  worker: Worker,
  files: readonly File[],
  isWanted: () => boolean,
): Promise<boolean> {
  let at = 0
  while (at < files.length && isWanted()) {
    const until = performance.now() + TURN_MS
    do {
      const message: FilesMessage = { kind: 'files', files: files.slice(at, at + 4) }
      worker.postMessage(message)
      at += 4
    } while (at < files.length && performance.now() < until)
    await nextTurn()
  }
  return at >= files.length
}

/** Lets the page draw and answer; timers would make thousands of files wait. */
function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
