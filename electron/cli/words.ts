import type { DocumentProblem } from '../../shared/extract/document'
import type { HostReason } from '../../shared/host'

// What the command line says, in both languages. Where the system has a Chinese or another
// language set, that alone is used; where it has none, both are printed.

/** The same thing said twice. */
export interface Words {
  readonly en: string
  readonly zh: string
}

/** Which languages to print. */
export type Tongue = 'en' | 'zh' | 'both'

/**
 * A file that did not come in, and why. `unreadable`: gone, locked or not ours to read.
 * `link-outside`: a link in a folder that leads out of it. `no-column`: a table without the column
 * that was asked for.
 */
export interface Refusal {
  readonly problem: DocumentProblem | 'unreadable' | 'link-outside' | 'no-column'
  readonly details: Readonly<Record<string, string | number>>
}

/** The language that the environment asks for, by the variables that POSIX gives precedence. */
export function tongueOf(env: Readonly<Record<string, string | undefined>>): Tongue {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  if (/^zh/i.test(locale)) return 'zh'
  return locale === '' || /^(C|POSIX)\b/i.test(locale) ? 'both' : 'en'
}

/** Words as they are printed: on one line, or, for several lines, one language after the other. */
export function say({ en, zh }: Words, tongue: Tongue): string {
  if (tongue !== 'both') return tongue === 'zh' ? zh : en
  return en.includes('\n') ? `${en}\n\n${zh}` : `${en} / ${zh}`
}

/**
 * Text from a file as one line that a terminal shows as it is: control characters and those that
 * change the direction of text, which could pass for other words, come as `\\u` and their number.
 */
