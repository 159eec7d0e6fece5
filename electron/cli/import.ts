import { bringIn, type Interrupt, type Outcome } from './bring-in'
import type { ImportWish } from './options'
import { CoderUnclear, type OpenProject, openProject } from './project'
import { findSources } from './sources'
import { say, type Tongue, visibly, type Words } from './words'

// The import without a window: which project, what came in, and how the program ends.

export interface ImportSurroundings {
  readonly tongue: Tongue
  readonly version: string
  /** The built thread in which files are read; `null` reads them here. */
  readonly threadFile: string | null
  readonly now: () => number
  readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>
}

/** How an import ends, as the program's exit code. */
const ALL_IN = 0
const SOME_REFUSED = 3
const WRONG_USAGE = 2
const INTERRUPTED = 130

/** Carries out an import; answers the exit code. Throws what the project's folder throws. */
export async function runImport(wish: ImportWish, around: ImportSurroundings): Promise<number> {
  const { tongue, version, now, stderr } = around
  const tell = (words: Words) => void stderr.write(`${say(words, tongue)}\n`)
  const sources = await findSources(wish.sources)
  let project: OpenProject
  try {
    const { name, coder } = wish
    project = await openProject({ folder: wish.project, name, coder, version, now })
  } catch (error) {
    if (!(error instanceof CoderUnclear)) throw error
    tell(unclearWords(error))
    return WRONG_USAGE
  }
  const interrupt = watchInterrupts()
  try {
    const done = await bringIn({ sources, project, wish, around, interrupt })
    const lines = wish.isQuiet ? [] : [...shortened(done.lookAt), summaryWords(done)]
    for (const line of lines) around.stdout.write(`${visibly(say(line, tongue))}\n`)
    if (done.isCancelled) return INTERRUPTED
    if (done.isMisasked) return WRONG_USAGE
    return done.refused > 0 ? SOME_REFUSED : ALL_IN
  } finally {
    interrupt.stop()
    await project.close()
  }
}

/** Lets a first Ctrl+C finish what is being stored, and a second one end the program. */
function watchInterrupts(): Interrupt & { stop(): void } {
  let isWanted = false
  let want = () => {}
  const wanted = new Promise<void>(resolve => {
    want = resolve
  })
  const onSignal = () => {
    if (isWanted) process.exit(INTERRUPTED)
    isWanted = true
    want()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return {
    wanted,
    get isWanted() {
      return isWanted
    },
    stop() {
      for (const signal of signals) process.off(signal, onSignal)
    },
  }
}

/** At most this many lines say what to look at. */
const MAX_LINES = 100

function shortened(lines: readonly Words[]): Words[] {
  const more = lines.length - MAX_LINES
  if (more <= 0) return [...lines]
  return [...lines.slice(0, MAX_LINES), { en: `… and ${more} more.`, zh: `……另有 ${more} 条。` }]
}

function summaryWords({ imported, known, refused, isCancelled, skipped }: Outcome): Words {
  const en = [`${imported} imported, ${known} there already, ${refused} not imported.`]
  const zh = [`已导入 ${imported}，已在项目中 ${known}，未能导入 ${refused}。`]
  if (skipped.size > 0) {
    const kinds = [...skipped].map(([ending, count]) => `${ending ? `.${ending}` : '?'} ${count}`)
    const count = [...skipped.values()].reduce((sum, each) => sum + each, 0)
    en.push(`Left out of folders as no reports: ${count} (${kinds.join(', ')}).`)
    zh.push(`文件夹中另有 ${count} 个文件不是报告，已跳过（${kinds.join('、')}）。`)
  }
  if (isCancelled) {
    en.push('Stopped: what came in is saved; run this again to go on.')
    zh.push('已停止：已导入的报告都已保存，再次运行可继续。')
  }
  return { en: en.join(' '), zh: zh.join('') }
}

function unclearWords({ coders }: CoderUnclear): Words {
  return {
    en: `Several people code in this project: say who imports with --coder NAME (${coders.join(', ')}). Nothing was changed.`,
    zh: `这个项目有多位编码员，请用 --coder 姓名 说明由谁导入（${coders.join('、')}）。没有更改任何内容。`,
  }
}
