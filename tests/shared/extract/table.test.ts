import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { writeXlsx } from 'hucre'
import { describe, expect, it } from 'vitest'
import { columnLetters, readTable, type Table } from '../../../shared/extract/table'
import { zipOf } from '../../support/zip'

const FIXTURES = join(import.meta.dirname, '../../fixtures/documents')
const encode = (text: string) => new TextEncoder().encode(text)

async function tableIn(
  bytes: Uint8Array,
  name = 'a.csv',
  options: Parameters<typeof readTable>[2] = {},
): Promise<Table> {
  const table = await readTable(bytes, name, options)
  if (!table.ok) throw new Error(JSON.stringify(table))
  return table
}

const fixture = async (name: string) => new Uint8Array(await readFile(join(FIXTURES, name)))

/** A workbook of one sheet, made of its parts. */
function workbook(sheet: string, more: readonly { name: string; data: string }[] = []) {
  const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const parts = [
    { name: '[Content_Types].xml', data: '<Types/>' },
    {
      name: '_rels/.rels',
      data: `<Relationships><Relationship Id="r1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      data: `<workbook xmlns="${main}" xmlns:r="${relationships}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships><Relationship Id="r1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      data: `<worksheet xmlns="${main}">${sheet}</worksheet>`,
    },
    ...more,
  ]
  return zipOf(parts.map(({ name, data }) => ({ name, data: encode(data) })))
}

describe('a workbook', () => {
  it.each(['openpyxl', 'libreoffice'])('of %s comes out as people see it', async maker => {
    const table = await tableIn(await fixture(`xlsx/${maker}.xlsx`), 'x.xlsx')
    expect(table).toMatchObject({
      format: 'xlsx',
      extractor: 'xlsx/1',
      sheet: '报告汇总',
      sheets: ['报告汇总', '说明'],
      columns: [
        '序号',
        '省',
        '市',
        '县（区）',
        '报告 年度',
        '发布日期',
        '报告标题',
        '正文',
        '是否按期',
        '公开率',
      ],
    })
    const [first, second, third, fourth] = table.rows
    expect(first).toMatchObject({ row: 3 })
    expect(first!.cells.slice(0, 7)).toEqual([
      1,
      '云岭省',
      '云岭市',
      null,
      2023,
      '2024-01-29',
      '云岭市2023年度法治政府建设情况报告',
    ])
    expect(first!.cells[7]).toMatch(
      /^2023年，云岭市深入推进法治政府建设。现将有关情况报告如下。\n一、主要做法\n/,
    )
    expect(first!.cells.slice(8)).toEqual(['是', 0.91])
    // The province is merged over three rows.
    expect([second!.cells[1], third!.cells[1]]).toEqual(['云岭省', '云岭省'])
    expect(fourth).toMatchObject({ row: 8 })
    expect(fourth!.cells[9]).toBeNull()
    expect(table.notes).toMatchObject({
      'merged-cells': 2,
      'lines-above': 1,
      'other-sheets': 1,
      'hidden-rows': 1,
      'hidden-columns': 1,
      'error-values': 1,
    })
  })

  it('is read from the sheet that is asked for', async () => {
    const bytes = await fixture('xlsx/openpyxl.xlsx')
    const table = await tableIn(bytes, 'x.xlsx', { sheet: '说明' })
    expect(table).toMatchObject({ columns: ['填报说明'], rows: [{ row: 2 }] })
    expect(await readTable(bytes, 'x.xlsx', { sheet: 'No' })).toMatchObject({ problem: 'table' })
  })

  it('gives formulas as what they came to, and says where the file does not know', async () => {
    const row = (n: number, cells: string) => `<row r="${n}">${cells}</row>`
    const table = await tableIn(
      workbook(
        `<sheetData>${row(1, '<c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c>')}${row(2, '<c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>NOW()</f></c>')}${row(3, '<c r="A3" t="b"><v>1</v></c><c r="B3"><v>0.30000000000000004</v></c>')}</sheetData>`,
      ),
      'x.xlsx',
    )
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      [2, null],
      [true, 0.3],
    ])
    expect(table.notes).toEqual({ 'formulas-without-values': 1 })
  })

  it('joins the runs of a rich text and leaves out how to read it aloud', async () => {
    const table = await tableIn(
      workbook(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><r><t>法治</t></r><r><rPr><b/></rPr><t>政府</t></r><rPh sb="0" eb="1"><t>fa</t></rPh></is></c></row></sheetData>',
      ),
      'x.xlsx',
    )
    expect(table.rows).toEqual([{ row: 2, cells: ['法治政府'] }])
  })

  it('names columns under a heading that spans several by both', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['地区', '案件', null],
            [null, '受理', '办结'],
            ['甲县', 3, 2],
          ],
          merges: [
            { startRow: 0, startCol: 0, endRow: 1, endCol: 0 },
            { startRow: 0, startCol: 1, endRow: 0, endCol: 2 },
          ],
        },
      ],
    })
    const table = await tableIn(bytes, 'x.xlsx')
    expect(table.columns).toEqual(['地区', '案件 / 受理', '案件 / 办结'])
    expect(table.rows).toEqual([{ row: 3, cells: ['甲县', 3, 2] }])
  })

  it('with a document type is refused', async () => {
    const evil = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    const bytes = workbook('<sheetData/>', [{ name: 'xl/evil.xml', data: evil }])
    expect(await readTable(bytes, 'x.xlsx')).toMatchObject({ ok: false, problem: 'doctype' })
  })

  it('with a cell at the far end of its sheet is refused', async () => {
    const far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    const bytes = workbook(`<sheetData><row r="1"><c r="A1"><v>1</v></c></row>${far}</sheetData>`)
    expect(await readTable(bytes, 'x.xlsx')).toMatchObject({
      ok: false,
      problem: 'too-many-columns',
    })
  })

  it('that unpacks to far more than it is, is refused', async () => {
    const zeros = encode(`<worksheet>${' '.repeat(40_000_000)}</worksheet>`)
    const bytes = zipOf([{ name: 'xl/worksheets/sheet1.xml', data: zeros }])
    expect(await readTable(bytes, 'x.xlsx')).toMatchObject({ ok: false, problem: 'bomb' })
  })

  it('that ends early or is no workbook is damaged', async () => {
    const bytes = await fixture('xlsx/openpyxl.xlsx')
    for (const cut of [
      bytes.subarray(0, 3000),
      zipOf([{ name: 'xl/a.xml', data: encode('<a/>') }]),
    ]) {
      expect(await readTable(cut, 'x.xlsx')).toMatchObject({ ok: false, problem: 'damaged' })
    }
  })
})

