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
  const inChangchun = {
    ...{ place: CHAOYANG, place_code: '220104', level: '区(市辖区)' },
    ...{ province: '吉林省', parent: '长春市' },
  }
  expect(await valuesOf(project)).toEqual(inChangchun)
  await project.run(setValue([R1], 'place', CHAOYANG))
  expect(await valuesOf(project)).toEqual(inChangchun)
})

it.each([
  ['徐州市鼓楼区', '320302'],
  ['江苏省徐州市鼓楼区', '320302'],
  ['徐州鼓楼区', '320302'],
  ['320302', '320302'],
  ['\uFF13\uFF12\uFF10\uFF13\uFF10\uFF12', '320302'],
])('takes %s for the district that it names', async (typed, code) => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', typed))
  expect(await valuesOf(project)).toMatchObject({
    ...{ place: '鼓楼区', place_code: code, province: '江苏省', parent: '徐州市' },
  })
})

it('asks which is meant where several places have the name that was typed', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', GUAN.place))
  await project.run(setValue([R1], 'place', '鼓楼区'))
  expect(await project.reader.valuesOf([R1])).toMatchObject([
    { variable: 'place', value: '鼓楼区', origin: 'ask' },
  ])
  await project.run(setValue([R1], 'place', '鼓楼区'))
  expect(await valuesOf(project)).toEqual({ place: '鼓楼区' })
})

it('lets the place follow its code', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place_code', GUAN.place_code))
  expect(await valuesOf(project)).toEqual(GUAN)
})

it('refuses codes and levels that there are not, and takes levels as people write them', async () => {
  const project = await freshProject()
  await expect(project.run(setValue([R1], 'place_code', '999999'))).rejects.toThrow()
  await expect(project.run(setValue([R1], 'place_code', '13102'))).rejects.toThrow()
  await expect(project.run(setValue([R1], 'level', '乱七八糟'))).rejects.toThrow()
  await project.run(setValue([R1], 'level', '地级市'))
  // Of an earlier list, of a township.
  await project.run(setValue([R1], 'place_code', '130184100'))
  expect(await valuesOf(project)).toEqual({ level: '市(地级)', place_code: '130184100' })
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

it('goes over to another place of the same name with all that follows', async () => {
  const cell = (variable: VariableKey, value: string) => ({ reportId: R1, variable, value })
  const inBeijing = {
    ...{ place: CHAOYANG, place_code: '110105', level: '区(市辖区)' },
    ...{ province: '北京市', parent: '北京市' },
  }
  for (const cells of [
    [cell('place', `北京市${CHAOYANG}`)],
    [cell('place', '110105')],
    [cell('place', CHAOYANG), cell('place_code', '110105')],
  ]) {
    const project = await freshProject()
    await project.run(setValues([cell('place', CHAOYANG), cell('place_code', '220104')]))
    await project.run(setValues(cells))
    expect(await valuesOf(project)).toEqual(inBeijing)
  }
})
