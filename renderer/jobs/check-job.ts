import type { Hash, ProjectId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { FolderReport, Host, SessionToken } from '../../shared/host'
import { type Finding, rowFindings, textFindings } from '../../shared/journal/check'
import { emptyState, fold, forget, type ProjectState } from '../../shared/journal/state'
import { codePointsIn } from '../../shared/text/code-points'
import { type CopyDifferences, contentOf, differences } from '../data/compare'
import type { ProjectDb } from '../data/database'
import { canonicalOf } from '../data/ingest'
import { textOf } from '../data/reports'
import { textSlices, textsInFolder } from '../data/texts'

// The second half of a check: the host has read every byte of the folder, this looks at what
// the bytes mean. The working copy is read at one moment and the journal folded up to just that
// entry, so that someone may go on coding meanwhile.

/** What to check. */
export interface CheckWish {
  readonly session: SessionToken
  readonly project: ProjectId
  /** What the host has found: blobs that need not be asked for. */
  readonly lost: Pick<FolderReport, 'damagedBlobs' | 'missingBlobs'>
}

export interface CheckProgress {
  readonly phase: 'copy' | 'entries' | 'texts' | 'comparing'
  readonly done: number
  /** 0 while it is not known. */
  readonly total: number
}

/** A text or original file that the folder does not have any more. */
export interface LostBlob {
  readonly hash: Hash
  readonly what: 'text' | 'original'
  /** The report's title; empty for one that is in no import any more. */
  readonly title: string
  /** Whether the working copy still has just these bytes. */
  readonly isInCopy: boolean
}

/** What a check of the rows and texts has found. */
export interface CheckedProject {
  readonly entries: number
  readonly reports: number
  readonly annotations: number
  readonly findings: readonly Finding[]
  readonly lostBlobs: readonly LostBlob[]
  /** Texts in the working copy that are not those of the folder. */
  readonly wrongTexts: number
  /** `null` when the working copy agrees with the folder. */
  readonly copy: CopyDifferences | null
}

export interface CheckParts {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'readJournal' | 'readBlobs'>
  progress(progress: CheckProgress): void
  isCancelled(): boolean
}

/** Checks the project; `null` when it was cancelled. Writes nothing. */
export async function checkProject(
  wish: CheckWish,
  parts: CheckParts,
): Promise<CheckedProject | null> {
  const { db, progress, isCancelled } = parts
  progress({ phase: 'copy', done: 0, total: 0 })
  const copy = await contentOf(db)
  const state = await foldUntil(copy.meta.seq, wish, parts)
  if (!state) return null
  const findings = rowFindings(state)
  const lost = new Set([...wish.lost.damagedBlobs, ...wish.lost.missingBlobs])
  let wrongTexts = 0
  let done = 0
  for (const slice of textSlices(state.reports.values(), ({ length }) => length)) {
    if (isCancelled()) return null
    progress({ phase: 'texts', done, total: state.reports.size })
    const [kept, read] = await Promise.all([
      db.texts.bulkGet(slice.map(({ textHash }) => textHash)),
      textsOf(slice, lost, wish, parts),
    ])
    for (const [i, report] of slice.entries()) {
      const inFolder = read.get(report.textHash)
      const inCopy = kept[i]?.text
      if (inFolder !== undefined && inCopy !== undefined && inFolder !== inCopy) wrongTexts++
      const text = inFolder ?? inCopy
      if (text === undefined) continue
      const found = textFindings(state, report, { text, chars: codePointsIn(text) })
      for (const finding of found) findings.push(finding)
    }
    done += slice.length
  }
  if (isCancelled()) return null
  progress({ phase: 'comparing', done: 0, total: 0 })
  let annotations = 0
  for (const items of state.annotations.values()) annotations += items.size
  return {
    entries: state.seq,
    reports: state.reports.size,
    annotations,
    findings,
    lostBlobs: await lostBlobsOf(state, lost, db),
    wrongTexts,
    copy: differences(copy, state),
  }
}

/** The project as the journal has it after entry `seq`; `null` when cancelled. */
async function foldUntil(
  seq: number,
  { session }: CheckWish,
  { host, progress, isCancelled }: CheckParts,
): Promise<ProjectState | null> {
  const state = emptyState()
  while (state.seq < seq) {
    if (isCancelled()) return null
    const entries = await host.readJournal(session, state.seq + 1)
    // A working copy that is ahead differs, and the comparison will say so.
    if (entries.length === 0) break
    for (const entry of entries) if (entry.seq <= seq) fold(state, entry)
    progress({ phase: 'entries', done: state.seq, total: seq })
  }
  forget(state)
  return state
}

/** The texts of some reports as the folder has them; what is lost there is left out, and noted. */
async function textsOf(
  reports: readonly Report[],
  lost: Set<Hash>,
  { session }: CheckWish,
  { host }: CheckParts,
): Promise<Map<Hash, string>> {
  const wanted = reports.map(({ textHash }) => textHash).filter(hash => !lost.has(hash))
  const read = await textsInFolder(host, session, wanted)
  const texts = new Map<Hash, string>()
  for (const [i, hash] of wanted.entries()) {
    const text = read[i] ?? null
    if (text === null) lost.add(hash)
    else texts.set(hash, text)
  }
  return texts
}

async function lostBlobsOf(
  { reports }: ProjectState,
  lost: ReadonlySet<Hash>,
  db: ProjectDb,
): Promise<LostBlob[]> {
  const titles = new Map<Hash, { what: LostBlob['what']; title: string }>()
  for (const { title, textHash, originalHash, markupHash } of reports.values()) {
    // What a source says of its text is lost no worse than the source itself.
    if (markupHash !== null) titles.set(markupHash, { what: 'original', title })
    titles.set(originalHash, { what: 'original', title })
    titles.set(textHash, { what: 'text', title })
  }
  const blobs: LostBlob[] = []
  for (const hash of lost) {
    const { what = 'text', title = '' } = titles.get(hash) ?? {}
    blobs.push({ hash, what, title, isInCopy: await isWhole(db, hash) })
  }
  return blobs
}

async function isWhole(db: ProjectDb, hash: Hash): Promise<boolean> {
  const text = await textOf(db, hash)
  if (text?.isWellFormed() !== true) return false
  return (await canonicalOf(text)).hash === hash
}