describe('a csv', () => {
  it('of LibreOffice with semicolons is the workbook that it was made from', async () => {
    const csv = await tableIn(await fixture('csv/libreoffice-semicolons.csv'))
    const xlsx = await tableIn(await fixture('xlsx/libreoffice.xlsx'), 'x.xlsx')
    expect(csv.columns).toEqual(xlsx.columns)
    expect(csv.rows.map(({ cells }) => cells[7])).toEqual(xlsx.rows.map(({ cells }) => cells[7]))
    expect(csv.notes).toEqual({ 'lines-above': 1 })
  })

  it('in GBK, as spreadsheets in China write it, is recognised', async () => {
    const table = await tableIn(await fixture('csv/python-gbk.csv'))
    expect(table).toMatchObject({
      encoding: 'gb18030',
      columns: ['标题', '年份', '地区', '正文'],
      rows: { length: 3 },
    })
    expect(table.rows[0]!.cells.slice(1, 3)).toEqual(['2023', '云岭市'])
  })

  it.each([
    ['commas', 'a,b\n1,2\n', 'x.csv'],
    ['semicolons', 'a;b\n1;2\n', 'x.csv'],
    ['tabs', 'a\tb\n1\t2\n', 'x.csv'],
    ['tabs, by its name', 'a\tb,c\n1\t2\n', 'x.tsv'],
    ['what its first line says', 'sep=;\na;b\n1;2\n', 'x.csv'],
    ['commas, with semicolons in its texts', 'a,b\n1,"x; y; z"\n2,"u; v; w"\n', 'x.csv'],
  ])('is split at %s', async (_, text, name) => {
    const { columns } = await tableIn(encode(text), name)
    expect(columns[0]).toBe('a')
    expect(columns).toHaveLength(2)
  })

  it.each(['\r\n', '\n', '\r'])(
    'ends its rows with %j and keeps breaks inside quotes',
    async end => {
      const table = await tableIn(encode(`标题,正文${end}x,"一\n二\r\n三""四"""${end}`))
      expect(table.rows).toEqual([{ row: 2, cells: ['x', '一\n二\n三"四"'] }])
    },
  )

  it('keeps what rows have too much or too little', async () => {
    const table = await tableIn(encode('a,b\n1\n1,2,3\n,,\n'))
    expect(table).toMatchObject({
      columns: ['a', 'b', 'C'],
      rows: [
        { row: 2, cells: ['1', null, null] },
        { row: 3, cells: ['1', '2', '3'] },
      ],
      notes: { 'ragged-rows': 1 },
    })
  })

  it('tells columns of one name apart, and leaves out empty ones', async () => {
    const table = await tableIn(encode('年份,,年份,x\n2022,,2023,\n'))
    expect(table.columns).toEqual(['年份', '年份 (2)', 'x'])
    expect(table.rows[0]!.cells).toEqual(['2022', '2023', null])
  })

  it('of 500 columns is read', async () => {
    const names = Array.from({ length: 500 }, (_, i) => `c${i}`)
    const table = await tableIn(encode(`${names.join(',')}\n${names.map(() => '1').join(',')}\n`))
    expect(table.columns).toEqual(names)
  })

  it.each([
    ['nothing', '', 'empty'],
    ['names only', 'a,b\n', 'empty'],
    ['a quote that is never closed', 'a,b\n1,"2\n3,4\n', 'damaged'],
    ['text behind a quote', 'a,b\n1,"2" x\n3,4\n', 'damaged'],
    ['more columns than anyone has', `${','.repeat(1200)}a\n`, 'too-many-columns'],
    ['a NUL', 'a,b\n1,\0\n', 'nul'],
  ])('of %s is refused', async (_, text, problem) => {
    expect(await readTable(encode(text), 'a.csv')).toMatchObject({ ok: false, problem })
  })

  it('that is something else is refused as that', async () => {
    const pdf = encode('%PDF-1.4\n')
    expect(await readTable(pdf, 'a.csv')).toMatchObject({ ok: false, problem: 'unsupported' })
  })

  it('comes back as it was written, whatever is in its cells', async () => {
    const cell = fc
      .string({ unit: 'grapheme-composite', minLength: 1, maxLength: 12 })
      .filter(text => /[^\s\u200b\ufeff]/.test(text) && !/[\0\r]/.test(text))
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(rows, async cells => {
        const line = (row: string[]) => row.map(each => `"${each.replaceAll('"', '""')}"`).join(',')
        const text = [['p', 'q', 'r'], ...cells].map(line).join('\r\n')
        const table = await tableIn(encode(text), 'a.csv', { encoding: 'utf-8' })
        expect(table.rows.map(row => row.cells)).toEqual(cells)
      }),
    )
  })
})

it('calls columns as spreadsheets do', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ])
})
