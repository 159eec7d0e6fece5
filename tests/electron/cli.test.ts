import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProjectFolder, openKeeper } from '../../electron/host/keeper'
import { findSnapshots } from '../../electron/host/snapshots'
import type { Inspection } from '../../shared/formats/inspection'
import { builtCommandLine, type CommandLine } from '../support/command-line'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { PROJECT } from '../support/keeping'
import { programIn } from '../support/program'

// The built program in processes of its own, as a script would run it.

let program: CommandLine
beforeAll(async () => {
  program = await builtCommandLine()
}, 60_000)
afterAll(() => program.remove())

const COUNTY = [
  '\u6e05\u6cb3\u53bf2023\u5e74\u5ea6\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u60c5\u51b5\u62a5\u544a',
  '2023\u5e74\uff0c\u6211\u53bf\u8ba4\u771f\u63a8\u8fdb\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u3002\u73b0\u5c06\u6709\u5173\u60c5\u51b5\u62a5\u544a\u5982\u4e0b\u3002',
  '\u4e00\u3001\u4e3b\u8981\u505a\u6cd5',
  '\u529e\u7406\u884c\u653f\u590d\u8bae\u6848\u4ef631\u4ef6\u3002\u4e00\u662f\u5efa\u7acb\u5236\u5ea6\u3002\u4e8c\u662f\u52a0\u5f3a\u57f9\u8bad\u3002',
  '\u6cb3\u5317\u7701\u90a2\u53f0\u5e02\u6e05\u6cb3\u53bf\u4eba\u6c11\u653f\u5e9c',
  '2024\u5e741\u670825\u65e5',
].join('\n')
const CITY = COUNTY.replaceAll('\u6e05\u6cb3\u53bf', '\u5170\u9675\u53bf')

/** A folder with reports and room for a project beside it. */
async function world(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await freshFolder()
  const reports = join(folder, 'reports')
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(reports, name, '..'), { recursive: true })
    await writeFile(join(reports, name), content)
  }
  return { folder, reports, project: join(folder, 'study') }
}

async function inspected(project: string): Promise<Inspection[]> {
  const { stdout, code } = await program.run(['inspect', project, '--json'])
  expect(code).toBe(0)
  return (JSON.parse(stdout) as { reports: Inspection[] }).reports
}

