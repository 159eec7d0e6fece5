import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { watchReportRows } from '../../../renderer/data/report-rows'
import { cellOf, type ReportRow } from '../../../shared/analysis/report-row'
import { assignCode } from '../../../shared/commands/annotate'
import { renameReport } from '../../../shared/commands/library'
import { addVariable, setValue, setValues } from '../../../shared/commands/variables'
import type { ReportId, VariableId } from '../../../shared/domain/id'
import { freshProject, passageOf } from '../../support/project'

it('follows values, names and codings, and redraws only rows that changed', async () => {
  const project = await freshProject()
  await using watched = await watching(project.db)
  const [r1, r2, r3] = watched.rows()
  await project.run(setValue(['r2' as ReportId], 'year', 2023))
  await watched.until(rows => cellOf(rows[1]!, 'year') === 2023)
  expect(watched.rows()[0]).toBe(r1)
  expect(watched.rows()[1]).not.toBe(r2)
  expect(watched.rows()[2]).toBe(r3)

  await project.run(renameReport('r1' as ReportId, 'other'))
  await watched.until(rows => cellOf(rows[0]!, 'name') === 'other')
  await project.run(assignCode(passageOf('r3' as ReportId, 0, 4), project.codes[0]))
  await watched.until(rows => cellOf(rows[2]!, 'uses') === 1)
  await project.undo()
  await watched.until(rows => cellOf(rows[2]!, 'uses') === 0)
  await project.undo()
  await project.undo()
  await watched.until(rows => cellOf(rows[1]!, 'year') === null)
})

it('follows a step that touches more rows than the store names one by one', async () => {
  const project = await freshProject()
  for (let i = 0; i < 30; i++) await project.run(addVariable(named(`v${i}`)))
  await using watched = await watching(project.db)
  const variables = await project.reader.variables()
  const cells = project.reports.flatMap(({ id }) =>
    variables.map(variable => ({ reportId: id, variable: variable.id, value: 'x' })),
  )
  await project.run(setValues(cells))
  const last = variables.at(-1)!.id as VariableId
  await watched.until(rows => rows.every(row => cellOf(row, last) === 'x'))
})

it('reads the rows once for all that listen, and goes on for those that stay', async () => {
  const project = await freshProject()
  await using first = await watching(project.db)
  {
    await using second = await watching(project.db)
    expect(second.rows()).toBe(first.rows())
  }
  await project.run(setValue(['r2' as ReportId], 'year', 2023))
  await first.until(rows => cellOf(rows[1]!, 'year') === 2023)
  await using third = await watching(project.db)
  expect(third.rows()).toBe(first.rows())
})

it('tells of a failure, and begins anew for whoever asks again', async () => {
  const project = await freshProject()
  project.db.close()
  const error = await new Promise(resolve => {
    watchReportRows(project.db, { onRows: () => {}, onError: resolve })
  })
  expect(error).toBeInstanceOf(Error)
  await project.db.open()
  await using again = await watching(project.db)
  expect(again.rows()).toHaveLength(3)
})

function named(name: string) {
  return { name, type: 'text', categories: [] } as const
}

/** The rows as somebody hears of them, with a way to wait for what they say. */
async function watching(db: Parameters<typeof watchReportRows>[0]) {
  let rows: readonly ReportRow[] = []
  let heard = () => {}
  const end = watchReportRows(db, {
    onRows: now => {
      rows = now
      heard()
    },
    onError: error => {
      throw error
    },
  })
  const until = (holds: (rows: readonly ReportRow[]) => boolean) =>
    new Promise<void>(resolve => {
      heard = () => {
        if (holds(rows)) resolve()
      }
      heard()
    })
  await until(all => all.length > 0)
  return { rows: () => rows, until, [Symbol.asyncDispose]: async () => end() }
}
