import sample from '../../resources/sample/sample.json'
import starter from '../../resources/starter-codebook.json?raw'
import { loadCodebook } from '../../shared/commands/codebook'
import type { Actor, Command } from '../../shared/commands/command'
import { stateReader } from '../../shared/commands/state-reader'
import type { Annotation } from '../../shared/domain/annotation'
import type {
  AnnotationId,
  BatchId,
  CodeId,
  CoderId,
  ProjectId,
  ReportId,
} from '../../shared/domain/id'
import { NO_MARKUP } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import { type ReadVariable, type Value, valueIdOf } from '../../shared/domain/variable'
import { readCodebook } from '../../shared/formats/codebook-file'
import type { Host, SessionToken } from '../../shared/host'
import { valuesFrom } from '../../shared/intake/report-from'
import type { NewEntry } from '../../shared/journal/history'
import { emptyState, fold, type ProjectState } from '../../shared/journal/state'
import { codePointsIn } from '../../shared/text/code-points'
import { hanIn } from '../../shared/text/meta'
import { normalizeText, TEXT_VERSION } from '../../shared/text/normalize'
import type { Language } from '../locale/language'
import { newId } from './open'

const TEXTS = import.meta.glob<string>('../../resources/sample/*/*.txt', {
  query: '?raw',
  import: 'default',
})

/**
 * Makes the sample project in the usual folder: six invented reports, the starter codebook and
 * some codings, all in one language. Answers its id; it is closed again by then.
 */
export async function makeSampleProject(host: Host, language: Language): Promise<ProjectId> {
  const { home } = await host.about()
  const coderName = sample.coder[language]
  const { id, coderId } = await host.createProject({
    name: sample.title[language],
    coderName,
    place: home.token,
  })
  const clientId = newId()
  const { session } = await host.openProject(id, { clientId, takeOver: false })
  try {
    await fill(host, session, coderId, language)
  } finally {
    await host.closeProject(session)
  }
  return id
}

async function fill(
  host: Host,
  session: SessionToken,
  coderId: CoderId,
  language: Language,
): Promise<void> {
  const state = emptyState()
  for (const entry of await host.readJournal(session, 1)) fold(state, entry)
  const actor: Actor = { coderId, now: () => Date.now(), newId }
  const write = async (entry: NewEntry) => {
    const { seq } = await host.append(session, entry)
    fold(state, { ...entry, seq })
  }
  const run = async (command: Command) => {
    const edit = await command(stateReader(state), actor)
    await write({ kind: 'do', of: null, ...edit, at: actor.now(), coderId })
  }

  const texts = await Promise.all(sample.reports.map(each => textOf(language, each[language])))
  const bytes = texts.map(text => new TextEncoder().encode(text))
  const hashes = await host.putBlobs(session, bytes)
  const batchId = newId() as BatchId
  // Reports of one import stand in the order of their ids.
  const ids = texts.map(() => newId() as ReportId).sort()
  const reports = texts.map((text, i): Report => {
    const { [language]: fileName, title } = sample.reports[i]!
    return {
      id: ids[i]!,
      batchId,
      title: title[language],
      fileName,
      path: fileName,
      row: null,
      format: 'txt',
      extractor: 'txt/1',
      encoding: 'utf-8',
      textHash: hashes[i]!,
      originalHash: hashes[i]!,
      markupHash: null,
      length: text.length,
      chars: codePointsIn(text),
      hanChars: hanIn(text),
      textVersion: TEXT_VERSION,
      addedAt: actor.now(),
    }
  })
  const counts = { imported: reports.length, known: 0, refused: 0, cancelled: false }
  const batch = { id: batchId, at: actor.now(), ...counts }
  const values = reports.flatMap(({ id }, i) => {
    const read = valuesFrom(id, texts[i]!, NO_MARKUP)
    const isRead = new Set<string>(read.map(({ variable }) => variable))
    return [...read, ...givenValues(id, i, language).filter(each => !isRead.has(each.variable))]
  })
  const brought = { batch, reports, variables: [], values }
  await write({ kind: 'import', ...brought, at: batch.at, coderId })

  const { title, codes } = readCodebook(starter, language)
  await run(loadCodebook(title, codes))
  const idOfKey = new Map(codes.map(({ key, name }) => [key, idOf(state, name)]))
  await run(codings(reports, texts, language, key => idOfKey.get(key) ?? null))
}

/** What nobody can read from the texts of places that do not exist, as a researcher would add it. */
function givenValues(reportId: ReportId, i: number, language: Language): Value[] {
  const given = Object.entries(sample.reports[i]!.values[language])
  return given.map(([name, value]) => {
    const variable = name as ReadVariable
    const id = valueIdOf(reportId, variable)
    return { id, reportId, variable, value, origin: 'by-hand', start: null, end: null }
  })
}

/** The sample's codings, as one edit. */
function codings(
  reports: readonly Report[],
  texts: readonly string[],
  language: Language,
  codeOf: (key: string) => CodeId | null,
): Command {
  return async (_project, actor) => {
    const rows = sample.codings.flatMap(({ report, codes, memo, [language]: where }) => {
      const start = nthIndexOf(texts[report] ?? '', where.quote, where.occurrence)
      return codes.flatMap((key): Annotation[] => {
        const codeId = codeOf(key)
        if (codeId === null || start < 0) return []
        return [
          {
            id: actor.newId() as AnnotationId,
            reportId: reports[report]!.id,
            start,
            end: start + where.quote.length,
            quote: where.quote,
            codeId,
            coderId: actor.coderId,
            memo: memo[language],
            createdAt: actor.now(),
          },
        ]
      })
    })
    const changes = rows.map(
      after => ({ table: 'annotations', id: after.id, before: null, after }) as const,
    )
    return { label: 'loadSample', about: '', changes }
  }
}

async function textOf(language: Language, fileName: string): Promise<string> {
  const load = TEXTS[`../../resources/sample/${language}/${fileName}`]
  if (!load) throw new Error(`no such sample report: ${fileName}`)
  return normalizeText(await load())
}

function idOf(state: ProjectState, name: string): CodeId | null {
  for (const code of state.codes.values()) if (code.name === name) return code.id
  return null
}

function nthIndexOf(text: string, quote: string, n: number): number {
  let at = text.indexOf(quote)
  for (let i = 0; i < n && at >= 0; i++) at = text.indexOf(quote, at + 1)
  return at
}