describe('import', () => {
  it('makes a project, brings in a nested folder, and ends with 0', async () => {
    const { reports, project } = await world({
      'a.txt': COUNTY,
      'deep/er/b.txt': CITY,
      '.hidden': 'no report',
      'deep/Thumbs.db': 'no report',
      'deep/style.css': 'no report',
    })
    const ended = await program.run(['import', reports, '--project', project])
    expect(ended).toEqual({
      code: 0,
      stdout:
        '2 imported, 0 there already, 0 not imported. Left out of folders as no reports: 1 (.css 1).\n',
      stderr: '',
    })
    expect((await inspected(project)).map(({ source, path }) => [source, path])).toEqual([
      ['a.txt', 'reports/a.txt'],
      ['b.txt', 'reports/deep/er/b.txt'],
    ])
  })

  it('counts what is in already as in, and writes nothing for it', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    const before = await readFile(join(project, 'journal/000001.log'))
    const again = await program.run(['import', reports, '--project', project])
    expect(again).toMatchObject({
      code: 0,
      stdout: '0 imported, 1 there already, 0 not imported.\n',
    })
    expect(await readFile(join(project, 'journal/000001.log'))).toEqual(before)
  })

  it('ends with 3 and names what was refused, and brings in the rest', async () => {
    const { reports, project } = await world({
      'a.txt': COUNTY,
      'empty.txt': '',
      'picture.txt': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
    })
    const missing = join(reports, 'missing.txt')
    const ended = await program.run(['import', reports, missing, '--project', project])
    expect(ended.code).toBe(3)
    expect(ended.stdout).toBe('1 imported, 0 there already, 3 not imported.\n')
    expect(ended.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^missing\.txt: it cannot be read/),
      expect.stringMatching(/^reports\/empty\.txt: it holds no text/),
      expect.stringMatching(
        /^reports\/picture\.txt: it is of a kind that is not read \(an image\)/,
      ),
    ])
    expect(await inspected(project)).toHaveLength(1)
  })

  it('makes a project that the program with windows opens', async () => {
    const { folder, reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project, '--coder', 'Ann', '--name', 'Law'])
    const { host } = await programIn(folder)
    const { id } = await host.addProject((await host.choosePlace(project))!.token)
    const opened = await host.openProject(id, { clientId: 'c', takeOver: false })
    expect(opened).toMatchObject({ name: 'Law', lastSeq: 2, tornBytes: 0 })
    const [, entry] = await host.readJournal(opened.session, 1)
    expect(entry).toMatchObject({ kind: 'import', batch: { imported: 1, refused: 0 } })
    if (entry?.kind !== 'import') throw new Error('no import')
    const [report] = entry.reports
    const [bytes] = await host.readBlobs(opened.session, [report!.textHash])
    expect(new TextDecoder().decode(bytes)).toBe(COUNTY)
    expect(report).toMatchObject({ fileName: 'a.txt', format: 'txt', chars: COUNTY.length })
    expect(entry.values).toContainEqual(
      expect.objectContaining({ variable: 'year', value: 2023, reportId: report!.id }),
    )
  })

  it('refuses a project that another program has open, and changes nothing', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    const keeper = await openKeeper(project)
    await writeFile(join(reports, 'b.txt'), CITY)
    const ended = await program.run(['import', reports, '--project', project])
    await keeper.close()
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^Another program has this project open/)
    expect(await inspected(project)).toHaveLength(1)
  })

  it('reads a project that another program has open', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    const keeper = await openKeeper(project)
    expect(await inspected(project)).toHaveLength(1)
    await keeper.close()
  })

  it('makes no project in a folder of other things, nor inside another project', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    const inThings = await program.run(['import', reports, '--project', reports])
    expect(inThings.code).toBe(1)
    expect(inThings.stderr).toMatch(/^This folder is not a Codicil project/)
    expect(await readdir(reports)).toEqual(['a.txt'])
    const inFile = await program.run(['import', reports, '--project', join(reports, 'a.txt')])
    expect(inFile.stderr).toMatch(/^This folder is not a Codicil project/)
    await program.run(['import', reports, '--project', project])
    const inside = await program.run(['import', reports, '--project', join(project, 'sub')])
    expect(inside.code).toBe(1)
    expect(existsSync(join(project, 'sub'))).toBe(false)
  })

  it('leaves the projects that lie in a folder out of an import', async () => {
    const { folder, reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    const other = join(await freshFolder(), 'other')
    const ended = await program.run(['import', folder, '--project', other])
    expect(ended.stdout).toBe('1 imported, 0 there already, 0 not imported.\n')
  })

  it('follows no link that leads out of a folder, and says so', async () => {
    const { folder, reports, project } = await world({ 'a.txt': COUNTY, 'deep/b.txt': CITY })
    await mkdir(join(folder, 'private'))
    await writeFile(join(folder, 'private/letter.txt'), 'For nobody else.')
    await symlink(join(folder, 'private/letter.txt'), join(reports, 'link.txt'))
    await symlink('../../private', join(reports, 'deep/away'))
    await symlink('../a.txt', join(reports, 'deep/inside.txt'))
    const ended = await program.run(['import', reports, '--project', project])
    expect(ended).toMatchObject({
      code: 3,
      stdout: '2 imported, 0 there already, 2 not imported.\n',
    })
    expect(ended.stderr.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^reports\/deep\/away: it is a link that leads out of the folder/),
      expect.stringMatching(/^reports\/link\.txt: it is a link that leads out of the folder/),
    ])
    const texts = (await inspected(project)).map(({ chars }) => chars)
    expect(texts).toEqual([COUNTY.length, CITY.length])
  })

  it('follows a link that is named itself', async () => {
    const { folder, reports, project } = await world({ 'a.txt': COUNTY })
    await symlink(reports, join(folder, 'shortcut'))
    const ended = await program.run(['import', join(folder, 'shortcut'), '--project', project])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect((await inspected(project)).map(({ path }) => path)).toEqual(['shortcut/a.txt'])
  })

  it('says why a file cannot be opened whose name is no UTF-8, and takes the others', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    const name = Buffer.concat([Buffer.from(`${reports}/`), Buffer.from('b9e3b6ab2e747874', 'hex')])
    await writeFile(name, CITY)
    const ended = await program.run(['import', reports, '--project', project])
    expect(ended.code).toBe(3)
    expect(ended.stderr).toMatch(/its name is not valid UTF-8/)
    expect(await inspected(project)).toHaveLength(1)
  })

  it('makes no project where nothing came in', async () => {
    const { folder, reports, project } = await world({ 'empty.txt': '' })
    const nowhere = join(folder, 'new/er/study')
    const missing = await program.run(['import', join(folder, 'nope'), '--project', nowhere])
    expect(missing.code).toBe(3)
    expect(existsSync(join(folder, 'new'))).toBe(false)
    const refused = await program.run(['import', reports, '--project', project])
    expect(refused.code).toBe(3)
    expect(existsSync(project)).toBe(false)
  })

  it('leaves an empty folder and an empty project as they are where nothing came in', async () => {
    const { folder, reports, project } = await world({ 'a.txt': COUNTY, 'empty.txt': '' })
    await mkdir(project)
    const nothing = ['import', join(reports, 'empty.txt'), '--project', project]
    expect((await program.run(nothing)).code).toBe(3)
    expect(await readdir(project)).toEqual([])
    await program.run(['import', join(reports, 'a.txt'), '--project', project])
    const before = await readFile(join(project, 'journal/000001.log'))
    expect((await program.run(nothing)).code).toBe(3)
    expect(await readFile(join(project, 'journal/000001.log'))).toEqual(before)
    expect(await readdir(folder)).toContain('study')
  })

  it('leaves out what a browser saves beside a page', async () => {
    const { reports, project } = await world({
      'a.html': `<title>x</title><p>${COUNTY}</p>`,
      'a_files/style.css': 'p { color: red }',
      'a_files/logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    })
    const ended = await program.run(['import', reports, '--project', project])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('reads text as it is told to be encoded', async () => {
    const latin = new Uint8Array([0xa7, 0xc7, 0xb1, 0xb8])
    const { reports, project } = await world({ 'a.txt': latin })
    await program.run(['import', reports, '--project', project, '--encoding', 'big5'])
    await program.run(['import', reports, '--project', project, '--encoding', 'gb18030'])
    expect((await inspected(project)).map(({ encoding }) => encoding)).toEqual(['big5', 'gb18030'])
  })

  it('points out texts that are nearly the same, also as those that are in', async () => {
    const body = Array.from({ length: 60 }, (_, i) => `\u4e3e\u63aa${i * 7919}\u9879\u3002`).join(
      '',
    )
    const { reports, project } = await world({
      'a.txt': COUNTY + body,
      'b.txt': `${COUNTY} ${body}`,
    })
    const together = await program.run(['import', reports, '--project', project])
    expect(together).toMatchObject({ code: 0, stderr: '' })
    expect(together.stdout).toContain(
      'reports/b.txt: nearly the same text as reports/a.txt (100%)\n2 imported',
    )
    await writeFile(join(reports, 'c.txt'), `${COUNTY}\n\n${body}`)
    const later = await program.run(['import', reports, '--project', project])
    expect(later.stdout).toContain('reports/a.txt: nearly the same text as reports/c.txt (100%)')
  })

  it('keeps the state before an import as a snapshot', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    await writeFile(join(reports, 'b.txt'), CITY)
    await program.run(['import', reports, '--project', project])
    const { id } = JSON.parse(await readFile(join(project, 'codicil.json'), 'utf8')) as {
      id: string
    }
    const { snapshots, damaged } = await findSnapshots(project, id)
    expect(damaged).toEqual([])
    expect(snapshots).toMatchObject([{ seq: 2, reason: 'before-import', counts: { reports: 1 } }])
  })

  it('asks who imports where several people code', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    const into = ['import', reports, '--project', project]
    await program.run([...into, '--coder', 'Ann'])
    await program.run([...into, '--coder', 'Bob'])
    const unclear = await program.run(into)
    expect(unclear).toMatchObject({ code: 2, stdout: '' })
    expect(unclear.stderr).toContain('--coder NAME (Ann, Bob)')
  })

  it('keeps what is in when it is interrupted, and goes on the next time', async () => {
    const many = Array.from({ length: 400 }, (_, i) => [`${i}.txt`, `${COUNTY}\n${i}`] as const)
    const { reports, project } = await world(Object.fromEntries(many))
    const into = ['import', reports, '--project', project]
    // As soon as texts are being stored.
    const first = await program.run(into, {
      killWhen: () => existsSync(join(project, 'blobs/000001.pack')),
    })
    expect(first.code).toBe(130)
    const [, imported] = /^(\d+) imported/m.exec(first.stdout)!
    expect(await inspected(project)).toHaveLength(Number(imported))
    const second = await program.run(into)
    expect(second.code).toBe(0)
    expect(await inspected(project)).toHaveLength(400)
  })

  it('keeps the original file by its bytes', async () => {
    const utf16 = new Uint8Array([0xff, 0xfe, ...Buffer.from(COUNTY, 'utf16le')])
    const { reports, project } = await world({ 'a.txt': utf16 })
    await program.run(['import', reports, '--project', project])
    const keeper = await openKeeper(project)
    const [, entry] = await keeper.readJournal(1)
    if (entry?.kind !== 'import') throw new Error('no import')
    const [original] = await keeper.readBlobs([entry.reports[0]!.originalHash])
    await keeper.close()
    expect(new Uint8Array(original!)).toEqual(utf16)
  })
})

