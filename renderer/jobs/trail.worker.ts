import { hostOver } from '../../shared/carrier'
import { ProjectDb } from '../data/database'
import {
  type AuditOutcome,
  type AuditProgress,
  type AuditWish,
  exportAudit,
  readTrail,
  type TrailAsk,
  type TrailNews,
  type TrailWish,
} from './trail-job'
import { runJob } from './worker-side'

// What the page asks while the reader is busy waits its turn here.
const asked: TrailAsk[] = []
let wake = () => {}
self.addEventListener('message', ({ data }: MessageEvent<TrailAsk | { kind: unknown }>) => {
  if (data.kind !== 'look' && data.kind !== 'detail' && data.kind !== 'end') return
  asked.push(data as TrailAsk)
  wake()
})

async function next(): Promise<TrailAsk> {
  for (;;) {
    const ask = asked.shift()
    if (ask) return ask
    await new Promise<void>(resolve => {
      wake = resolve
    })
  }
}

runJob<TrailWish | AuditWish, TrailNews | AuditProgress, AuditOutcome | null>(
  self,
  async (wish, help) => {
    const host = hostOver(help.carrier)
    if (wish.kind === 'read') {
      await readTrail(wish, { host, tell: help.progress, next })
      return null
    }
    const db = new ProjectDb(wish.database)
    try {
      const { isCancelled, progress } = help
      return await exportAudit(wish, { db, host, progress, isCancelled })
    } finally {
      db.close()
    }
  },
)
