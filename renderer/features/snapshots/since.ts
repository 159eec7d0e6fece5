const STEPS = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const

/**
 * How long ago something was, in the largest unit of which one has passed: "3 hours ago". `null`
 * before a minute has.
 */
export function since(ms: number, now: number, tag: string): string | null {
  const passed = now - ms
  const step = STEPS.findLast(([, length]) => passed >= length)
  if (!step) return null
  return new Intl.RelativeTimeFormat(tag).format(-Math.floor(passed / step[1]), step[0])
}

/** A time as the history names a snapshot, in any language: `2024-05-06 14:02`, by local time. */
export function stampOf(ms: number): string {
  const at = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