describe('the command line', () => {
  it('ends with 2 when it makes no sense, says why, and shows how', async () => {
    const { code, stdout, stderr } = await program.run(['import', 'x'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^--project is missing\.\ncodicil import <file or folder>/)
  })

  it('speaks the language of the system, or both where it has none', async () => {
    const chinese = await program.run(['--help'], { env: { LC_ALL: 'zh_CN.UTF-8' } })
    expect(chinese).toMatchObject({ code: 0, stderr: '' })
    expect(chinese.stdout).toContain('\u9000\u51fa\u7801\uff1a')
    expect(chinese.stdout).not.toContain('Ends with')
    const both = await program.run(['--help'], { env: { LC_ALL: 'C' } })
    expect(both.stdout).toContain('\u9000\u51fa\u7801\uff1a')
    expect(both.stdout).toContain('Ends with')
  })

  it('says which version it is', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
    expect(await program.run(['--version'])).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    })
  })

  it('says that a folder is no project', async () => {
    const ended = await program.run(['inspect', await freshFolder(), '--json'])
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/^This folder is not a Codicil project.*Nothing was changed\./)
  })

  it('tells people of a report in words that fit, and shows what hides in its name', async () => {
    const { reports, project } = await world({ 'a\u001b[2J\u202e.txt': 'Nothing of note.' })
    await program.run(['import', reports, '--project', project])
    const { stdout } = await program.run(['inspect', project])
    expect(stdout).toContain('reports/a\\u001b[2J\\u202e.txt, txt')
    expect(stdout).toContain(
      '16 characters, 0 headings, 1 paragraph, 1 sentence, 0 enumerated items',
    )
    expect(stdout).not.toMatch(/parts: (;|$)/m)
    expect(stdout).toMatch(/\n1 report\n$/)
  })

  it('prints an empty list for a project without reports', async () => {
    const project = await freshFolder()
    const made = { id: PROJECT, name: 'Law', createdAt: 0 }
    await createProjectFolder(project, made, adding('c'))
    expect(await inspected(project)).toEqual([])
  })

  it('shows that all values of a report were taken out, and not what its text says', async () => {
    const { reports, project } = await world({ 'a.txt': COUNTY })
    await program.run(['import', reports, '--project', project])
    const keeper = await openKeeper(project)
    const entries = await keeper.readJournal(1)
    const values = entries.flatMap(entry => (entry.kind === 'import' ? entry.values : []))
    expect(values.length).toBeGreaterThan(3)
    await keeper.append({
      ...{ kind: 'do', of: null, label: 'setValues', about: '', at: 1 },
      coderId: entries[0]!.coderId,
      changes: values.map(before => ({ table: 'values', id: before.id, before, after: null })),
    })
    await keeper.close()
    const [report] = await inspected(project)
    expect(report!.meta).toMatchObject({ title: null, year_covered: null, signatories: [] })
    expect(report!.meta.evidence).toEqual({})
    expect(report!.bytes).toBe(Buffer.byteLength(COUNTY))
  })
})

