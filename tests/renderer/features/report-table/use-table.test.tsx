// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { type TableContent, useTable } from '../../../../renderer/features/report-table/use-table'
import { useChosenSet } from '../../../../renderer/session/chosen-set'
import { useTableView } from '../../../../renderer/session/table-view'
import { WorkspaceProvider } from '../../../../renderer/workspace/context'
import type { Workspace } from '../../../../renderer/workspace/open'
import { filterJson, type ReportFilter } from '../../../../shared/analysis/report-filter'
import { changeSetRule, renameSet, saveSet } from '../../../../shared/commands/sets'
import { setValue } from '../../../../shared/commands/variables'
import type { ReportId, ReportSetId } from '../../../../shared/domain/id'
import { type FreshProject, freshProject } from '../../../support/project'

const [R1, R2] = ['r1', 'r2'] as ReportId[] as [ReportId, ReportId]
const missing: ReportFilter = { all: [{ column: 'year', is: 'missing' }] }
const filled: ReportFilter = { all: [{ column: 'year', is: 'filled' }] }

afterEach(() => {
  useChosenSet.getState().choose(null)
  useTableView.getState().reset()
})

it('leaves a row in its place that a value takes out of the set, and says so until asked', async () => {
  const project = await freshProject()
  await chosen(project, missing)
  await using table = await showing(project)
  await table.until(({ shown }) => shown.length === 3)
  await project.run(setValue([R2], 'year', 2024))
  await table.until(({ byId }) => byId.get(R2)?.values.get('year')?.value === 2024)
  await table.until(({ isStale }) => isStale)
  expect(table.ids()).toBe('r1,r2,r3')
  await project.undo()
  await table.until(({ isStale }) => !isStale)
  await project.redo()
  await table.until(({ isStale }) => isStale)
  table.now().again()
  await table.until(({ isStale }) => !isStale)
  expect(table.ids()).toBe('r1,r3')
})

it('does not sort anew within a set when a value changes or the set is renamed', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'year', 2021))
  await project.run(setValue([R2], 'year', 2022))
  const id = await chosen(project, filled)
  useTableView.getState().setSort([{ column: 'year', direction: 'up' }])
  await using table = await showing(project)
  await table.until(({ shown }) => shown.length === 2)
  await project.run(setValue([R1], 'year', 2025))
  await table.until(({ isStale }) => isStale)
  await project.run(renameSet(id, 'other'))
  await table.until(({ set }) => set?.name === 'other')
  expect(table.ids()).toBe('r1,r2')
})

it('never shows the rows of all, or of the rule before, under a set', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'year', 2021))
  const id = await chosen(project, filled)
  await using table = await showing(project)
  await table.until(({ shown }) => shown.length === 1)
  await project.run(changeSetRule(id, filterJson(missing)))
  await table.until(({ shown }) => shown.length === 2)
  expect(table.seen().map(({ rule, ids }) => `${rule} ${ids}`)).toEqual([
    'null ',
    `${filterJson(filled)} `,
    `${filterJson(filled)} r1`,
    `${filterJson(missing)} `,
    `${filterJson(missing)} r2,r3`,
  ])
})

/** A set by rule that is chosen. */
async function chosen(project: FreshProject, rule: ReportFilter): Promise<ReportSetId> {
  await project.run(saveSet({ name: 'x', rule: filterJson(rule) }))
  const { id } = (await project.reader.sets()).at(-1)!
  useChosenSet.getState().choose(id)
  return id
}

function Asking({ onTold }: { onTold(told: TableContent): void }) {
  onTold(useTable())
  return null
}

/** What the table of a project is told to show, each different answer once. */
async function showing(project: FreshProject) {
  const told: TableContent[] = []
  const root = createRoot(document.createElement('div'))
  root.render(
    <WorkspaceProvider workspace={{ db: project.db } as Workspace}>
      <Asking onTold={now => told.push(now)} />
    </WorkspaceProvider>,
  )
  const idsOf = ({ shown }: TableContent) => shown.map(({ report }) => report.id).join()
  const now = () => told.at(-1)!
  return {
    now,
    ids: () => idsOf(now()),
    seen: () => {
      const seen = told.map(each => ({ rule: each.set?.rule ?? null, ids: idsOf(each) }))
      return seen.filter(
        ({ rule, ids }, at) => rule !== seen[at - 1]?.rule || ids !== seen[at - 1]?.ids,
      )
    },
    until: (isTold: (told: TableContent) => boolean) =>
      vi.waitFor(() => expect(told.length > 0 && isTold(now())).toBe(true), 5000),
    async [Symbol.asyncDispose]() {
      root.unmount()
    },
  }
}
