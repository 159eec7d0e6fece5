// How fast long work goes and how long it will take. A rate over the whole time lags behind when
// small texts follow large PDFs, one between two reports jumps about: a sliding window does
// neither.

/** How much has been done, or is to be done. */
export interface Amount {
  readonly files: number
  readonly bytes: number
}

/** How work goes at the moment. */
export interface Pace {
  /** 0 until there is something to tell. */
  readonly filesPerSecond: number
  readonly bytesPerSecond: number
  /** Milliseconds; `null` until there is something to tell. */
  readonly leftMs: number | null
}

export const NO_PACE: Pace = { filesPerSecond: 0, bytesPerSecond: 0, leftMs: null }

/** Watches work on its way to a total. */
export interface PaceMeter {
  /** Tells how much has been done at a moment, in milliseconds; moments come in order. */
  at(done: Amount, ms: number): Pace
}

/** Starts to watch at a moment at which nothing has been done. */
export function paceMeter(total: Amount, startMs: number): PaceMeter {
  const samples = [{ ms: startMs, files: 0, bytes: 0 }]
  return {
    at({ files, bytes }, ms) {
      samples.push({ ms, files, bytes })
      while (samples.length > 2 && ms - samples[1]!.ms >= WINDOW_MS) samples.shift()
      const first = samples[0]!
      const seconds = (ms - first.ms) / 1000
      const moved = workOf({ files: files - first.files, bytes: bytes - first.bytes })
      if (seconds <= 0 || moved <= 0) return NO_PACE
      const left = workOf({ files: total.files - files, bytes: total.bytes - bytes })
      return {
        filesPerSecond: (files - first.files) / seconds,
        bytesPerSecond: (bytes - first.bytes) / seconds,
        leftMs: Math.max(0, (left / moved) * seconds * 1000),
      }
    },
  }
}

const WINDOW_MS = 8000

/** What a file costs beside its bytes, in bytes. */
const FILE_COST = 16_384

function workOf({ files, bytes }: Amount): number {
  return bytes + files * FILE_COST
}
