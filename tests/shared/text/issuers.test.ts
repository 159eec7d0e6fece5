import { expect, it } from 'vitest'
import { bodiesIn, bodiesInTitle } from '../../../shared/text/issuers'
import { foldWidth } from '../../../shared/text/width'

function bodies(line: string): string[] {
  return bodiesIn(foldWidth(line), { start: 0, end: line.length }).map(({ name }) => name)
}

it.each([
  ['中共四平市委 四平市人民政府', ['中共四平市委', '四平市人民政府']],
  ['中共四平市委、四平市人民政府', ['中共四平市委', '四平市人民政府']],
  ['平山县\u3000人民政府\uFF08盖章\uFF09', ['平山县人民政府']],
  ['中共深州市委全面依法治市委员会办公室', ['中共深州市委全面依法治市委员会办公室']],
  ['大水泊镇人民政府', ['大水泊镇人民政府']],
  ['兴安盟行政公署', ['兴安盟行政公署']],
  ['国务院', ['国务院']],
])('takes %s apart', (line, names) => {
  expect(bodies(line)).toEqual(names)
})

it.each([
  '一、加强组织领导',
  '市政府办公室印发了工作要点。',
  '各县(市、区)人民政府',
  '关于加强行政执法的意见',
  '责任编辑：办公室',
  '',
])('finds no bodies in %s', line => {
  expect(bodies(line)).toEqual([])
})

it.each([
  ['保定市人民政府关于2022年度情况的报告', ['保定市人民政府']],
  ['潼关县司法局2022年工作报告', ['潼关县司法局']],
  ['静海区2023年度情况报告', []],
  ['关于2022年情况的报告', []],
])('reads who speaks in the title %s', (title, names) => {
  expect(bodiesInTitle(title, { start: 0, end: title.length }).map(({ name }) => name)).toEqual(
    names,
  )
})
