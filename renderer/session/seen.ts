import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** Notices that were put away and are not to come back. Kept on this machine. */
interface Seen {
  readonly notices: readonly string[]
  hasSeen(notice: string): boolean
  see(notice: string): void
}

const MAX_KEPT = 200

export const useSeen = create<Seen>()(
  persist(
    (set, get) => ({
      notices: [],
      hasSeen: notice => get().notices.includes(notice),
      see: notice =>
        set(({ notices }) => ({
          notices: [...notices.filter(each => each !== notice), notice].slice(-MAX_KEPT),
        })),
    }),
    {
      name: 'codicil.seen',
      version: 1,
      partialize: ({ notices }) => ({ notices }),
      merge: (stored, current) => ({ ...current, notices: noticesIn(stored) }),
    },
  ),
)

function noticesIn(stored: unknown): string[] {
  const { notices } = (stored ?? {}) as { notices?: unknown }
  return Array.isArray(notices) ? notices.filter(each => typeof each === 'string') : []
}
