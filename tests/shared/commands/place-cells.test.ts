import { expect, it } from 'vitest'
import { cellsOfPlace, placeMeant } from '../../../shared/commands/place-cells'
import { mergeImportedValues, setValue, setValues } from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import type { VariableKey } from '../../../shared/domain/variable'
import { type FreshProject, freshProject } from '../../support/project'

const R1 = 'r1' as ReportId
const CHAOYANG = '\u671d\u9633\u533a'
const GUAN = {
  place: '\u56fa\u5b89\u53bf',
  place_code: '131022',
  level: '\u53bf',
  province: '\u6cb3\u5317\u7701',
  parent: '\u5eca\u574a\u5e02',
}

async function valuesOf({ reader }: FreshProject): Promise<Record<string, unknown>> {
  return Object.fromEntries((await reader.valuesOf([R1])).map(each => [each.variable, each.value]))
}

it('takes a name for a place only where it is in full and one', () => {
  expect(placeMeant(GUAN.place)?.code).toBe('131022')
  expect(placeMeant('\u56fa\u5b89')).toBeNull()
  expect(placeMeant(CHAOYANG)).toBeNull()
})

it('says everything that follows from a place', () => {
  const cells = cellsOfPlace(R1, placeMeant(GUAN.place)!)
  expect(Object.fromEntries(cells.map(({ variable, value }) => [variable, value]))).toEqual(GUAN)
})

it('lets code and level follow the place, and go where the place is not known', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', GUAN.place))
  expect(await valuesOf(project)).toEqual(GUAN)
  await project.run(setValue([R1], 'place', CHAOYANG))
  expect(await valuesOf(project)).toEqual({ place: CHAOYANG })
  await project.undo()
  expect(await valuesOf(project)).toEqual(GUAN)
  await project.run(setValue([R1], 'place', null))
  expect(await valuesOf(project)).toEqual({})
})

it('leaves what is given with the place, and what is known of the same place', async () => {
  const project = await freshProject()
  const cell = (variable: VariableKey, value: string) => ({ reportId: R1, variable, value })
  await project.run(setValues([cell('place', CHAOYANG), cell('place_code', '220104')]))
  expect(await valuesOf(project)).toEqual({ place: CHAOYANG, place_code: '220104' })
  await project.run(setValue([R1], 'place', CHAOYANG))
  expect(await valuesOf(project)).toEqual({ place: CHAOYANG, place_code: '220104' })
})

it('does so for places from a table, too', async () => {
  const project = await freshProject()
  const from = (value: string) =>
    mergeImportedValues({ cells: [{ reportId: R1, variable: 'place', value }], variables: [] })
  await project.run(from(GUAN.place))
  expect(await valuesOf(project)).toEqual(GUAN)
  await project.run(from(CHAOYANG))
  expect(await valuesOf(project)).toEqual({ place: CHAOYANG })
})
