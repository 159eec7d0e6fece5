import { inReadingOrder } from '../domain/annotation'
import { allIn, rowsIn } from '../journal/rows'
import {
  annotationsOf,
  codesOf,
  correctionsOf,
  type ProjectState,
  setsOf,
  valuesOf,
  variablesOf,
} from '../journal/state'
import type { ProjectReader } from './command'

/** Answers what commands ask, from a project folded in memory. */
export function stateReader(state: ProjectState): ProjectReader {
  return {
    report: async id => state.reports.get(id) ?? null,
    batch: async id => state.batches.get(id) ?? null,
    reportsIn: async batchId =>
      [...state.reports.values()].filter(report => report.batchId === batchId),
    areCoded: async ids => ids.some(id => (state.annotations.get(id)?.size ?? 0) > 0),
    code: async id => state.codes.get(id) ?? null,
    codes: async () => codesOf(state),
    coder: async id => state.coders.get(id) ?? null,
    annotation: async (reportId, id) => state.annotations.get(reportId)?.get(id) ?? null,
    annotationsIn: async reportId => annotationsOf(state, reportId),
    usesOf: async codeIds => {
      const wanted = new Set(codeIds)
      return [...state.annotations.values()].flatMap(items =>
        [...items.values()].filter(({ codeId }) => wanted.has(codeId)).sort(inReadingOrder),
      )
    },
    reportsOf: async ids => ids.flatMap(id => state.reports.get(id) ?? []),
    valuesOf: async ids => ids.flatMap(id => valuesOf(state, id)),
    valuesFor: async variable =>
      [...allIn(state.values)]
        .filter(value => value.variable === variable)
        .sort((a, b) => (a.reportId < b.reportId ? -1 : 1)),
    variables: async () => variablesOf(state),
    correctionsOf: async ids => ids.flatMap(id => correctionsOf(state, id)),
    sets: async () => setsOf(state),
    async *everyRow() {
      yield [...rowsIn(state)]
    },
  }
}
