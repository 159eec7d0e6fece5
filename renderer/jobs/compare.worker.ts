import { hostOver } from '../../shared/carrier'
import type { Comparison } from '../../shared/journal/comparison'
import { ProjectDb } from '../data/database'
import { type CompareProgress, type CompareWish, compareSnapshot } from './compare-job'
import { runJob } from './worker-side'

runJob<CompareWish, CompareProgress, Comparison>(self, async (wish, help) => {
  const db = new ProjectDb(wish.database)
  try {
    return await compareSnapshot(wish, {
      db,
      host: hostOver(help.carrier),
      progress: help.progress,
    })
  } finally {
    db.close()
  }
})
