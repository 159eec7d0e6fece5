import { expect, it } from 'vitest'
import {
  collectChosen,
  collectDropped,
  kindsIn,
  skippedIn,
} from '../../../../renderer/features/library/collect'
import { file } from '../../../support/import'

/** A dropped folder; its reader gives a hundred entries at a time, as browsers do. */
function folder(path: string, inside: readonly FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    let at = 0
    return {
      readEntries: (got: (entries: FileSystemEntry[]) => void) => {
        const next = inside.slice(at, at + 100)
        at += next.length
        queueMicrotask(() => got(next))
      },
    }
  }
  return entry(path, { isDirectory: true, createReader })
}

function dropped(path: string): FileSystemEntry {
  const name = path.split('/').at(-1)!
  return entry(path, { isFile: true, file: (got: (file: File) => void) => got(file(name, 'x')) })
}

function entry(path: string, rest: object): FileSystemEntry {
  const name = path.split('/').at(-1)!
  return {
    isFile: false,
    isDirectory: false,
    name,
    fullPath: `/${path}`,
    ...rest,
  } as unknown as FileSystemEntry
}

const never = new AbortController().signal

it('finds every file of a folder, however many and however deep', async () => {
  const many = Array.from({ length: 250 }, (_, i) => dropped(`a/${i}.txt`))
  const deep = folder('a/b', [folder('a/b/c', [dropped('a/b/c/deep.TXT')])])
  const { files } = await collectDropped([folder('a', [...many, deep])], never)
  expect(files).toHaveLength(251)
  expect(files.at(-1)!.path).toBe('a/b/c/deep.TXT')
})

it('takes from folders what may be a report, but whatever was pointed at', async () => {
  const names = ['1.txt', '2.docx', '3.DOC', '4.zip', '._1.txt', '~$2.docx', '5.jpg', '6.jpg', 'x']
  const inside = names.map(name => dropped(`a/${name}`))
  const { files, skipped } = await collectDropped([folder('a', inside), dropped('3.jpg')], never)
  const paths = ['3.jpg', 'a/1.txt', 'a/2.docx', 'a/3.DOC', 'a/4.zip']
  expect(files.map(({ path }) => path)).toEqual(paths)
  expect(Object.fromEntries(skipped)).toEqual({ txt: 1, docx: 1, jpg: 2, '': 1 })
  expect(skippedIn(skipped)).toBe(5)
  expect(kindsIn(skipped)).toBe('.jpg 2, .txt 1, .docx 1, ? 1')
})

it('leaves out the parts of a saved page, and nothing that is only named like them', async () => {
  const inside = [
    dropped('a/page.html'),
    folder('a/page_files', [dropped('a/page_files/frame.html'), dropped('a/page_files/x.css')]),
    folder('a/page.files', [dropped('a/page.files/frame.htm')]),
    folder('a/2023_files', [dropped('a/2023_files/report.html')]),
  ]
  const { files, skipped } = await collectDropped([folder('a', inside)], never)
  expect(files.map(({ path }) => path)).toEqual(['a/2023_files/report.html', 'a/page.html'])
  expect(Object.fromEntries(skipped)).toEqual({ html: 1, css: 1, htm: 1 })
})

it('names what it cannot read and goes on', async () => {
  const fails = (_got: unknown, failed: () => void) => failed()
  const locked = entry('locked', {
    isDirectory: true,
    createReader: () => ({ readEntries: fails }),
  })
  const gone = entry('gone.txt', { isFile: true, file: fails })
  const { files, unreadable } = await collectDropped([locked, gone, dropped('a.txt')], never)
  expect(files.map(({ path }) => path)).toEqual(['a.txt'])
  expect(unreadable).toEqual(['gone.txt', 'locked'])
})

it('stops walking once it is given up', async () => {
  const walk = new AbortController()
  walk.abort()
  const { files } = await collectDropped([folder('a', [dropped('a/1.txt')])], walk.signal)
  expect(files).toEqual([])
})

it('tells a chosen folder from chosen files', async () => {
  const inFolder = (path: string) =>
    Object.assign(file(path.split('/').at(-1)!, 'x'), { webkitRelativePath: path })
  const chosen = await collectChosen([inFolder('a/1.txt'), inFolder('a/2.jpg')])
  expect(chosen.files.map(({ path }) => path)).toEqual(['a/1.txt'])
  expect(Object.fromEntries(chosen.skipped)).toEqual({ jpg: 1 })
  expect((await collectChosen([file('2.jpg', 'x')])).files).toHaveLength(1)
})

it('lists files by path, with numbers by their value', async () => {
  const paths = ['a/10.txt', 'a/b/1.txt', 'a/2.txt', 'a/第10章.txt', 'a/第9章.txt']
  const sorted = ['a/2.txt', 'a/10.txt', 'a/第9章.txt', 'a/第10章.txt', 'a/b/1.txt']
  const inFolder = (path: string) =>
    Object.assign(file(path.split('/').at(-1)!, 'x'), { webkitRelativePath: path })
  const { files } = await collectDropped([folder('a', paths.map(dropped))], never)
  expect(files.map(({ path }) => path)).toEqual(sorted)
  const chosen = await collectChosen(paths.map(inFolder))
  expect(chosen.files.map(({ path }) => path)).toEqual(sorted)
})
