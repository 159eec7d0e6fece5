import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allReports } from '../../../renderer/data/reports'
import type { Extractor } from '../../../renderer/jobs/extractor'
import { type FileBytes, heldFile } from '../../../renderer/jobs/file-bytes'
import { importFiles } from '../../../renderer/jobs/import-job'
import type { ImportProgress } from '../../../renderer/jobs/import-messages'
import type { CoderId, Hash, ProjectId, VariableId } from '../../../shared/domain/id'
import { markupFrom } from '../../../shared/domain/markup'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import { MAX_FILE_BYTES } from '../../../shared/extract/text-file'
import { HostError, type SessionToken } from '../../../shared/host'
import type { HtmlMode } from '../../../shared/intake/read-document'
import type { TableChoice } from '../../../shared/intake/table-reports'
import { docxOf, paragraph } from '../../support/documents-office'
import { encodeAs } from '../../support/encode'
import { file, folder, freshDb, inPlace, vanished } from '../../support/import'
import { randomFrom } from '../../support/random'

const REPORT =
  '各县\uff08市、区\uff09人民政府\uff0c市政府各部门\uff1a\r\n现将有关情况通报如下\uff0c请认真贯彻执行。\r\n'

/** A text as the folder keeps it. */
function textIn(blobs: ReadonlyMap<Hash, Uint8Array>, hash: Hash): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blobs.get(hash))
}

/** A project to import into, with a clock that stands still unless it is moved. */
async function world() {
  const db = await freshDb()
  const kept = folder()
  const clock = { at: 1_700_000_000_000 }
  const told: ImportProgress[] = []
  const isCancelled = { value: false }
  const cancelled: (() => void)[] = []
  const importing = (files: readonly FileBytes[], options: Options = {}) =>
    importFiles(
      {
        kind: 'import',
        projectId: 'p' as ProjectId,
        session: 's' as SessionToken,
        coderId: 'c' as CoderId,
        files: files.map(each => ({
          file: each,
          path: `folder/${each.name}`,
          size: null,
          encoding: options.encoding ?? null,
          mode: options.mode ?? null,
          table: options.table ?? { sheet: null, mapping: null },
        })),
      },
      {
        db,
        host: options.host ?? kept.host,
        extractor: options.extractor ?? inPlace(),
        now: () => clock.at,
        random: () => 0.5,
        ...(options.entryBytes ? { entryBytes: options.entryBytes } : {}),
      },
      {
        progress: progress => told.push(progress),
        isCancelled: () => isCancelled.value,
        onCancel: callback => cancelled.push(callback),
        alone: action => action(),
      },
    )
  const cancel = () => {
    isCancelled.value = true
    for (const callback of cancelled.splice(0)) callback()
  }
  return { db, ...kept, clock, told, isCancelled, cancel, importing }
}

interface Options {
  readonly encoding?: EncodingLabel
  readonly mode?: HtmlMode
  readonly table?: TableChoice
  readonly host?: ReturnType<typeof folder>['host']
  readonly extractor?: Extractor
  readonly entryBytes?: number
}

/** A report of many sentences that no other number has. */
function report(number: number): string {
  const random = randomFrom(number)
  const sentence = () =>
    Array.from({ length: 20 }, () =>
      String.fromCharCode(0x4e00 + Math.floor(random() * 3000)),
    ).join('')
  return Array.from({ length: 60 }, () => `${sentence()}\u3002`).join('\n')
}

