// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createRoot } from 'react-dom/client'
import { expect, it, vi } from 'vitest'
import { useReportRows } from '../../../renderer/data/use-report-rows'
import { type ChosenReports, useReportsIn } from '../../../renderer/sets/use-reports-in'
import { useWorkspace, WorkspaceProvider } from '../../../renderer/workspace/context'
import type { Workspace } from '../../../renderer/workspace/open'
import { filterJson } from '../../../shared/analysis/report-filter'
import { changeSetMembers, changeSetRule, deleteSet, saveSet } from '../../../shared/commands/sets'
import { addVariable, deleteVariable, setValue } from '../../../shared/commands/variables'
import type { ReportId, ReportSetId } from '../../../shared/domain/id'
import { type FreshProject, freshProject } from '../../support/project'

const [R1, R2] = ['r1', 'r2'] as ReportId[] as [ReportId, ReportId]
const NO_YEAR = filterJson({ all: [{ column: 'year', is: 'missing' }] })

it('shows a set by hand as it is filled, and all reports once it is gone', async () => {
  const project = await freshProject()
  const id = await saved(project, { name: 'x', members: [R1] })
  await using shown = await showing(project, id)
  await shown.until(({ ids }) => [...(ids ?? [])].join() === 'r1')
  await project.run(changeSetMembers(id, { add: [R2], remove: [R1] }))
  await shown.until(({ ids }) => [...(ids ?? [])].join() === 'r2')
  await project.run(deleteSet(id))
  await shown.until(({ set }) => set === null)
  await project.undo()
  await shown.until(({ ids }) => [...(ids ?? [])].join() === 'r2')
})

it('follows values and the rule in a set by rule', async () => {
  const project = await freshProject()
  const rule = filterJson({ all: [{ column: 'year', is: 'between', from: 2022, to: null }] })
  const id = await saved(project, { name: 'x', rule })
  await using shown = await showing(project, id)
  await shown.until(({ ids }) => ids?.size === 0)
  await project.run(setValue([R2], 'year', 2023))
  await shown.until(({ ids }) => [...(ids ?? [])].join() === 'r2')
  const missing = filterJson({ all: [{ column: 'year', is: 'missing' }] })
  await project.run(changeSetRule(id, missing))
  await shown.until(({ ids }) => [...(ids ?? [])].sort().join() === 'r1,r3')
})

it('shows nothing, and says why, when the variable of a rule is deleted, until that is undone', async () => {
  const project = await freshProject()
  await project.run(addVariable({ name: 'wealth', type: 'number', categories: [] }))
  const [variable] = await project.reader.variables()
  const rule = filterJson({ all: [{ column: variable!.id, is: 'missing' }] })
  const id = await saved(project, { name: 'x', rule })
  await using shown = await showing(project, id)
  await shown.until(({ ids }) => ids?.size === 3)
  await project.run(deleteVariable(variable!.id))
  await shown.until(({ ids, trouble }) => ids?.size === 0 && trouble?.kind === 'variable-gone')
  await project.undo()
  await shown.until(({ ids, trouble }) => ids?.size === 3 && trouble === null)
})

it('tells nothing new of a set by rule while its reports stay the same', async () => {
  const project = await freshProject()
  const id = await saved(project, { name: 'x', rule: NO_YEAR })
  await using shown = await showing(project, id)
  await shown.until(({ ids }) => ids?.size === 3)
  for (const province of ['A', 'B']) {
    await project.run(setValue([R1], 'province', province))
    await vi.waitFor(() => expect(shown.provinceOf(R1)).toBe(province), 5000)
  }
  await project.run(setValue([R2], 'year', 2023))
  await shown.until(({ ids }) => ids?.size === 2)
  expect(shown.answers()).toEqual(['r1,r2,r3', 'r1,r3'])
})

async function saved(
  project: FreshProject,
  wish: Parameters<typeof saveSet>[0],
): Promise<ReportSetId> {
  await project.run(saveSet(wish))
  return (await project.reader.sets()).at(-1)!.id
}

type Rows = ReturnType<typeof useReportRows>

interface AskingProps {
  readonly id: ReportSetId
  onTold(told: ChosenReports, rows: Rows): void
}

function Asking({ id, onTold }: AskingProps) {
  const { db } = useWorkspace()
  const rows = useReportRows(db)
  onTold(useReportsIn(id), rows)
  return null
}

/** What a view that asks for a set is told, with a way to wait for it. */
async function showing(project: FreshProject, id: ReportSetId) {
  let told: ChosenReports | undefined
  const different = new Set<ChosenReports['ids']>()
  let known: Rows
  const onTold = (now: ChosenReports, rows: Rows) => {
    told = now
    known = rows
    if (now.ids) different.add(now.ids)
  }
  const root = createRoot(document.createElement('div'))
  const workspace = { db: project.db } as Workspace
  root.render(
    <WorkspaceProvider workspace={workspace}>
      <Asking id={id} onTold={onTold} />
    </WorkspaceProvider>,
  )
  return {
    /** A value as it has come to be known on the page. */
    provinceOf: (id: ReportId) =>
      known?.find(({ report }) => report.id === id)?.values.get('province')?.value,
    /** The different answers given so far. */
    answers: () => [...different].map(ids => [...(ids ?? [])].join()),
    until: (isTold: (told: ChosenReports) => boolean) =>
      vi.waitFor(() => expect(told && isTold(told)).toBe(true), 5000),
    async [Symbol.asyncDispose]() {
      root.unmount()
    },
  }
}
