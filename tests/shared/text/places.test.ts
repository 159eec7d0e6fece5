import { describe, expect, it } from 'vitest'
import { placeNamesIn } from '../../../shared/text/place-names'
import { LEVELS, placeCandidates, placeNames, placeOf } from '../../../shared/text/places'

it('knows every division of the list, and no row of it that names none', () => {
  const all = new Set([...placeNames()].flatMap(({ places }) => places.map(({ code }) => code)))
  all.delete(null)
  expect(all.size).toBe(3216)
  expect(['110100', '500200', '429000'].map(placeOf)).toEqual([null, null, null])
})

it.each([
  ['130100', '市(地级,省会)', '河北省', null],
  ['150100', '市(地级,首府)', '内蒙古自治区', null],
  ['420203', '区(市辖区)', '湖北省', '黄石市'],
  ['131022', '县', '河北省', '廊坊市'],
  ['110105', '区(市辖区)', '北京市', '北京市'],
  ['500233', '县', '重庆市', '重庆市'],
  ['429004', '市(县级)', '湖北省', '湖北省'],
  ['152530', '旗', '内蒙古自治区', '锡林郭勒盟'],
  ['653228', '县', '新疆维吾尔自治区', '和田地区'],
])('gives %s its level, province and parent', (code, level, province, parent) => {
  expect(placeOf(code)).toMatchObject({ level, province, parent })
})

it('gives every place one of the levels', () => {
  const levels = new Set([...placeNames()].flatMap(({ places }) => places.map(one => one.level)))
  expect([...levels].filter(level => !LEVELS.includes(level))).toEqual([])
})

it('offers every place that a typed name can mean, the exact ones first', () => {
  const names = (typed: string) => placeCandidates(typed).map(({ code, name }) => `${code} ${name}`)
  expect(names('朝阳区')).toEqual(['110105 朝阳区', '220104 朝阳区'])
  expect(names('朝阳').slice(0, 3)).toEqual(['110105 朝阳区', '211300 朝阳市', '211321 朝阳县'])
  expect(names('长春 朝阳区')).toEqual(['220104 朝阳区'])
  expect(names('吉林省长春市朝阳区')).toEqual(['220104 朝阳区'])
  expect(names('徐水县')).toEqual(['130609 徐水县'])
  expect(names('恩施州')).toEqual(['422800 恩施土家族苗族自治州'])
  expect(names('  ')).toEqual([])
  expect(names('没有的地方')).toEqual([])
})

describe('names in a text', () => {
  const found = (text: string) => placeNamesIn(text).map(({ name }) => name)

  it('are the longest that stand there', () => {
    expect(found('吉安市吉安县')).toEqual(['吉安市', '吉安县'])
    expect(found('恩施土家族苗族自治州')).toEqual(['恩施土家族苗族自治州'])
    expect(found('湖北省黄石市西塞山区')).toEqual(['湖北省', '黄石市', '西塞山区'])
  })

  it.each([
    ['提高县级执法水平', []],
    ['建成县乡机制', []],
    ['和平区域合作', []],
    ['主城区与老城区改造', []],
    ['全市中小学', []],
    ['实现长治久安', []],
    ['河北区域', ['河北']],
    ['乐山市市中区', ['乐山市', '市中区']],
    ['阳泉市矿区', ['阳泉市', '矿区']],
    ['中共赵县委员会', ['赵县']],
    ['深入屏边县调研', ['屏边县']],
    ['积石山县级执法', []],
  ])('%s holds %j', (text, names) => {
    expect(found(text)).toEqual(names)
  })
})