const page = (text: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><ul class="nav"><li><a href="#">\u9996\u9875</a></li></ul>${text
    .split('\n')
    .map(line => `<p>${line}</p>`)
    .join('')}</body></html>`

it('keeps the canonical text, the original bytes and where they came from', async () => {
  const { db, blobs, importing } = await world()
  const bytes = encodeAs(REPORT, 'gb18030')
  await importing([file('云岭市 2023.txt', bytes)])
  const [report] = await allReports(db)
  const text = REPORT.replaceAll('\r\n', '\n')
  expect(report).toMatchObject({
    title: '云岭市 2023',
    fileName: '云岭市 2023.txt',
    encoding: 'gb18030',
    length: text.length,
    chars: text.length,
    addedAt: 1_700_000_000_000,
  })
  expect(textIn(blobs, report!.textHash)).toBe(text)
  expect(Buffer.from(blobs.get(report!.originalHash)!)).toEqual(Buffer.from(bytes))
})

it('takes what was read of a file before, beside files that have yet to be read', async () => {
  const { db, blobs, importing } = await world()
  const held = heldFile('b.txt', new TextEncoder().encode(report(2)))
  const { imported, problems } = await importing([
    file('a.txt', report(1)),
    held,
    vanished('c.txt'),
    file('d.txt', report(4)),
  ])
  const texts = (await allReports(db)).map(({ textHash }) => textIn(blobs, textHash))
  expect(texts).toEqual([report(1), report(2), report(4)])
  expect([imported, problems.map(({ path }) => path)]).toEqual([3, ['folder/c.txt']])
})

it('stores a file once when its bytes are those of its text', async () => {
  const { db, blobs, importing } = await world()
  await importing([file('a.txt', '云岭市')])
  const [report] = await allReports(db)
  expect(report!.originalHash).toBe(report!.textHash)
  expect(blobs.size).toBe(1)
})

it('writes one journal entry, and none when nothing new came in', async () => {
  const { entries, importing } = await world()
  const first = await importing([file('a.txt', '甲'), file('b.txt', '乙'), file('c.txt', '甲')])
  expect(first).toMatchObject({ imported: 2, known: 1, problems: [], cancelled: false })
  expect(entries).toMatchObject([
    {
      kind: 'import',
      coderId: 'c',
      batch: { imported: 2, known: 1, refused: 0, cancelled: false },
    },
  ])
  const again = await importing([file('d.txt', '乙'), file('e.txt', '')])
  expect(again).toMatchObject({ imported: 0, known: 1 })
  expect(entries).toHaveLength(1)
})

it('turns every bad file into a line and imports the rest', async () => {
  const { importing } = await world()
  const large = { ...vanished('large.txt'), size: MAX_FILE_BYTES + 1 }
  const result = await importing([
    vanished('gone.txt'),
    file('good.txt', '甲'),
    file('scan.png', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10])),
    large,
  ])
  expect(result.imported).toBe(1)
  expect(result.problems).toEqual([
    { index: 0, path: 'folder/gone.txt', problem: 'unreadable', details: {} },
    { index: 2, path: 'folder/scan.png', problem: 'unsupported', details: { kind: 'image' } },
    {
      index: 3,
      path: 'folder/large.txt',
      problem: 'too-large',
      details: { size: MAX_FILE_BYTES + 1, limit: MAX_FILE_BYTES },
    },
  ])
})

it('reads a file in the encoding that was chosen and notes the damage', async () => {
  const { db, blobs, importing } = await world()
  const bytes = new Uint8Array([...encodeAs(REPORT, 'utf-8'), 0xff])
  expect((await importing([file('a.txt', bytes)])).problems).toMatchObject([
    { problem: 'broken-characters' },
  ])
  const { notes } = await importing([file('a.txt', bytes)], { encoding: 'utf-8' })
  expect(notes).toEqual([{ path: 'folder/a.txt', note: 'replaced' }])
  const [report] = await allReports(db)
  expect(textIn(blobs, report!.textHash)).toMatch(/\ufffd$/)
})

it('leaves nothing to be seen when the disk refuses, and can be repeated', async () => {
  const { db, host, entries, importing } = await world()
  const full = { ...host, append: () => Promise.reject(new HostError('disk-full')) }
  await expect(importing([file('a.txt', '甲')], { host: full })).rejects.toThrow('disk-full')
  expect(await allReports(db)).toEqual([])
  const noRoom = { ...host, putBlobs: () => Promise.reject(new HostError('disk-full')) }
  const many = Array.from({ length: 350 }, (_, i) => file(`${i}.txt`, `报告${i}`))
  await expect(importing(many, { host: noRoom })).rejects.toThrow('disk-full')
  expect(entries).toEqual([])
  expect(await importing([file('a.txt', '甲')])).toMatchObject({ imported: 1 })
})

it('writes an import too large for one entry as several, and goes on where it broke off', async () => {
  const { db, entries, host, importing } = await world()
  const files = Array.from({ length: 6 }, (_, i) => file(`${i}.txt`, report(i)))
  const refuse = async (session: string, entry: Parameters<typeof host.append>[1]) => {
    if (entries.length === 1) throw new HostError('disk-full')
    return host.append(session, entry)
  }
  const entryBytes = 1200
  const first = await importing(files, { host: { ...host, append: refuse }, entryBytes })
  expect(first.cancelled).toBe(true)
  expect(await allReports(db)).toHaveLength(first.imported)
  const second = await importing(files, { entryBytes })
  expect([first.imported + second.imported, second.known]).toEqual([6, first.imported])
  expect(first.imported).toBeGreaterThan(0)
  expect(entries.length).toBeGreaterThan(1)
  expect(await allReports(db)).toHaveLength(6)
})

it('says once nothing is read any more, and once all of it is saved', async () => {
  const { host, told, importing } = await world()
  const saved: (string | undefined)[] = []
  const append: typeof host.append = (session, entry) => {
    saved.push(told.at(-1)?.phase)
    return host.append(session, entry)
  }
  const many = Array.from({ length: 30 }, (_, i) => file(`${i}.txt`, `${i}${REPORT.repeat(30)}`))
  await importing(many, { host: { ...host, append }, entryBytes: 10_000 })
  expect(saved.length).toBeGreaterThan(1)
  // Not before the last part of it is on disk.
  expect(new Set(saved)).toEqual(new Set(['saving']))
  const phases = told.map(({ phase }) => phase)
  expect(phases.filter((phase, i) => phase !== phases[i - 1])).toEqual([
    'reading',
    'saving',
    'listing',
  ])
})

it('keeps what is in when it is cancelled, and skips it the next time', async () => {
  const { db, host, entries, isCancelled, importing } = await world()
  const many = Array.from({ length: 250 }, (_, i) => file(`${i}.txt`, `报告${i}`))
  const putBlobs: typeof host.putBlobs = (session, blobs) => {
    isCancelled.value = true
    return host.putBlobs(session, blobs)
  }
  const stopped = await importing(many, { host: { ...host, putBlobs } })
  expect(stopped.cancelled).toBe(true)
  expect(stopped.imported).toBeGreaterThanOrEqual(100)
  expect(stopped.imported).toBeLessThan(250)
  expect(await db.reports.count()).toBe(stopped.imported)
  isCancelled.value = false
  const rest = await importing(many)
  expect(rest).toMatchObject({ imported: 250 - stopped.imported, known: stopped.imported })
  expect(entries).toHaveLength(2)
})

it('saves what is in the journal when the working copy cannot take it', async () => {
  const { host, importing } = await world()
  const ahead = { ...host, append: async () => ({ seq: 7 }) }
  const result = await importing([file('a.txt', '甲')], { host: ahead })
  expect(result).toMatchObject({ imported: 1, copyFailed: true })
})

it('reports progress at most four times a second, and always what it has turned to', async () => {
  const { told, importing } = await world()
  // The clock stands still.
  await importing(Array.from({ length: 350 }, (_, i) => file(`${i}.txt`, `${i}`)))
  expect(told.map(({ phase, done, total }) => [phase, done, total])).toEqual([
    ['reading', 1, 350],
    ['saving', 350, 350],
    ['listing', 350, 350],
  ])
  expect(told[1]).toMatchObject({ bytes: told[1]!.bytesTotal })
})

it('has saved what came in though texts of earlier reports cannot be read to compare with', async () => {
  const { db, host, entries, clock, importing } = await world()
  await importing([file('a.txt', report(1))])
  clock.at += 1000
  const readBlobs = () => Promise.reject(new HostError('session-ended'))
  const result = await importing([file('b.txt', report(2))], { host: { ...host, readBlobs } })
  expect(result).toMatchObject({ imported: 1, comparingFailed: true, cancelled: false })
  expect(entries).toHaveLength(2)
  expect(await db.reports.count()).toBe(2)
})

it('gives ids in the order of file names, numbers by their value', async () => {
  const { db, importing } = await world()
  await importing(['10.txt', '9.txt', '乙.txt', '1.txt'].map(name => file(name, name)))
  const reports = await db.reports.orderBy('id').toArray()
  expect(reports.map(({ fileName }) => fileName)).toEqual(['1.txt', '9.txt', '10.txt', '乙.txt'])
})

it('stores bytes that decode to the text, whatever the file says', async () => {
  const { db, blobs, importing } = await world()
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom<EncodingLabel>('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be'),
      async (text, encoding) => {
        await importing([file('a.txt', encodeAs(text, encoding))], { encoding })
        for (const report of await db.reports.toArray()) {
          const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true })
          const stored = decoder.decode(blobs.get(report.textHash))
          expect(stored.length).toBe(report.length)
          expect([...stored].length).toBe(report.chars)
          expect(blobs.has(report.originalHash)).toBe(true)
        }
        await db.reports.clear()
      },
    ),
    { numRuns: 60 },
  )
})

it('brings in documents with what their sources say of them', async () => {
  const { db, blobs, entries, importing } = await world()
  const body = paragraph('\u4e00\u3001\u603b\u4f53\u60c5\u51b5', '<w:outlineLvl w:val="0"/>')
  const bytes = docxOf({ body: body + paragraph(REPORT.trim()) })
  const result = await importing([file('a.docx', bytes), file('b.doc', page(report(1)))])
  expect(result).toMatchObject({ imported: 2, problems: [] })
  expect(result.notes).toContainEqual({ path: 'folder/b.doc', note: 'misnamed' })
  const [word, web] = await allReports(db)
  expect(word).toMatchObject({ format: 'docx', path: 'folder/a.docx', row: null, encoding: '' })
  expect(web).toMatchObject({ format: 'html', fileName: 'b.doc' })
  expect(Buffer.from(blobs.get(word!.originalHash)!)).toEqual(Buffer.from(bytes))
  for (const { markupHash, length } of [word!, web!]) {
    expect(markupFrom(textIn(blobs, markupHash!), length)!.marks.length).toBeGreaterThan(0)
  }
  expect(entries).toMatchObject([{ kind: 'import', reports: [word, web], variables: [] }])
})

it('keeps the values that the text states, and takes its title', async () => {
  const { db, entries, importing } = await world()
  const title =
    '\u77f3\u5bb6\u5e84\u5e022023\u5e74\u5ea6\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u60c5\u51b5\u62a5\u544a'
  await importing([file('a.txt', `${title}\n\n${report(2)}`)])
  const [only] = await allReports(db)
  expect(only!.title).toBe(title)
  const [entry] = entries
  const values = entry?.kind === 'import' ? entry.values : []
  expect(values.every(({ reportId }) => reportId === only!.id)).toBe(true)
  expect(Object.fromEntries(values.map(each => [each.variable, each.value]))).toMatchObject({
    title,
    place_code: '130100',
    year: 2023,
  })
})

it('does not even read a document again that is in, unless it is to be read otherwise', async () => {
  const { importing } = await world()
  const asked: string[] = []
  const counting = (): Extractor => {
    const direct = inPlace()
    return {
      ...direct,
      read: (source, id) => {
        asked.push(source.name)
        return direct.read(source, id)
      },
    }
  }
  const files = [file('a.html', page(report(3)))]
  await importing(files, { extractor: counting() })
  expect(await importing(files, { extractor: counting() })).toMatchObject({ imported: 0, known: 1 })
  expect(asked).toEqual(['a.html'])
  await importing(files, { extractor: counting(), mode: 'raw' })
  expect(asked).toEqual(['a.html', 'a.html'])
})

it('points out reports that are nearly the same, in the import and before it', async () => {
  const { clock, importing } = await world()
  const wide = report(4).replaceAll('\u3002', '\uff0e\u3000')
  const first = await importing([
    file('a.txt', report(4)),
    file('b.txt', report(5)),
    file('c.txt', wide),
  ])
  expect(first.imported).toBe(3)
  expect(first.similar).toMatchObject([
    { title: 'c', similarity: 1, other: { title: 'a', isNew: true } },
  ])
  clock.at += 60_000
  const second = await importing([file('d.html', page(report(5))), file('e.txt', report(6))])
  expect(second.similar).toMatchObject([
    {
      title: 'd',
      path: 'folder/d.html',
      other: { title: 'b', path: 'folder/b.txt', isNew: false },
    },
  ])
})

it('stops in the middle of a document, and brings in only what was read before', async () => {
  const { db, cancel, isCancelled, importing } = await world()
  let end = () => {}
  const stuck: Extractor = {
    ...inPlace(),
    read: () =>
      new Promise(resolve => {
        end = () => resolve(null)
        queueMicrotask(cancel)
      }),
    end: () => end(),
  }
  const files = [file('a.html', page(report(7))), file('b.txt', report(8))]
  const result = await importing(files, { extractor: stuck })
  expect(result).toMatchObject({ imported: 1, problems: [], cancelled: true })
  expect((await allReports(db)).map(({ fileName }) => fileName)).toEqual(['b.txt'])
  isCancelled.value = false
  expect(await importing(files)).toMatchObject({ imported: 1, known: 1, cancelled: false })
})

it('leaves out texts that nobody has studied when it is stopped, and takes them the next time', async () => {
  const { isCancelled, cancel, importing } = await world()
  const stopped: Extractor = {
    ...inPlace(),
    study: async () => {
      cancel()
      return null
    },
  }
  const files = [file('a.txt', report(9)), file('b.txt', report(10))]
  const result = await importing(files, { extractor: stopped })
  expect(result).toMatchObject({ imported: 0, known: 0, cancelled: true })
  isCancelled.value = false
  expect(await importing(files)).toMatchObject({ imported: 2, known: 0, cancelled: false })
})

describe('a table with one report a row', () => {
  const csv = (...rows: readonly (readonly string[])[]) =>
    [['title', 'place', 'staff', 'text'], ...rows]
      .map(row => `${row.map(each => `"${each}"`)}\n`)
      .join('')
  const MAPPING = {
    text: 3,
    title: 0,
    variables: [
      { column: 1, variable: 'place' },
      { column: 2, variable: { name: 'Staff', type: 'number' } },
    ],
  } as const

  it('brings its rows in as reports, with their titles and values', async () => {
    const { db, blobs, entries, importing } = await world()
    const content = csv(['A', 'East', '12', report(20)], ['B', '', 'many', report(21)])
    const table = { sheet: null, mapping: MAPPING }
    const result = await importing([file('t.csv', content)], { table })
    expect(result).toMatchObject({
      imported: 2,
      problems: [],
      notes: [{ path: 'folder/t.csv [3]', note: 'unfit-cells' }],
    })
    const [first, second] = await allReports(db)
    expect([first, second]).toMatchObject([
      { title: 'A', row: 2, format: 'csv', fileName: 't.csv', path: 'folder/t.csv' },
      { title: 'B', row: 3, originalHash: first!.originalHash },
    ])
    expect(textIn(blobs, first!.textHash)).toBe(report(20))
    expect(new TextDecoder().decode(blobs.get(first!.originalHash))).toBe(content)
    const [entry] = entries
    if (entry?.kind !== 'import') throw new Error('no import')
    expect(entry.variables).toMatchObject([{ name: 'Staff', type: 'number' }])
    expect(entry.values.filter(({ origin }) => origin === 'table')).toMatchObject([
      { reportId: first!.id, variable: 'title', value: 'A', start: null },
      { reportId: first!.id, variable: 'place', value: 'East', start: null },
      { reportId: first!.id, variable: entry.variables[0]!.id, value: 12 },
      { reportId: second!.id, variable: 'title', value: 'B', start: null },
    ])
  })

  it('skips rows that are in, names those without text, and goes on with other files', async () => {
    const { importing } = await world()
    const rows = [
      ['A', '', '', report(22)],
      ['B', '', '', ''],
      ['C', '', '', report(22)],
    ]
    const files = [file('t.csv', csv(...rows)), file('z.txt', report(23))]
    const table = { sheet: null, mapping: MAPPING }
    const same = { note: 'same-text', details: { title: 'A' } }
    expect(await importing(files, { table })).toMatchObject({
      imported: 2,
      known: 1,
      notes: [{ path: 'folder/t.csv [4]', ...same }],
      problems: [{ index: 0, path: 'folder/t.csv [3]', problem: 'empty' }],
    })
    const more = [file('t.csv', csv(...rows, ['D', '', '', report(24)]))]
    expect(await importing(more, { table })).toMatchObject({
      ...{ imported: 1, known: 2 },
      notes: [
        { path: 'folder/t.csv [2]', ...same },
        { path: 'folder/t.csv [4]', ...same },
      ],
    })
    expect(await importing(more, { table })).toMatchObject({ imported: 0, known: 3 })
  })

  it('says which columns were left out that nobody chose to leave out', async () => {
    const { importing } = await world()
    const content = `text,long\n"${report(26)}${report(27)}${report(28)}","${'x'.repeat(2001)}"\n`
    const table = { sheet: null, mapping: { text: 0, title: null, variables: [] } }
    expect((await importing([file('t.csv', content)], { table })).notes).toEqual([
      { path: 'folder/t.csv', note: 'columns-left-out', details: { columns: 'long' } },
    ])
    const chosen = { sheet: null, mapping: { ...MAPPING, variables: [] } }
    const rows = csv(['A', 'East', '12', report(29)])
    expect((await importing([file('u.csv', rows)], { table: chosen })).notes).toEqual([])
  })

  it('guesses what nobody chose, and asks where no column is clearly the text', async () => {
    const { db, importing } = await world()
    const guessed = await importing([file('t.csv', csv(['A', 'East', '1', report(25)]))])
    expect(guessed).toMatchObject({ imported: 1, problems: [] })
    expect((await allReports(db))[0]).toMatchObject({ title: 'A' })
    expect(await importing([file('n.csv', 'a,b\n1,2\n')])).toMatchObject({
      imported: 0,
      problems: [{ problem: 'table' }],
    })
  })

  it('keeps the order of its rows, however many', async () => {
    const { db, importing } = await world()
    const rows = Array.from({ length: 230 }, (_, i) => [`${i}`, '', '', `${report(30)}${i}`])
    const table = { sheet: null, mapping: MAPPING }
    expect(await importing([file('t.csv', csv(...rows))], { table })).toMatchObject({
      imported: 230,
    })
    expect((await allReports(db)).map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2))
  })

  it('keeps the rows that were in when it is stopped, and says that it was', async () => {
    const { isCancelled, cancel, importing } = await world()
    const direct = inPlace()
    let studied = 0
    const stopped: Extractor = {
      ...direct,
      study: async texts => {
        const studies = await direct.study(texts)
        if (++studied === 2) cancel()
        return studied > 2 ? null : studies
      },
    }
    const rows = Array.from({ length: 230 }, (_, i) => [`${i}`, '', '', `${report(31)}${i}`])
    const table = { sheet: null, mapping: MAPPING }
    const files = [file('t.csv', csv(...rows))]
    const first = await importing(files, { table, extractor: stopped })
    expect(first).toMatchObject({ cancelled: true })
    isCancelled.value = false
    const rest = await importing(files, { table })
    expect(first.imported + rest.imported).toBe(230)
    expect(first.imported).toBeGreaterThan(0)
  })

  it('uses variables as they are when it ends, not as they were when it began', async () => {
    const { db, entries, importing } = await world()
    const direct = inPlace()
    const own = { id: 'gone', name: 'Staff', type: 'number', categories: '', rank: 0, createdAt: 0 }
    await db.table('variables').put(own)
    const extractor: Extractor = {
      ...direct,
      study: async texts => {
        await db.table('variables').delete('gone')
        return direct.study(texts)
      },
    }
    const variables = [{ column: 2, variable: 'gone' as VariableId }]
    const table = { sheet: null, mapping: { ...MAPPING, variables } }
    await importing([file('t.csv', csv(['A', '', '7', report(32)]))], { table, extractor })
    const [entry] = entries
    const values = entry?.kind === 'import' ? entry.values : []
    expect(values.filter(({ variable }) => variable === 'gone')).toEqual([])
  })
})