const SEEDS = join(import.meta.dirname, '../../../shared/data/seeds')
const GOLDEN = join(import.meta.dirname, '../../../shared/data/golden/structure.json')

if (!existsSync(GOLDEN)) console.warn(`SKIPPED, because there is no ${GOLDEN}: real reports`)

describe.skipIf(!existsSync(GOLDEN))('inspect, on real reports', () => {
  interface Golden {
    readonly docs: readonly (Record<string, unknown> & {
      readonly file: string
      readonly meta: Record<string, unknown>
    })[]
  }

  it('says of each what was read by people', async () => {
    const golden = JSON.parse(await readFile(GOLDEN, 'utf8')) as Golden
    const { folder, project } = await world({})
    for (const { file } of golden.docs) await copyFile(join(SEEDS, file), join(folder, file))
    const files = golden.docs.map(({ file }) => join(folder, file))
    expect(await program.run(['import', ...files, '--project', project])).toMatchObject({ code: 0 })
    const reports = await inspected(project)
    expect(reports.map(({ source }) => source)).toEqual(golden.docs.map(({ file }) => file))
    for (const [i, doc] of golden.docs.entries()) {
      const { file: _, meta, ...rest } = doc
      const { title_evidence: __, ...facts } = meta
      expect(reports[i]).toMatchObject(rest)
      expect(reports[i]!.meta).toMatchObject(facts)
      for (const span of Object.values(reports[i]!.meta.evidence).flat()) {
        expect(typeof span.text).toBe('string')
      }
    }
  })
})

