import { expect, it } from 'vitest'
import { countOf, datesIn } from '../../../shared/text/dates'
import { foldWidth } from '../../../shared/text/width'

it.each([
  ['2024年1月29日', '2024-01-29'],
  ['2024 年 1 月 29 日', '2024-01-29'],
  ['\uFF12\uFF10\uFF12\uFF14年\uFF11月\uFF12\uFF19日', '2024-01-29'],
  ['二〇二三年一月五日', '2023-01-05'],
  ['二○二三年十二月三十一日', '2023-12-31'],
  ['二零二一年元月廿日', '2021-01-20'],
  ['二O二二年十月', '2022-10'],
  ['2023年3月', '2023-03'],
  ['2023/03/29', '2023-03-29'],
  ['2023-3-29', '2023-03-29'],
  ['2023.3.9', '2023-03-09'],
  ['2024年2月29日', '2024-02-29'],
])('reads %s', (written, value) => {
  expect(datesIn(foldWidth(written))).toEqual([{ value, start: 0, end: written.length }])
})

it.each([
  '2023年2月29日',
  '2023年13月1日',
  '2023年4月31日',
  '2023-00-10',
  '12023年1月1日',
  '2023-3/29',
  '二〇二三年十三月一日',
])('%s is no date', written => {
  expect(datesIn(written)).toEqual([])
})

it('counts in Chinese and Western digits', () => {
  expect(
    ['十', '十一', '二十', '三十一', '廿三', '元', '07', '二〇二三', '百'].map(countOf),
  ).toEqual([10, 11, 20, 31, 23, 1, 7, 2023, null])
})
