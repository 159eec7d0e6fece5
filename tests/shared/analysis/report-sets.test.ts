import fc from 'fast-check'
import { expect, it } from 'vitest'
import { filterJson, isWanted, type ReportFilter } from '../../../shared/analysis/report-filter'
import { type ReportRow, rowOf } from '../../../shared/analysis/report-row'
import { inSet, ruleOf, ruleWithin } from '../../../shared/analysis/report-sets'
import type { ReportSetId, VariableId } from '../../../shared/domain/id'
import type { ReportSet, Value, Variable, VariableKey } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

const OWN = 'v1' as VariableId
const rows = [rowWith('r1', 2021), rowWith('r2', 2022), rowWith('r3', null)]
const none = new Map<VariableKey, Variable>()
const own = new Map<VariableKey, Variable>([
  [OWN, { id: OWN, name: 'wealth', type: 'number', categories: '', rank: 0, createdAt: 0 }],
])

it('has the members of a set by hand in the order of the reports, without those removed since', () => {
  const set = setOf({ members: 'r3 gone r1' })
  expect(namesIn(set)).toEqual(['r1', 'r3'])
  expect(inSet(rows, set, none).trouble).toBeNull()
  expect(namesIn(setOf({ members: '' }))).toEqual([])
})

it('has in a set by rule what meets the rule now', () => {
  const set = byRule({ all: [{ column: 'year', is: 'between', from: 2022, to: null }] })
  expect(namesIn(set)).toEqual(['r2'])
  const later = [...rows, rowWith('r4', 2025)]
  expect(inSet(later, set, none).rows.map(({ report }) => report.id)).toEqual(['r2', 'r4'])
})

it('shows nothing of a rule that cannot be read, and says so', () => {
  const set = setOf({ rule: '{"all":[{"column":"year","is":"odd"}]}' })
  expect(inSet(rows, set, none)).toEqual({ rows: [], trouble: { kind: 'unreadable' } })
})

it('shows nothing of a rule about a variable that is gone, even where its absence would count', () => {
  const set = byRule({ all: [{ column: OWN, is: 'missing' }] })
  expect(inSet(rows, set, none)).toEqual({ rows: [], trouble: { kind: 'variable-gone' } })
  expect(inSet(rows, set, own).rows).toHaveLength(3)
})

it('has a rule without conditions let all reports in', () => {
  expect(namesIn(byRule({ all: [] }))).toEqual(['r1', 'r2', 'r3'])
})

it('says by one rule what a filter lets through of a set by rule, once each', () => {
  const since = { column: 'year', is: 'between', from: 2021, to: null } as const
  const not2021 = { column: 'year', is: 'none-of', values: ['2021'] } as const
  const within = ruleWithin(byRule({ all: [since] }), { all: [not2021, since] }, none)
  expect(within).toEqual({ all: [since, not2021] })
  expect(namesIn(byRule(within!))).toEqual(['r2'])
  expect(ruleWithin(null, { all: [not2021] }, none)).toEqual({ all: [not2021] })
})

it('has no rule for what a filter lets through of a set by hand, or of one that is not decided', () => {
  expect(ruleWithin(setOf({ members: 'r1' }), { all: [] }, none)).toBeNull()
  const gone = byRule({ all: [{ column: OWN, is: 'missing' }] })
  expect(ruleWithin(gone, { all: [] }, none)).toBeNull()
})

it('has every report either in a set by rule or outside it, as the filter says', () => {
  const filter: fc.Arbitrary<ReportFilter> = fc.record({
    all: fc.array(
      fc.oneof(
        fc.record({
          column: fc.constant('year' as const),
          is: fc.constantFrom('filled', 'missing', 'asking'),
        }),
        fc.record({
          column: fc.constant('year' as const),
          is: fc.constantFrom('one-of', 'none-of'),
          values: fc.array(fc.constantFrom('2021', '2022', '')),
        }),
      ),
    ),
  })
  fc.assert(
    fc.property(filter, all => {
      const found = inSet(rows, byRule(all), none).rows
      expect(found).toEqual(rows.filter(row => isWanted(row, all)))
    }),
  )
})

it('has no rule for a set by hand', () => {
  expect(ruleOf(setOf({ members: 'r1' }), none)).toBeNull()
})

function namesIn(set: ReportSet): string[] {
  return inSet(rows, set, none).rows.map(({ report }) => report.id)
}

function byRule(filter: ReportFilter): ReportSet {
  return setOf({ rule: filterJson(filter) })
}

function setOf(content: { members: string } | { rule: string }): ReportSet {
  const empty = { members: null, rule: null }
  return { id: 's1' as ReportSetId, name: 's', createdAt: 0, ...empty, ...content }
}

function rowWith(name: string, year: number | null): ReportRow {
  const value = { variable: 'year', value: year, origin: 'read' } as Value
  return rowOf(reportNamed(name), year === null ? [] : [value], 0)
}
