// @vitest-environment happy-dom
import 'fake-indexeddb/auto'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { startI18n } from '../../../renderer/locale/i18n'
import { useChosenSet } from '../../../renderer/session/chosen-set'
import { SaveFilterDialog } from '../../../renderer/sets/SaveFilterDialog'
import { ToastContext } from '../../../renderer/ui/use-toast'
import { WorkspaceProvider } from '../../../renderer/workspace/context'
import type { Workspace } from '../../../renderer/workspace/open'
import { type Condition, filterJson } from '../../../shared/analysis/report-filter'
import { saveSet } from '../../../shared/commands/sets'
import type { ReportId, ReportSetId } from '../../../shared/domain/id'
import { type FreshProject, freshProject } from '../../support/project'

const [R1, R2] = ['r1', 'r2'] as ReportId[] as [ReportId, ReportId]
const since: Condition = { column: 'year', is: 'between', from: 2020, to: null }
const placed: Condition = { column: 'place', is: 'filled' }

afterEach(() => useChosenSet.getState().choose(null))

it('saves the rule of the chosen set along with the filter', async () => {
  const project = await freshProject()
  await project.run(saveSet({ name: 'x', rule: filterJson({ all: [since] }) }))
  const saved = await savedWithin(project, 'x')
  expect(saved).toMatchObject({ members: null, rule: filterJson({ all: [since, placed] }) })
})

it('offers only a set by hand within a set by hand', async () => {
  const project = await freshProject()
  await project.run(saveSet({ name: 'x', members: [R1, R2] }))
  expect(await savedWithin(project, 'x')).toMatchObject({ members: 'r1', rule: null })
})

it('saves the filter alone while all reports are chosen', async () => {
  const saved = await savedWithin(await freshProject(), null)
  expect(saved).toMatchObject({ members: null, rule: filterJson({ all: [placed] }) })
})

/** The set that is made by typing a name and Enter, while another is chosen and `r1` is shown. */
async function savedWithin(project: FreshProject, chosen: string | null) {
  startI18n('en')
  const before = await project.reader.sets()
  useChosenSet.getState().choose(before.find(({ name }) => name === chosen)?.id ?? null)
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  const onSaved = vi.fn<(id: ReportSetId) => void>()
  const { db, run } = project
  root.render(
    <ToastContext value={() => {}}>
      <WorkspaceProvider workspace={{ db, runner: { run } } as unknown as Workspace}>
        <SaveFilterDialog
          filter={{ all: [placed] }}
          members={[R1]}
          onClose={() => {}}
          onSaved={onSaved}
        />
      </WorkspaceProvider>
    </ToastContext>,
  )
  try {
    const field = await vi.waitFor(() => {
      const found = document.querySelector<HTMLInputElement>('input.field-input')
      expect(found).not.toBeNull()
      return found!
    })
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'new')
    field.dispatchEvent(new Event('input', { bubbles: true }))
    const save = document.querySelector<HTMLButtonElement>('button[type="submit"]')!
    await vi.waitFor(() => expect(save.disabled).toBe(false))
    save.click()
    await vi.waitFor(() => expect(onSaved).toHaveBeenCalled())
    return (await project.reader.sets()).find(({ name }) => name === 'new')
  } finally {
    root.unmount()
    box.remove()
  }
}
