import type { ReportId } from '../../shared/domain/id'
import { markupFrom, NO_MARKUP } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import type { NearDuplicate, NearDuplicateFinder } from '../../shared/intake/near-duplicates'
import { comparableSketch } from '../../shared/intake/study'
import { readTexts, type TextSource, textSlices } from '../data/texts'

/** A report that came in and another one that is nearly the same. */
export interface SimilarReport {
  readonly id: ReportId
  readonly title: string
  readonly path: string
  readonly other: {
    readonly id: ReportId
    readonly title: string
    readonly path: string
    /** Whether it came in with the same import. */
    readonly isNew: boolean
  }
  /** About what share of both texts is the same, 0 to 1. */
  readonly similarity: number
}

/** What an import has found among its own texts, and who wants to know. */
export interface FoundAlike {
  /** The reports that came in. */
  readonly reports: readonly Report[]
  /** Those of them that are nearly the same as an earlier one of them. */
  readonly alike: ReadonlyMap<ReportId, NearDuplicate<ReportId>>
  /** Knows the texts of all of them. */
  readonly finder: NearDuplicateFinder<ReportId>
  isCancelled(): boolean
  /** Told after every few of the reports that were there before. */
  onProgress(done: number, total: number): void
}

/** What comparing has found. */
export interface Compared {
  /** The most alike first. */
  readonly similar: readonly SimilarReport[]
  /** Whether texts of the project could not be read, so that there may be more. */
  readonly brokeOff: boolean
}

/**
 * Says which reports of an import are nearly the same as others, in the import or in the
 * project before it. When cancelled, leaves out those not compared yet. All of them are saved
 * already, so that nothing that goes wrong here is the import's failure.
 */
export async function similarTo(source: TextSource, given: FoundAlike): Promise<Compared> {
  const { reports, alike, finder } = given
  const mine = new Map(reports.map(report => [report.id, report]))
  const found: SimilarReport[] = []
  for (const [id, { of, similarity }] of alike) {
    const one = mine.get(id)
    const other = mine.get(of)
    if (one && other) found.push(pairOf(one, other, { similarity, isNew: true }))
  }
  let brokeOff = false
  try {
    for await (const { report, sketch } of earlierSketches(source, mine, given)) {
      const near = sketch ? finder.match(sketch) : null
      const one = near ? mine.get(near.of) : undefined
      if (near && one) {
        found.push(pairOf(one, report, { similarity: near.similarity, isNew: false }))
      }
    }
  } catch {
    brokeOff = true
  }
  return { similar: found.sort((a, b) => b.similarity - a.similarity), brokeOff }
}

async function* earlierSketches(
  source: TextSource,
  mine: ReadonlyMap<ReportId, Report>,
  { isCancelled, onProgress }: Pick<FoundAlike, 'isCancelled' | 'onProgress'>,
) {
  if (mine.size === 0) return
  const earlier = (await source.db.reports.toArray()).filter(({ id }) => !mine.has(id))
  let done = 0
  for (const some of textSlices(earlier, ({ length }) => length)) {
    if (isCancelled()) return
    const [texts, markups] = await Promise.all([
      readTexts(
        source,
        some.map(({ textHash }) => textHash),
      ),
      readTexts(
        source,
        some.flatMap(({ markupHash }) => markupHash ?? []),
      ),
    ])
    const markup = markups.values()
    for (const [i, report] of some.entries()) {
      const text = texts[i] ?? null
      const json = (report.markupHash && markup.next().value) || null
      // A text that is lost cannot be compared; the check of the project tells of it.
      if (text === null) continue
      const marks = json === null ? null : markupFrom(json, text.length)
      yield { report, sketch: comparableSketch(text, marks ?? NO_MARKUP) }
    }
    done += some.length
    onProgress(done, earlier.length)
  }
}

function pairOf(
  { id, title, path }: Report,
  other: Report,
  { similarity, isNew }: { similarity: number; isNew: boolean },
): SimilarReport {
  return {
    id,
    title,
    path,
    other: { id: other.id, title: other.title, path: other.path, isNew },
    similarity,
  }
}
