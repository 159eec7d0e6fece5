import { expect, it } from 'vitest'
import { choiceOf, seenTable, unseenTable } from '../../../../renderer/features/library/table-setup'
import type { VariableId } from '../../../../shared/domain/id'
import { lookAtTable } from '../../../../shared/intake/table-reports'
import { fixture } from '../../../support/documents-office'

async function seen(name: string) {
  const source = { name, bytes: fixture(name), encoding: null }
  return seenTable(unseenTable(null, null), await lookAtTable(source, null), [])
}

it('offers text, title and variables of a workbook, and tells the import of them', async () => {
  const setup = await seen('xlsx/openpyxl-reports.xlsx')
  expect(setup).toMatchObject({ text: 4, look: { ok: true, rows: 5, sheet: '报告' } })
  expect(choiceOf(setup)).toMatchObject({
    mapping: {
      text: 4,
      title: 1,
      variables: [
        { column: 0, variable: { name: '序号', type: 'number' } },
        { column: 2, variable: 'place' },
        { column: 3, variable: 'year' },
        { column: 5, variable: { name: '字数核对', type: 'yesno' } },
      ],
    },
  })
})

it('reads one in GBK as well', async () => {
  expect(choiceOf(await seen('csv/python-gbk-reports.csv'))).toMatchObject({
    mapping: { text: 1, title: 0, variables: [{ column: 2, variable: 'issuers' }] },
  })
})

it('leaves the guess to the import until a text is chosen, and what cannot be out of it', async () => {
  const setup = await seen('xlsx/openpyxl-reports.xlsx')
  expect(choiceOf({ ...setup, text: null })).toEqual({ sheet: null, mapping: null })
  expect(choiceOf(undefined)).toEqual({ sheet: null, mapping: null })
  const bad = { id: 'x' as VariableId, name: ' ', type: 'text' } as const
  const targets = [
    { column: 2, variable: 'place' as const },
    { column: 3, variable: 'place' as const },
    { column: 5, variable: bad },
  ]
  expect(choiceOf({ ...setup, targets }).mapping).toEqual({
    text: 4,
    title: null,
    variables: [{ column: 2, variable: 'place' }],
  })
})
