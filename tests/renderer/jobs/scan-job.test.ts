import { expect, it } from 'vitest'
import type { FileBytes } from '../../../renderer/jobs/import-job'
import { type ScannedFile, type ScanProgress, scanFiles } from '../../../renderer/jobs/scan-job'
import { MAX_FILE_BYTES } from '../../../shared/extract/text-file'
import { encodeAs } from '../../support/encode'
import { file, vanished } from '../../support/import'

const LINE =
  '各县\uff08市、区\uff09人民政府\uff0c市政府各部门现将有关情况通报如下\uff0c请认真贯彻执行。\n'

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
    file('a.pdf', `%PDF-1.7${'x'.repeat(100_000)}`),
    { ...vanished('large.txt'), size: MAX_FILE_BYTES + 1 },
    vanished('gone.txt'),
    file('empty.txt', ''),
  ])
  expect(found.map(({ problem }) => problem)).toEqual([
    'binary',
    'too-large',
    'unreadable',
    'empty',
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
  const { found } = await scanFiles({ files }, help, () => (at += 100))
  const indexes = [...told.flatMap(each => each.found), ...found].map(({ index }) => index)
  expect(indexes).toEqual(Array.from({ length: 192 }, (_, i) => i))
})
