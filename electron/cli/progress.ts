import type { SourceFile } from './sources'
import { say, type Tongue } from './words'

/** One line that says how far an import is, on a terminal; nothing anywhere else. */
export interface Progress {
  took(file: SourceFile): void
  /** Takes the line away, so that another can be printed in its place. */
  clear(): void
}

export interface ProgressOptions {
  readonly files: readonly SourceFile[]
  /** `null` to say nothing. */
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean } | null
  readonly tongue: Tongue
  /** Milliseconds. */
  readonly now: () => number
}

const EVERY_MS = 200
/** What went on before the first seconds tell nothing of what remains. */
const UNSURE_MS = 2000

/** Starts at nothing. */
export function createProgress({ files, stderr, tongue, now }: ProgressOptions): Progress {
  if (!stderr?.isTTY) return { took: () => {}, clear: () => {} }
  const total = files.length
  const bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const startedAt = now()
  let shownAt = 0
  let done = 0
  let bytes = 0
  return {
    took(file) {
      done++
      bytes += file.bytes
      const at = now()
      if (at - shownAt < EVERY_MS && done < total) return
      shownAt = at
      stderr.write(`\r\u001b[K${line(at - startedAt)}`)
    },
    clear: () => void stderr.write('\r\u001b[K'),
  }

  function line(elapsedMs: number): string {
    const share = bytesTotal === 0 ? done / total : bytes / bytesTotal
    const perSecond = Math.round((1000 * done) / Math.max(1, elapsedMs))
    const left = Math.ceil((elapsedMs * (1 - share)) / Math.max(share, 1e-9) / 1000)
    const isSure = elapsedMs > UNSURE_MS
    return say(
      {
        en: `${done} of ${total}${isSure ? `, ${perSecond} a second, ${left} s left` : ''}`,
        zh: `${done}/${total}${isSure ? `，每秒 ${perSecond} 个，还需 ${left} 秒` : ''}`,
      },
      tongue,
    )
  }
}
