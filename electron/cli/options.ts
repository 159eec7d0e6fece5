import { parseArgs } from 'node:util'
import { ENCODINGS, type EncodingLabel } from '../../shared/extract/encoding'
import type { Words } from './words'

// What a command line asks for. Nothing is looked at on the disk here.

/** How to read the files of an import. */
export interface ReadingWish {
  /** For text and web pages; `null` to detect it. */
  readonly encoding: EncodingLabel | null
  /** Of web pages: the main text with its surroundings set aside, or all of it. */
  readonly mode: 'main' | 'raw'
  /** Of tables: which sheet and which columns, by name; `null` to guess. */
  readonly sheet: string | null
  readonly textColumn: string | null
  readonly titleColumn: string | null
}

export interface ImportWish {
  readonly command: 'import'
  /** Files and folders, as they were typed. */
  readonly sources: readonly string[]
  readonly project: string
  /** Of a project that has to be made; `null` for its folder's. */
  readonly name: string | null
  /** Who imports; `null` where that is clear. */
  readonly coder: string | null
  readonly reading: ReadingWish
  readonly isQuiet: boolean
}

export interface InspectWish {
  readonly command: 'inspect'
  readonly project: string
  readonly asJson: boolean
}

/** What was asked for. `wrong` is no sense, and why. */
export type Wish =
  | ImportWish
  | InspectWish
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | { readonly command: 'wrong'; readonly why: Words }

/** Reads a command line, without the program's own name. */
export function wishOf(args: readonly string[]): Wish {
  const parsed = parsedArgs(args)
  if ('why' in parsed) return { command: 'wrong', why: parsed.why }
  const { values, positionals, tokens } = parsed
  const twice = givenTwice(tokens.flatMap(each => (each.kind === 'option' ? [each] : [])))
  if (twice !== null) {
    return wrong(`--${twice} was given more than once.`, `--${twice} 给出了不止一次。`)
  }
  if (values.help || positionals[0] === 'help') return { command: 'help' }
  if (values.version) return { command: 'version' }
  const [command, ...rest] = positionals
  switch (command) {
    case 'import':
      return importWish(values, rest)
    case 'inspect':
      return inspectWish(values, rest)
    case undefined:
      return wrong('No command was given.', '没有给出命令。')
    default:
      return wrong(`There is no command “${command}”.`, `没有“${command}”这个命令。`)
  }
}

/** All that can be asked for, in both languages. */
export const USAGE: Words = {
  en: `codicil import <file or folder>… --project <folder>
codicil inspect <folder> [--json]

import   brings reports into a project: txt, md, docx, odt, rtf, epub, pdf, html, mhtml, and
         xlsx or csv with one report a row. Folders are searched through.
  --project FOLDER       the project; made where there is none yet
  --name NAME            name of a new project (otherwise the folder's)
  --coder NAME           who imports (otherwise whoever this computer or the project knows)
  --encoding LABEL       how text and web pages are encoded (otherwise detected):
                         ${ENCODINGS.join(', ')}
  --raw                  keep all of a web page as report text, menus too
  --text-column NAME     tables: the column with the reports' texts
  --title-column NAME    tables: the column with their titles
  --sheet NAME           tables: which sheet of a workbook
  --quiet                no progress and no summary, only what went wrong
inspect  shows what a project's reports are made of; --json prints it for other programs.
--help, --version

Ends with 0 when every file came in or was in already, 3 when a file was refused (each is named
on standard error), 2 for a wrong command line, such as a column or sheet that a table does not
have (files beside it come in all the same), 1 when the command could not be carried out.`,
  zh: `codicil import <文件或文件夹>… --project <文件夹>
codicil inspect <文件夹> [--json]

import   把报告导入项目：txt、md、docx、odt、rtf、epub、pdf、html、mhtml，以及每行一份报告的
         xlsx 或 csv。文件夹会连同下级文件夹一起查找。
  --project 文件夹       项目所在的文件夹；没有则新建
  --name 名称            新项目的名称（默认用文件夹名）
  --coder 姓名           由谁导入（默认为本机或项目已知的编码员）
  --encoding 编码格式    文本和网页的编码格式（默认自动检测）：
                         ${ENCODINGS.join(', ')}
  --raw                  网页的全部文字都作为报告正文，包括菜单
  --text-column 列名     表格：报告正文所在的列
  --title-column 列名    表格：报告标题所在的列
  --sheet 名称           表格：使用哪张工作表
  --quiet                不显示进度和小结，只显示出错的文件
inspect  显示项目中报告的结构；加 --json 则输出供其他程序读取的 JSON。
--help、--version

退出码：0 全部已导入或已在项目中；3 有文件未能导入（逐一列在标准错误输出中）；2 命令行有误，例如表格中没有所指定的列或工作表（其他文件照常导入）；1 命令未能执行。`,
}

