import { join, resolve } from 'node:path'
import type { Hash, ReportId } from '../../shared/domain/id'
import { markupFrom, NO_MARKUP } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import type { PartKind } from '../../shared/domain/structure'
import { isReadVariable, type Value } from '../../shared/domain/variable'
import { type Inspection, inspectionOf } from '../../shared/formats/inspection'
import type { JournalEntry } from '../../shared/journal/history'
import {
  correctionsOf,
  emptyState,
  foldRows,
  valuesOf,
  variablesOf,
} from '../../shared/journal/state'
import { metaOf } from '../../shared/text/meta'
import { structureOf } from '../../shared/text/structure'
import { blobsToRead } from '../host/blobs'
import { hostErrorOf } from '../host/disk'
import { readJournalFiles } from '../host/journal-files'
import { readManifest } from '../host/keeper'
import type { InspectWish } from './options'
import { say, type Tongue, visibly, type Words } from './words'

// Shows what the reports of a project are made of. Reads beside whoever writes: takes no lock and
// changes nothing.

export interface InspectSurroundings {
  readonly tongue: Tongue
  readonly stdout: NodeJS.WritableStream
}

/** Prints every report, as JSON or for people; answers the exit code. */
export async function runInspect(
  wish: InspectWish,
  { tongue, stdout }: InspectSurroundings,
): Promise<number> {
  const folder = resolve(wish.project)
  const reports = inspectedIn(folder)
  const print = printerTo(stdout)
  if (wish.asJson) {
    let before = '{"reports": ['
    for await (const each of reports) {
      await print(`${before}\n${JSON.stringify(each)}`)
      before = ','
    }
    // Where there was no report, the list has not even begun.
    await print(before === ',' ? '\n]}\n' : '{"reports": []}\n')
    return 0
  }
  let count = 0
  for await (const each of reports) {
    count++
    await print(`${say(summaryWords(each), tongue)}\n\n`)
  }
  await print(`${say({ en: counted(count, 'report'), zh: `共 ${count} 份报告` }, tongue)}\n`)
  return 0
}

/** How many texts are read at once. */
const AT_ONCE = 50

