import type { TFunction } from 'i18next'
import { isRepairable } from '../../../shared/commands/repair'
import { FINDING_KINDS, type Finding } from '../../../shared/journal/check'
import { TABLE_NAMES } from '../../../shared/journal/edit'
import type { CheckedProject, LostBlob } from '../../jobs/check-job'
import type { CheckReport } from './run-check'

/** How a group of findings can be put right: each way only adds to the project. */
export type RepairWay = 'rebuild' | 'restore' | 'rows'

/** Findings of one kind, in words. */
export interface Group {
  readonly key: string
  readonly title: string
  /** What it means for the work, and what can be done. */
  readonly meaning: string
  /** One for each thing found. */
  readonly lines: readonly string[]
  readonly way: RepairWay | null
}

/** What puts numbers and dates into words. */
export interface GroupWords {
  readonly t: TFunction
  number(value: number): string
  date(ms: number): string
}

/** All that a check has found, what weighs most first. Empty when everything is in order. */
export function groupsOf({ folder, project }: CheckReport, words: GroupWords): Group[] {
  const { t, number } = words
  const groups: Group[] = []
  const add = (
    key: 'textsHere' | 'textsLost' | 'originalsLost' | 'snapshots' | Finding['kind'],
    lines: readonly string[],
    way: RepairWay | null,
  ) => {
    if (lines.length === 0) return
    const title = t(`check.groups.${key}.title`, { shown: number(lines.length) })
    groups.push({ key, title, meaning: t(`check.groups.${key}.meaning`), lines, way })
  }
  if (folder.journal) {
    const { file, what } = folder.journal
    const meaning = t('check.groups.journal.meaning', { file: [file, what].join(' ').trim() })
    const title = t('check.groups.journal.title')
    groups.push({ key: 'journal', title, meaning, lines: [], way: null })
  }
  const lost = project?.lostBlobs ?? []
  const titles = (blobs: readonly LostBlob[]) =>
    blobs.map(({ title }) => (title === '' ? t('check.ofRemoved') : title))
  add('textsHere', titles(lost.filter(({ isInCopy }) => isInCopy)), 'restore')
  const gone = lost.filter(({ isInCopy }) => !isInCopy)
  add('textsLost', titles(gone.filter(({ what }) => what === 'text')), null)
  for (const kind of FINDING_KINDS) {
    const mine = (project?.findings ?? []).filter(finding => finding.kind === kind)
    const way = mine.some(isRepairable) ? 'rows' : null
    add(
      kind,
      mine.map(finding => lineOf(finding, words)),
      way,
    )
  }
  const copy = project ? copyLines(project, words) : []
  if (copy.length > 0) {
    const title = t('check.groups.copy.title')
    const meaning = t('check.groups.copy.meaning')
    groups.push({ key: 'copy', title, meaning, lines: copy, way: 'rebuild' })
  }
  add('originalsLost', titles(gone.filter(({ what }) => what === 'original')), null)
  add('snapshots', folder.damagedSnapshots, null)
  return groups
}

/** The whole report as text, for a message to a colleague or the developers. */
export function reportText(name: string, report: CheckReport, words: GroupWords): string {
  const groups = groupsOf(report, words)
  const head = [name, groups.length === 0 ? words.t('check.fine') : words.t('check.found')]
  const parts = groups.map(({ title, meaning, lines }) =>
    [title, meaning, ...lines.map(line => `- ${line}`)].join('\n'),
  )
  return [...head, summaryOf(report, words), '', parts.join('\n\n')].join('\n').trim()
}

/** One sentence that says how much was checked, and how long it took. */
export function summaryOf(
  { folder, project, seconds }: CheckReport,
  { t, number }: GroupWords,
): string {
  const took = number(Math.max(0.1, Math.round(seconds * 10) / 10))
  if (!project) return t('check.checkedFolder', { seconds: took })
  return t('check.checked', {
    entries: number(project.entries),
    texts: number(project.reports),
    annotations: number(project.annotations),
    snapshots: number(folder.snapshots),
    seconds: took,
  })
}

function lineOf({ about, details }: Finding, { t, number, date }: GroupWords): string {
  const { at, imported, found, report } = details
  if (typeof at === 'number') {
    return t('check.times', {
      when: date(at),
      imported: number(Number(imported)),
      found: number(Number(found)),
    })
  }
  return report === undefined ? about : t('check.in', { about, report })
}

function copyLines({ copy, wrongTexts }: CheckedProject, { t, number }: GroupWords): string[] {
  const lines: string[] = []
  for (const table of TABLE_NAMES) {
    const rows = copy?.rows[table]
    if (rows) lines.push(t(`check.rows.${table}`, { shown: number(rows) }))
  }
  if (wrongTexts > 0) lines.push(t('check.rows.texts', { shown: number(wrongTexts) }))
  if (copy && copy.tallies > 0) {
    lines.push(t('check.rows.tallies', { shown: number(copy.tallies) }))
  }
  if (copy?.history) lines.push(t('check.rows.history'))
  if (copy?.sum && lines.length === 0) lines.push(t('check.rows.sum'))
  return lines
}
