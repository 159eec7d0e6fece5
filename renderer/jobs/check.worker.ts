import { hostOver } from '../../shared/carrier'
import { databaseName, ProjectDb } from '../data/database'
import { type CheckedProject, type CheckProgress, type CheckWish, checkProject } from './check-job'
import { runJob } from './worker-side'

runJob<CheckWish, CheckProgress, CheckedProject | null>(self, async (wish, help) => {
  const db = new ProjectDb(databaseName(wish.project))
  try {
    return await checkProject(wish, {
      db,
      host: hostOver(help.carrier),
      progress: help.progress,
      isCancelled: help.isCancelled,
    })
  } finally {
    db.close()
  }
})