/** The reports of a project in the order in which they came in. */
async function* inspectedIn(folder: string): AsyncGenerator<Inspection> {
  const { study } = await readManifest(folder)
  const state = emptyState()
  const read = new Set<ReportId>()
  await readJournalFiles(join(folder, 'journal'), study, entry => {
    foldRows(state, entry)
    for (const { reportId } of readValuesIn(entry)) read.add(reportId)
  })
  const variables = variablesOf(state)
  const blobs = blobsToRead(join(folder, 'blobs'))
  const reports = [...state.reports.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (let from = 0; from < reports.length; from += AT_ONCE) {
    const some = reports.slice(from, from + AT_ONCE)
    const hashes = [...new Set(some.flatMap(blobsOf))]
    const found = await blobs.get(hashes).catch((error: unknown) => {
      throw hostErrorOf(error)
    })
    const sizes = await blobs.sizes(some.map(({ originalHash }) => originalHash))
    const texts = new Map(
      hashes.map((hash, i) => [
        hash,
        new TextDecoder('utf-8', { ignoreBOM: true }).decode(found[i]),
      ]),
    )
    for (const [i, report] of some.entries()) {
      const bytes = sizes[i] ?? null
      const text = texts.get(report.textHash)!
      const json = report.markupHash === null ? null : texts.get(report.markupHash)!
      const markup = (json === null ? null : markupFrom(json, text.length)) ?? NO_MARKUP
      const corrections = correctionsOf(state, report.id)
      const structure = structureOf(text, { markup, corrections })
      const meta = metaOf(text, structure, markup)
      const values = valuesOf(state, report.id)
      const wasRead = read.has(report.id)
      yield inspectionOf({ report, bytes, text, structure, meta, values, wasRead, variables })
    }
  }
}

/** Values of variables that are read from texts, as far as an entry speaks of any. */
function readValuesIn(entry: JournalEntry): Value[] {
  const values =
    entry.kind === 'import'
      ? entry.values
      : entry.changes.flatMap(change =>
          change.table === 'values'
            ? [change.before ?? change.after].filter(row => row !== null)
            : [],
        )
  return values.filter(({ variable }) => isReadVariable(variable))
}

function blobsOf({ textHash, markupHash }: Report): Hash[] {
  return markupHash === null ? [textHash] : [textHash, markupHash]
}

/** Writes no faster than whoever reads. */
function printerTo(stdout: NodeJS.WritableStream): (text: string) => Promise<void> {
  let failure: Error | null = null
  stdout.on('error', (error: Error) => {
    failure = error
  })
  return text =>
    new Promise((done, fail) => {
      stdout.write(text, error => (error || failure ? fail(error ?? failure) : done()))
    })
}

/** A report in a few lines. */
function summaryWords(each: Inspection): Words {
  const { meta, counts, parts, absent_parts: absent, warnings } = each
  const place = [meta.province, meta.parent, meta.jurisdiction]
  const where = [...new Set(place.filter(part => part !== null))].join(' ')
  const facts = [where, meta.year_covered, meta.publish_date].filter(fact => fact !== null)
  const source = (each.path || each.source) + (each.row === null ? '' : ` [${each.row}]`)
  const title = visibly(String(meta.title ?? meta.inferred_title ?? each.title))
  const from = [visibly(source), each.format, ...(each.encoding === null ? [] : [each.encoding])]
  const known = facts.filter(fact => fact !== '').map(fact => visibly(String(fact)))
  const present = parts.map(({ part }) => part)
  const partsIn = (language: keyof Words) => [
    ...partsLine({ en: 'parts: ', zh: '部分：' }, present, language),
    ...partsLine({ en: 'absent: ', zh: '缺少：' }, absent, language),
  ]
  const headings = counts.standalone_headings + counts.run_in_headings
  return {
    en: [
      `${title}`,
      `  ${from.join(', ')}`,
      `  ${known.join(', ')}`,
      `  ${[
        counted(each.chars, 'character'),
        counted(headings, 'heading'),
        counted(counts.paragraphs, 'paragraph'),
        counted(counts.sentences, 'sentence'),
        counted(counts.items, 'enumerated item'),
      ].join(', ')}`,
      `  ${partsIn('en').join('; ')}`,
      ...(warnings.length > 0
        ? [`  ${counted(warnings.length, 'oddity', 'oddities')} in numbering or line breaks`]
        : []),
    ]
      .filter(line => line.trim() !== '')
      .join('\n'),
    zh: [
      `${title}`,
      `  ${from.join('\uff0c')}`,
      `  ${known.join('\uff0c')}`,
      `  ${each.chars} 字，标题 ${headings}，段落 ${counts.paragraphs}，句子 ${counts.sentences}，列举项 ${counts.items}`,
      `  ${partsIn('zh').join('；')}`,
      ...(warnings.length > 0 ? [`  编号或换行有 ${warnings.length} 处异常`] : []),
    ]
      .filter(line => line.trim() !== '')
      .join('\n'),
  }
}

/** Parts after what they are; nothing where there are none. */
function partsLine(label: Words, parts: readonly PartKind[], language: keyof Words): string[] {
  if (parts.length === 0) return []
  const names = parts.map(part => PART_WORDS[part][language])
  return [label[language] + names.join(language === 'zh' ? '、' : ', ')]
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

const PART_WORDS: Readonly<Record<PartKind, Words>> = {
  preamble: { en: 'preamble', zh: '开头' },
  achievements: { en: 'achievements', zh: '主要做法和成效' },
  leader_duty: { en: 'leaders\u2019 duty', zh: '主要负责人履职' },
  problems: { en: 'problems', zh: '存在问题' },
  next_steps: { en: 'next steps', zh: '下一步安排' },
  signature: { en: 'signature', zh: '落款' },
}
