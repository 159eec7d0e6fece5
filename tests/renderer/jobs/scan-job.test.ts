import { expect, it } from 'vitest'
import type { FileBytes } from '../../../renderer/jobs/file-bytes'
import { type ScannedFile, type ScanProgress, scanFiles } from '../../../renderer/jobs/scan-job'
import { MAX_FILE_BYTES } from '../../../shared/extract/text-file'
import { encodeAs } from '../../support/encode'
import { file, vanished } from '../../support/import'
import { zipOf } from '../../support/zip'

const LINE =
  '各县\uff08市、区\uff09人民政府\uff0c市政府各部门现将有关情况通报如下\uff0c请认真贯彻执行。\n'

const zeros = (length: number) => new Uint8Array(length)

/** A zip whose one part is not compressed. */
function zip(name: string, data: Uint8Array): Uint8Array {
  return new Uint8Array(zipOf([{ name, data, method: 0 }]))
}

async function scan(files: readonly FileBytes[]): Promise<ScannedFile[]> {
  const help = { progress: () => {}, isCancelled: () => false }
  const { found } = await scanFiles({ files }, help, () => 0)
  return [...found]
}

it('names the encoding of each file, also where the head ends within a character', async () => {
  const long = LINE.repeat(2000)
  const encodings = ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be'] as const
  const files = encodings.flatMap(encoding => [
    file('short.txt', encodeAs(LINE, encoding)),
    file('long.txt', encodeAs(`a${long}`, encoding)),
  ])
  const found = await scan(files)
  expect(found.map(({ encoding, problem, sure }) => [encoding, problem, sure])).toEqual(
    encodings.flatMap(encoding => [
      [encoding, null, true],
      [encoding, null, true],
    ]),
  )
})

it('marks what will not come in before anything is imported', async () => {
  const found = await scan([
    file('a.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...zeros(100_000)])),
    { ...vanished('large.txt'), size: MAX_FILE_BYTES + 1 },
    vanished('gone.txt'),
    file('empty.txt', ''),
    file('table.csv', 'a,b\n1,2\n'),
    file('noise.docx', new Uint8Array([0x50, 0x4b, 5, 6, ...zeros(18)])),
  ])
  expect(found.map(({ problem, details }) => [problem, details.kind])).toEqual([
    ['unsupported', 'image'],
    ['too-large', undefined],
    ['unreadable', undefined],
    ['empty', undefined],
    [null, undefined],
    ['damaged', undefined],
  ])
})

it('says what each file is, whatever its name says', async () => {
  const page = '<!DOCTYPE html><html><body><p>x</p></body></html>'
  const found = await scan([
    file('a.pdf', `%PDF-1.7${'x'.repeat(100_000)}`),
    file('b.doc', page),
    file('c.html', page),
    file('d.txt', '{\\rtf1\\ansi x}'),
    file('e.md', '# x'),
    file('f.docx', zip('word/document.xml', zeros(90_000))),
    file('g', zip('mimetype', new TextEncoder().encode('application/epub+zip'))),
  ])
  expect(found.map(({ format, problem }) => [format, problem])).toEqual([
    ['pdf', null],
    ['html', null],
    ['html', null],
    ['rtf', null],
    ['md', null],
    ['docx', null],
    ['epub', null],
  ])
})

it('marks a guess as one', async () => {
  const damaged = new Uint8Array([...encodeAs(LINE.repeat(3000), 'utf-8')])
  damaged[100] = 0xff
  expect(await scan([file('a.txt', damaged)])).toMatchObject([{ encoding: 'utf-8', sure: false }])
})

it('tells each file once, in parts, and stops when it is cancelled', async () => {
  const files = Array.from({ length: 300 }, (_, i) => file(`${i}.txt`, LINE))
  const told: ScanProgress[] = []
  let at = 0
  const help = {
    progress: (progress: ScanProgress) => told.push(progress),
    isCancelled: () => told.length === 3,
  }
  const { found } = await scanFiles({ files }, help, () => (at += 250))
  const indexes = [...told.flatMap(each => each.found), ...found].map(({ index }) => index)
  expect(indexes).toEqual(Array.from({ length: 192 }, (_, i) => i))
})

it('keeps what it has read of whole files, and of no others', async () => {
  const kept = new Map<number, string>()
  const files = [file('a.txt', LINE), vanished('gone.txt'), file('long.txt', LINE.repeat(2000))]
  const keep = (index: number, bytes: Uint8Array) =>
    void kept.set(index, new TextDecoder().decode(bytes))
  await scanFiles({ files, keep }, { progress: () => {}, isCancelled: () => false }, () => 0)
  expect([...kept]).toEqual([[0, LINE]])
})