describe('import of tables', () => {
  const TABLES = join(import.meta.dirname, '../fixtures/documents')

  it('brings in one report a row, with its title and values', async () => {
    const { project } = await world({})
    const file = join(TABLES, 'xlsx/openpyxl.xlsx')
    const ended = await program.run(['import', file, '--project', project])
    expect(ended).toMatchObject({
      code: 3,
      stdout: '3 imported, 0 there already, 1 not imported.\n',
      stderr: 'openpyxl.xlsx [8]: it holds no text\n',
    })
    const reports = await inspected(project)
    expect(reports.map(({ source, row, format }) => [source, row, format])).toEqual([
      ['openpyxl.xlsx', 3, 'xlsx'],
      ['openpyxl.xlsx', 4, 'xlsx'],
      ['openpyxl.xlsx', 5, 'xlsx'],
    ])
    expect(reports[1]).toMatchObject({
      title:
        '\u9752\u79be\u53bf2022\u5e74\u5ea6\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u60c5\u51b5\u62a5\u544a',
      meta: {
        jurisdiction: '\u9752\u79be\u53bf',
        parent: '\u4e91\u5cad\u5e02',
        year_covered: 2022,
        publish_date: '2023-02-10',
        variables: { '\u662f\u5426\u6309\u671f': false, '\u516c\u5f00\u7387': 0.92 },
        title:
          '\u9752\u79be\u53bf2022\u5e74\u5ea6\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u60c5\u51b5\u62a5\u544a',
        inferred_title: null,
        evidence: {
          title: { origin: 'table', text: null },
          year_covered: { origin: 'table', text: null },
        },
      },
    })
    const again = await program.run(['import', file, '--project', project])
    expect(again.stdout).toBe('0 imported, 3 there already, 1 not imported.\n')
  })

  it('gives values to variables that are there already, and tells of those that do not fit', async () => {
    const table = (score: string, n: number) =>
      `text,score\n"${COUNTY}${n}",${score}\n"${CITY}${n}",2\n`
    const { reports, project } = await world({ 'a.csv': table('1', 1) })
    await program.run(['import', reports, '--project', project])
    await writeFile(join(reports, 'a.csv'), table('good', 2))
    const ended = await program.run(['import', reports, '--project', project])
    expect(ended.stdout).toContain('score: 1 values of the table do not fit')
    const values = (await inspected(project)).map(({ meta }) => meta.variables)
    expect(values).toEqual([{ score: 1 }, { score: 2 }, {}, { score: 2 }])
  })

  it('keeps codes as they are written, and every one of many columns', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `c${i}`)
    const cells = names.map((_, i) => `${i}`)
    const { reports, project } = await world({
      'a.csv': `text,card,zip,share,${names}\n"${COUNTY}",131022198001011231,065501,10%,${cells}\n`,
    })
    await program.run(['import', reports, '--project', project])
    const [only] = await inspected(project)
    expect(only!.meta.variables).toEqual({
      ...{ card: '131022198001011231', zip: '065501', share: '10%' },
      ...Object.fromEntries(names.map((name, i) => [name, i])),
    })
  })

  it('names rows with the text of another, and the columns that it leaves out', async () => {
    const long = 'x'.repeat(2001)
    const row = (title: string, text: string) => `${title},"${text}",${long}\n`
    const { reports, project } = await world({
      'a.csv': `title,text,long\n${row('A', COUNTY)}${row('B', CITY)}${row('C', COUNTY)}`,
    })
    const columns = ['--text-column', 'text']
    const ended = await program.run(['import', reports, '--project', project, ...columns])
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/a\.csv \[4\]: the same text is in already, as \u201cA\u201d;/),
      stdout: expect.stringMatching(/a\.csv: these columns were left out: long\n/),
    })
    expect(ended.stderr.match(/the same text/g)).toHaveLength(1)
  })

  it('names the row of a table that is nearly the same as a new report', async () => {
    const body = Array.from({ length: 60 }, (_, i) => `\u4e3e\u63aa${i * 7919}\u9879\u3002`)
    const text = COUNTY + body.join('')
    const { reports, project } = await world({ 'a.csv': `text,name\n"${text}",z\n` })
    await program.run(['import', reports, '--project', project])
    await writeFile(join(reports, 'b.txt'), `${text} .`)
    const later = await program.run(['import', join(reports, 'b.txt'), '--project', project])
    expect(later.stdout).toMatch(/^reports\/a\.csv \[2\]: nearly the same text as b\.txt/m)
  })

  it('says that a table has no column of a name, and which columns it has', async () => {
    const { reports, project } = await world({ 'a.csv': `text,name\n"${COUNTY}",z\n` })
    const into = ['import', reports, '--project', project]
    for (const option of ['--text-column', '--title-column']) {
      const ended = await program.run([...into, option, 'nope'])
      expect(ended.code).toBe(2)
      expect(ended.stderr).toBe(
        'reports/a.csv: it is a table that has no column \u201cnope\u201d; its columns are: text, name\n',
      )
    }
    expect(existsSync(project)).toBe(false)
  })

  it('says how, where it is not clear which column has the reports', async () => {
    const { reports, project } = await world({
      'a.csv': `p,q,r\n1,${COUNTY.replaceAll('\n', ' ')},z\n2,b,y\n`,
    })
    const unclear = await program.run(['import', reports, '--project', project])
    expect(unclear.code).toBe(3)
    expect(unclear.stderr).toMatch(/--text-column NAME.*its columns are: p, q, r$/m)
    const columns = ['--text-column', 'q', '--title-column', 'r']
    const told = await program.run(['import', reports, '--project', project, ...columns])
    expect(told.stdout).toBe('2 imported, 0 there already, 0 not imported.\n')
    expect((await inspected(project)).map(({ title }) => title)).toEqual(['z', 'y'])
  })
})
