/** How long nothing must have been done before a check begins by itself. */
export const IDLE_MS = 5 * 60_000

/** How long a check is good for. */
export const CHECK_EVERY_MS = 7 * 86_400_000

/** What decides whether a check begins by itself; times are milliseconds since the Unix epoch. */
export interface IdleState {
  readonly now: number
  /** When something was last pressed, typed or saved. */
  readonly activeAt: number
  /** When this project was last checked here; `null` for never. */
  readonly checkedAt: number | null
  /** Whether one that began by itself has failed since the project was opened. */
  readonly hasFailed: boolean
  /** Whether something is being saved, imported or exported. */
  readonly isBusy: boolean
}

/** Whether a check may begin by itself: nobody is there, and the last one is a week old. */
export function isCheckDue({ now, activeAt, checkedAt, hasFailed, isBusy }: IdleState): boolean {
  // What went wrong goes wrong again, and is told, when a person asks for a check.
  if (hasFailed || isBusy || now - activeAt < IDLE_MS) return false
  // A clock that was set back must not put checks off for years.
  return checkedAt === null || checkedAt > now || now - checkedAt >= CHECK_EVERY_MS
}
