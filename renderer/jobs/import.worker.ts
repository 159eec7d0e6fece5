import { hostOver } from '../../shared/carrier'
import { databaseName, ProjectDb } from '../data/database'
import {
  type FileBytes,
  type FilesMessage,
  type ImportProgress,
  type ImportResult,
  type ImportStart,
  importFiles,
} from './import-job'
import { type ScanProgress, type ScanResult, type ScanStart, scanFiles } from './scan-job'
import { runJob } from './worker-side'

const now = () => Date.now()
const random = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

const sent: FileBytes[] = []
self.addEventListener('message', ({ data }: MessageEvent<FilesMessage | { kind: unknown }>) => {
  if (data.kind === 'files' && 'files' in data) sent.push(...data.files)
})

runJob<ScanStart | ImportStart, ScanProgress | ImportProgress, ScanResult | ImportResult>(
  self,
  async (input, help) => {
    if (input.kind === 'scan') return scanFiles({ files: sent }, help, now)
    const { marks, ...rest } = input
    const files = marks.map((mark, i) => ({ ...mark, file: sent[i]! }))
    const db = new ProjectDb(databaseName(input.projectId))
    try {
      const host = hostOver(help.carrier)
      return await importFiles({ ...rest, files }, { db, host, now, random }, help)
    } finally {
      db.close()
    }
  },
)