export function visibly(text: string): string {
  return text.replace(UNSEEN, sign => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** Why a file was refused, and what to do about it. */
export function refusalWords({ problem, details }: Refusal): Words {
  return REFUSALS[problem](details)
}

/** Whether a file was refused over what the command line says of it, and not over the file. */
export function isMisasked({ problem, details }: Refusal): boolean {
  return problem === 'no-column' || (problem === 'table' && Boolean(details.sheet))
}

/** Why the command could not be carried out, what is safe, and what to do. */
export function failureWords(
  reason: HostReason,
  details: Readonly<Record<string, string | number>>,
): Words {
  const words = FAILURES[reason] ?? UNEXPECTED
  const known = Object.entries(details).filter(([, value]) => value !== '' && value !== 0)
  if (known.length === 0) return words
  const what = known.map(([name, value]) => DETAILS[name]?.(value) ?? plainly(value))
  return {
    en: `${words.en} (${what.map(({ en }) => en).join(', ')})`,
    zh: `${words.zh}（${what.map(({ zh }) => zh).join('，')}）`,
  }
}

/** Details that say nothing without their name; others are shown as they are. */
const DETAILS: Readonly<Record<string, (value: string | number) => Words>> = {
  pid: value => ({ en: `process ${value}`, zh: `进程 ${value}` }),
  machine: value => ({ en: `on ${value}`, zh: `在 ${value} 上` }),
  since: value => ({ en: `since ${value}`, zh: `自 ${value}` }),
}

function plainly(value: string | number): Words {
  return { en: String(value), zh: String(value) }
}

type Details = Refusal['details']

const NOT_READ: Words = {
  en: 'it cannot be read: it is not there, or belongs to someone else. Check its name and access rights, then import it again',
  zh: '无法读取：文件不存在，或没有读取权限。请检查名称和权限后重新导入',
}

const NO_UTF8: Words = {
  en: 'its name is not valid UTF-8, as when a Chinese zip was unpacked with other settings, so it cannot be opened. Rename it, then import it again',
  zh: '文件名不是有效的 UTF-8（常见于解压中文压缩包时编码不对），无法打开。请改名后重新导入',
}

const REFUSALS: Readonly<Record<Refusal['problem'], (details: Details) => Words>> = {
  unreadable: ({ misnamed = 0 }) => (misnamed ? NO_UTF8 : NOT_READ),
  'link-outside': () => ({
    en: 'it is a link that leads out of the folder, and was not followed. To import what it points to, name that file itself',
    zh: '这是指向文件夹之外的链接，没有读取。如需导入所指的文件，请直接写出该文件',
  }),
  'no-column': ({ column = '', columns = '' }) => ({
    en: `it is a table that has no column “${column}”; its columns are: ${columns}`,
    zh: `这张表格中没有名为“${column}”的列；表中的列有：${columns}`,
  }),
  empty: () => ({ en: 'it holds no text', zh: '文件中没有文字' }),
  binary: details => REFUSALS.unsupported(details),
  nul: ({ offset = 0 }) => ({
    en: `it has a NUL character at byte ${offset}, so it may be no text. Open it in an editor and save it as UTF-8`,
    zh: `第 ${offset} 字节处有空字符，可能不是文本。请用文本编辑器打开，另存为 UTF-8`,
  }),
  'unknown-encoding': () => ({
    en: 'its encoding was not recognised. Say which with --encoding, or save it as UTF-8',
    zh: '未能识别编码格式。请用 --encoding 指定，或另存为 UTF-8',
  }),
  'broken-characters': ({ count = 0, encoding = '' }) => ({
    en: `${count} places do not fit ${encoding}: it may be damaged. Say with --encoding how it is encoded, or ask for it again`,
    zh: `有 ${count} 处字节不符合 ${encoding}，文件可能已损坏。请用 --encoding 指定编码格式，或重新索取该文件`,
  }),
  'too-large': ({ size = 0, limit = 0 }) => ({
    en: `it has ${megabytes(size)}, more than ${megabytes(limit)}. Split it`,
    zh: `文件为 ${megabytes(size)}，超过上限 ${megabytes(limit)}。请拆分后再导入`,
  }),
  'too-long': ({ length = 0, limit = 0 }) => ({
    en: `its text has ${length} characters, more than ${limit}. Split it`,
    zh: `文本有 ${length} 字，超过上限 ${limit}。请拆分后再导入`,
  }),
  'old-office': ({ kind = '' }) => ({
    en: `it is an older Office file (${kindWords(kind).en}). Open it in Word or WPS, save it as .docx or .xlsx, and import that`,
    zh: `这是旧版 Office 文件（${kindWords(kind).zh}）。请用 Word 或 WPS 打开，另存为 .docx 或 .xlsx 后再导入`,
  }),
  encrypted: () => ({
    en: 'it is protected with a password. Save a copy without one and import that',
    zh: '文件设有密码。请另存一份不带密码的副本再导入',
  }),
  scan: ({ pages = 0 }) => ({
    en: `its ${pages} pages are pictures without text: a scan. Have a program recognise the text first`,
    zh: `共 ${pages} 页，都是没有文字的图片（扫描件）。请先用文字识别（OCR）软件处理`,
  }),
  'no-text': () => ({
    en: 'it has pictures or drawings, and no text that could be coded',
    zh: '文件只有图片或图形，没有可以编码的文字',
  }),
  damaged: ({ where = '' }) => ({
    en: `it is damaged or cut short${where === '' ? '' : ` (${where})`}. Ask for it again, or open and save it in its own program`,
    zh: `文件已损坏或不完整${where === '' ? '' : `（${placeWords(where)}）`}。请重新索取，或用原来的程序打开后另存`,
  }),
  bomb: () => ({
    en: 'unpacked it would take far more room than any report. It was not unpacked any further',
    zh: '解压后的大小远超一份报告，已停止解压',
  }),
  'too-many-parts': ({ count = 0, limit = 0 }) => ({
    en: `it holds ${count} files, more than ${limit}`,
    zh: `其中含有 ${count} 个文件，超过上限 ${limit}`,
  }),
  doctype: () => ({
    en: 'it declares XML entities, which no such file needs and which can do harm. It was not read',
    zh: '文件中声明了 XML 实体，正常文件不需要，且可能有害，因此没有读取',
  }),
  'too-deep': ({ limit = 0 }) => ({
    en: `it is nested deeper than ${limit} levels`,
    zh: `嵌套超过 ${limit} 层`,
  }),
  'too-many-nodes': ({ limit = 0 }) => ({
    en: `it has more than ${limit} elements. Save only the part with the report`,
    zh: `元素超过 ${limit} 个。请只保存报告部分`,
  }),
  'too-many-pages': ({ count = 0, limit = 0 }) => ({
    en: `it has ${count} pages, more than ${limit}. Split it`,
    zh: `共 ${count} 页，超过上限 ${limit}。请拆分后再导入`,
  }),
  'too-many-columns': ({ count = 0, limit = 0 }) => ({
    en: `it has ${count} columns, more than ${limit}. Keep those that are needed`,
    zh: `共 ${count} 列，超过上限 ${limit}。请只保留需要的列`,
  }),
  'too-many-rows': ({ count = 0, limit = 0 }) => ({
    en: `it has ${count} rows, more than ${limit}. Split it`,
    zh: `共 ${count} 行，超过上限 ${limit}。请拆分后再导入`,
  }),
  'too-slow': ({ seconds = 0 }) => ({
    en: `it could not be read within ${seconds} seconds. Split it, or save it in another format`,
    zh: `未能在 ${seconds} 秒内读完。请拆分，或另存为其他格式`,
  }),
  'too-much-memory': () => ({
    en: 'reading it took more memory than there is. Split it',
    zh: '读取所需内存过大。请拆分后再导入',
  }),
  unsupported: ({ kind = '', named = '' }) => {
    const { en, zh } = kindWords(kind)
    if (named !== '') {
      return {
        en: `it is no .${named} file, whatever its name says, but ${en}. Unpack it and import what is in it`,
        zh: `这不是 .${named} 文件，而是${zh}。请先解压，再导入其中的文件`,
      }
    }
    return {
      en: `it is of a kind that is not read${kind === '' ? '' : ` (${en})`}. Save it as text, .docx or PDF`,
      zh: `不支持这种文件${kind === '' ? '' : `（${zh}）`}。请另存为文本、.docx 或 PDF`,
    }
  },
  table: ({ columns = '', sheet = '' }) => {
    if (sheet !== '') {
      return {
        en: `it has no sheet “${sheet}”. Say one that it has with --sheet NAME`,
        zh: `其中没有名为“${sheet}”的工作表。请用 --sheet 指定已有的工作表`,
      }
    }
    return {
      en: `it is a table, and it is not clear which column holds the reports. Say --text-column NAME, and --title-column NAME if there is one${columns === '' ? '' : `; its columns are: ${columns}`}`,
      zh: `这是表格，无法确定哪一列是报告正文。请用 --text-column 列名 指定，标题列用 --title-column 列名${columns === '' ? '' : `；表中的列有：${columns}`}`,
    }
  },
}

/** What a file is that is not read, by the `kind` that its reader names; others as they are. */
function kindWords(kind: string | number): Words {
  return KINDS[kind] ?? plainly(kind)
}

const KINDS: Readonly<Record<string, Words>> = {
  altChunk: { en: 'a Word file with another one inside', zh: '嵌入了其他文档的 Word 文件' },
  archive: { en: 'an archive', zh: '压缩文件' },
  caj: { en: 'CAJ of CNKI', zh: '知网 CAJ 文件' },
  database: { en: 'a database', zh: '数据库文件' },
  doc: { en: 'Word .doc', zh: 'Word .doc' },
  executable: { en: 'a program', zh: '程序文件' },
  image: { en: 'an image', zh: '图片' },
  media: { en: 'audio or video', zh: '音频或视频' },
  ofd: { en: 'OFD', zh: 'OFD 文件' },
  ole: { en: 'of the old Office format', zh: '旧版 Office 格式' },
  'cut-zip': { en: 'a ZIP archive', zh: '压缩文件（ZIP）' },
  'locked-zip': { en: 'a ZIP archive', zh: '压缩文件（ZIP）' },
  'old-office': { en: 'of the old Office format', zh: '旧版 Office 格式' },
  pdf: { en: 'PDF', zh: 'PDF 文件' },
  ppt: { en: 'PowerPoint .ppt', zh: 'PowerPoint .ppt' },
  rtf: { en: 'RTF', zh: 'RTF 文件' },
  slides: { en: 'a presentation', zh: '演示文稿' },
  spreadsheet: { en: 'a spreadsheet', zh: '电子表格' },
  unknown: { en: 'a binary file', zh: '二进制文件' },
  'word-xml': { en: 'Word or Excel XML', zh: 'Word 或 Excel 的 XML' },
  wps: { en: 'WPS .wps', zh: 'WPS .wps' },
  xls: { en: 'Excel .xls', zh: 'Excel .xls' },
  xml: { en: 'Word or Excel XML', zh: 'Word 或 Excel 的 XML' },
  zip: { en: 'a ZIP archive', zh: '压缩文件（ZIP）' },
}

/** Where in a file the damage is, in Chinese: a row of a table, or a part's name as it is. */
function placeWords(where: string | number): string {
  return String(where).replace(/^row (\d+)$/, '第 $1 行')
}

const NOTHING_CHANGED: Words = { en: 'Nothing was changed.', zh: '没有更改任何内容。' }

function unchanged(en: string, zh: string): Words {
  return { en: `${en} ${NOTHING_CHANGED.en}`, zh: `${zh}${NOTHING_CHANGED.zh}` }
}

const UNEXPECTED: Words = {
  en: 'The command broke off. What had been saved before is safe. Try again.',
  zh: '命令中断。此前保存的内容是安全的。请重试。',
}

const FAILURES: Readonly<Partial<Record<HostReason, Words>>> = {
  locked: unchanged(
    'Another program has this project open. Close it there, then run this again.',
    '另一个程序正打开着这个项目。请先在那里关闭项目，再重新运行。',
  ),
  'not-a-project': unchanged(
    'This folder is not a Codicil project. Give the folder that holds codicil.json, or an empty or new one to import into.',
    '这个文件夹不是 Codicil 项目。请给出含有 codicil.json 的文件夹；导入时也可给出空文件夹或新文件夹。',
  ),
  'newer-version': unchanged(
    'A newer Codicil saved this project. Install the latest version.',
    '这个项目由更新版本的 Codicil 保存。请安装最新版本。',
  ),
  'journal-damaged': unchanged(
    'The project’s journal is damaged. Open the project in Codicil to recover what can be read.',
    '项目日志已损坏。请在 Codicil 中打开项目，抢救仍能读出的内容。',
  ),
  'journal-missing': unchanged(
    'The project folder has no journal. Wait until your sync program has finished, or restore it from a backup.',
    '项目文件夹中没有日志。请等待同步完成，或从备份中恢复。',
  ),
  'place-invalid': unchanged(
    'No project can be made there: it lies inside another project, or is no folder. Choose another one.',
    '不能在该位置新建项目：它在另一个项目里面，或不是文件夹。请另选一个。',
  ),
  'name-invalid': unchanged(
    'This name cannot be used. Choose one of at most 200 characters.',
    '该名称不能使用。请换一个不超过 200 个字符的名称。',
  ),
  'read-only': unchanged(
    'The folder cannot be written to. Make it writable, or choose another one.',
    '该文件夹不能写入。请取得写入权限，或另选一个。',
  ),
  'disk-full': {
    en: 'The disk is full. What had been saved before is safe. Free some room and run this again: it brings in what is still missing.',
    zh: '磁盘已满。此前保存的内容是安全的。请腾出空间后重新运行，尚未进入项目的报告会继续导入。',
  },
  vanished: {
    en: 'The project folder is not where it was. What had been saved before is still in it. Reconnect the drive or move it back, then run this again.',
    zh: '项目文件夹不在原处。此前保存的内容仍在其中。请接回磁盘或移回原处后重新运行。',
  },
  'blob-missing': unchanged(
    'A report’s text is missing from the project folder. Restore its folder “blobs” from a backup.',
    '项目文件夹中缺少某份报告的文本。请从备份中恢复 blobs 文件夹。',
  ),
  'blob-damaged': unchanged(
    'A report’s text is damaged. Restore the folder “blobs” from a backup.',
    '某份报告的文本已损坏。请从备份中恢复 blobs 文件夹。',
  ),
}

function megabytes(bytes: string | number): string {
  return `${Math.ceil(Number(bytes) / 1024 / 1024)} MB`
}