type Parsed = Extract<ReturnType<typeof parsedArgs>, { values: unknown }>['values']

/** An option with a value that is there more than once: which one is meant, nobody can tell. */
function givenTwice(options: readonly { name: string; value?: string | undefined }[]) {
  const names = options.flatMap(({ name, value }) => (value === undefined ? [] : [name]))
  return names.find((name, i) => names.indexOf(name) < i) ?? null
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: {
        project: { type: 'string' },
        name: { type: 'string' },
        coder: { type: 'string' },
        encoding: { type: 'string' },
        raw: { type: 'boolean', default: false },
        'text-column': { type: 'string' },
        'title-column': { type: 'string' },
        sheet: { type: 'string' },
        quiet: { type: 'boolean', short: 'q', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'V', default: false },
      },
    })
  } catch (error) {
    // Its first line names the option; it exists in English only.
    const what = error instanceof Error ? error.message.split(/\.\s|\n/)[0]! : String(error)
    return { why: { en: `${what}.`, zh: `命令行有误：${what}。` } }
  }
}

function importWish(values: Parsed, sources: readonly string[]): Wish {
  const { project, encoding = null, name = null, coder = null } = values
  if (values.json) return wrong('--json is for inspect.', '--json 只用于 inspect。')
  if (sources.length === 0 || sources.includes('')) {
    return wrong('Nothing to import was given.', '没有给出要导入的文件或文件夹。')
  }
  if (!project) return wrong('--project is missing.', '缺少 --project。')
  if (encoding !== null && !isEncoding(encoding)) {
    return wrong(
      `There is no encoding “${encoding}”. Choose one of ${ENCODINGS.join(', ')}.`,
      `没有“${encoding}”这种编码格式，可选：${ENCODINGS.join('、')}。`,
    )
  }
  return {
    command: 'import',
    sources,
    project,
    name,
    coder,
    reading: {
      encoding,
      mode: values.raw ? 'raw' : 'main',
      sheet: values.sheet ?? null,
      textColumn: values['text-column'] ?? null,
      titleColumn: values['title-column'] ?? null,
    },
    isQuiet: values.quiet ?? false,
  }
}

function inspectWish(values: Parsed, [project, ...rest]: readonly string[]): Wish {
  const folder = project ?? values.project
  if (!folder) return wrong('The project’s folder is missing.', '缺少项目文件夹。')
  if (rest.length > 0 || (project && values.project)) {
    return wrong('inspect takes one folder.', 'inspect 只接受一个文件夹。')
  }
  const foreign = FOR_IMPORT.find(name => values[name])
  if (foreign) return wrong(`--${foreign} is for import.`, `--${foreign} 只用于 import。`)
  return { command: 'inspect', project: folder, asJson: values.json ?? false }
}

const FOR_IMPORT = [
  'name',
  'coder',
  'encoding',
  'raw',
  'text-column',
  'title-column',
  'sheet',
] as const

function isEncoding(label: string): label is EncodingLabel {
  return ENCODINGS.some(each => each === label)
}

function wrong(en: string, zh: string): Wish {
  return { command: 'wrong', why: { en, zh } }
}
