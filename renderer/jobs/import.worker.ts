import { hostOver } from '../../shared/carrier'
import { databaseName, ProjectDb } from '../data/database'
import { type ImportInput, type ImportProgress, type ImportResult, importFiles } from './import-job'
import { type ScanInput, type ScanProgress, type ScanResult, scanFiles } from './scan-job'
import { runJob } from './worker-side'

const now = () => Date.now()
const random = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

runJob<ScanInput | ImportInput, ScanProgress | ImportProgress, ScanResult | ImportResult>(
  self,
  async (input, help) => {
    if (input.kind === 'scan') return scanFiles(input, help, now)
    const db = new ProjectDb(databaseName(input.projectId))
    try {
      return await importFiles(input, { db, host: hostOver(help.carrier), now, random }, help)
    } finally {
      db.close()
    }
  },
)
