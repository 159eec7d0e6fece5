import { create } from 'zustand'

/** Long work that is going on, as the status shows it. */
export interface RunningJob {
  readonly id: string
  readonly kind: 'import' | 'export'
  readonly done: number
  /** 0 while it is not known. */
  readonly total: number
  cancel(): void
}

interface Jobs {
  readonly running: readonly RunningJob[]
  put(job: RunningJob): void
  end(id: string): void
}

/** The jobs that are running, oldest first. */
export const useJobs = create<Jobs>()(set => ({
  running: [],
  put: job =>
    set(({ running }) => ({
      running: running.some(({ id }) => id === job.id)
        ? running.map(each => (each.id === job.id ? job : each))
        : [...running, job],
    })),
  end: id => set(({ running }) => ({ running: running.filter(job => job.id !== id) })),
}))
