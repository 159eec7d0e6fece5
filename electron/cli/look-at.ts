import type { ReportId } from '../../shared/domain/id'
import { markupFrom, NO_MARKUP } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import type { DocumentNote, ReadDocument } from '../../shared/extract/document'
import {
  type NearDuplicate,
  nearDuplicateFinder,
  type Sketch,
} from '../../shared/intake/near-duplicates'
import { comparableSketch } from '../../shared/intake/study'
import type { Keeper } from '../host/keeper'
import type { Words } from './words'

// What a researcher should look at among the reports that came in.

/** Texts that are nearly the same as others, such as one report from two sites. */
export interface Likenesses {
  add(report: Pick<Report, 'id' | 'path'>, sketch: Sketch | null): void
  /** One line for each that was found, the new ones compared with those that were `before`. */
  found(before: readonly Report[], readBlobs: Keeper['readBlobs']): Promise<Words[]>
}

/** Starts with no texts. */
export function openLikenesses(): Likenesses {
  const finder = nearDuplicateFinder<ReportId>()
  const paths = new Map<ReportId, string>()
  const lines: Words[] = []
  const note = (path: string, near: NearDuplicate<ReportId> | null) => {
    if (near) lines.push(nearWords(path, paths.get(near.of) ?? '', near.similarity))
  }
  return {
    add({ id, path }, sketch) {
      paths.set(id, path)
      if (sketch) note(path, finder.add(id, sketch))
    },
    async found(before, readBlobs) {
      for (let from = 0; from < before.length && paths.size > 0; from += AT_ONCE) {
        const some = before.slice(from, from + AT_ONCE)
        for (const { path, sketch } of await sketchesOf(some, readBlobs)) {
          note(path, sketch && finder.match(sketch))
        }
      }
      return lines
    },
  }
}

/** What to know about a document that was read, one line each. */
export function noteWords(path: string, document: ReadDocument): Words[] {
  const { notes, sure, encoding } = document
  const unsure: Words = {
    en: `its encoding (${encoding}) is a guess: look at the text, or say which with --encoding`,
    zh: `编码格式（${encoding}）是推测的：请核对文字，或用 --encoding 指定`,
  }
  const words = [...(sure ? [] : [unsure]), ...notes.map(note => NOTES[note])]
  return words.map(({ en, zh }) => ({ en: `${path}: ${en}`, zh: `${path}：${zh}` }))
}

/** What was left out of tables, by the names of variables. */
export function unfitWords(unfit: ReadonlyMap<string, number>): Words[] {
  return [...unfit].map(([name, count]) => ({
    en: `${name}: ${count} values of the table do not fit this variable and were left out`,
    zh: `${name}：表格中有 ${count} 个值与该变量的类型或类别不符，没有读入`,
  }))
}

/** Which columns of a table were left out. */
export function leftOutWords(path: string, names: readonly string[]): Words[] {
  if (names.length === 0) return []
  return [
    {
      en: `${path}: these columns were left out: ${names.join(', ')}`,
      zh: `${path}：以下各列没有导入：${names.join('、')}`,
    },
  ]
}

/** That a row did not come in, since its text is in under that title. */
export function sameTextWords(label: string, title: string): Words {
  return {
    en: `${label}: the same text is in already, as “${title}”; this row was left out`,
    zh: `${label}：相同的文字已在项目中，标题为“${title}”；这一行没有导入`,
  }
}

/** How many texts are read at once. */
const AT_ONCE = 50

async function sketchesOf(
  reports: readonly Report[],
  readBlobs: Keeper['readBlobs'],
): Promise<{ path: string; sketch: Sketch | null }[]> {
  const hashes = reports.flatMap(({ textHash, markupHash }) =>
    markupHash === null ? [textHash] : [textHash, markupHash],
  )
  // A text that is lost or damaged is not for an import to complain of.
  const blobs = await readBlobs(hashes).catch(() => null)
  if (!blobs) return []
  const contents = new Map(
    hashes.map((hash, i) => [hash, new TextDecoder('utf-8', { ignoreBOM: true }).decode(blobs[i])]),
  )
  return reports.map(({ path, fileName, row, textHash, markupHash }) => {
    const text = contents.get(textHash)!
    const markup = markupHash === null ? null : markupFrom(contents.get(markupHash)!, text.length)
    const named = (path || fileName) + (row === null ? '' : ` [${row}]`)
    return { path: named, sketch: comparableSketch(text, markup ?? NO_MARKUP) }
  })
}

function nearWords(path: string, other: string, similarity: number): Words {
  const percent = Math.floor(100 * similarity)
  return {
    en: `${path}: nearly the same text as ${other} (${percent}%)`,
    zh: `${path}：与 ${other} 的文字几乎相同（${percent}%）`,
  }
}

const NOTES: Readonly<Record<DocumentNote, Words>> = {
  'control-characters': {
    en: 'it has control characters, which are kept',
    zh: '含有控制字符，已原样保留',
  },
  'bidi-controls': {
    en: 'it has invisible characters that change the direction of text',
    zh: '含有改变文字方向的不可见字符',
  },
  'private-use': {
    en: 'it has characters that only some fonts define',
    zh: '含有只有部分字体才有的自造字',
  },
  replaced: {
    en: 'some bytes do not fit the encoding; U+FFFD stands for them',
    zh: '部分字节不符合编码格式，已用 U+FFFD 代替',
  },
  'replacement-characters': {
    en: 'the file itself has U+FFFD: it was damaged before',
    zh: '文件本身含有 U+FFFD，此前已损坏',
  },
  misnamed: { en: 'it is of another format than its name says', zh: '实际格式与文件名不符' },
  'pages-without-text': {
    en: 'some pages are pictures, and their text is missing',
    zh: '部分页面是图片，其中的文字没有读入',
  },
  pictures: { en: 'it has pictures, which are left out', zh: '含有图片，没有读入' },
  'tracked-changes': {
    en: 'it has changes that nobody accepted; they are read as accepted',
    zh: '含有未接受的修订，已按接受后的文字读入',
  },
  comments: { en: 'it has comments, which are left out', zh: '含有批注，没有读入' },
  'hidden-text': { en: 'it has hidden text, which is left out', zh: '含有隐藏文字，没有读入' },
  'merged-cells': {
    en: 'a table has merged cells; their text stands once',
    zh: '表格中有合并单元格，其文字只出现一次',
  },
  'auto-numbering': {
    en: 'numbers that its program shows were written into the text',
    zh: '自动编号已写入正文',
  },
  'unknown-characters': {
    en: 'a font hides what some characters are; U+FFFD stands for them',
    zh: '部分字符因字体原因无法识别，已用 U+FFFD 代替',
  },
  script: { en: 'it has scripts or macros, which were not run', zh: '含有脚本或宏，没有运行' },
  'links-outside': {
    en: 'it wants to load something from elsewhere, which was not done',
    zh: '文件要从外部加载内容，没有加载',
  },
}
