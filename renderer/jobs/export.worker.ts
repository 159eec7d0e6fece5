import { hostOver } from '../../shared/carrier'
import { ProjectDb } from '../data/database'
import {
  type ExportOutcome,
  type ExportProgress,
  type ExportWish,
  exportDataset,
} from './export-job'
import { runJob } from './worker-side'

runJob<ExportWish, ExportProgress, ExportOutcome>(self, async (wish, help) => {
  const db = new ProjectDb(wish.database)
  try {
    return await exportDataset(wish, {
      db,
      host: hostOver(help.carrier),
      progress: help.progress,
      isCancelled: help.isCancelled,
    })
  } finally {
    db.close()
  }
})
