import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { codeOf } from './host/disk'
import { type Serving, serve, usualFolders } from './serve'

// What `npm start` runs where there is no Electron: starts the server, says where it is in
// both languages, opens the browser, and leaves cleanly on Ctrl+C.

const USAGE = `npm start -- [--no-open] [--port N] [--data-dir FOLDER]

  --no-open          do not open the browser / 不自动打开浏览器
  --port N           insist on this port / 指定端口
  --data-dir FOLDER  where projects are kept / 项目存放的文件夹`

await main()

async function main(): Promise<void> {
  const wish = wishOf(process.argv.slice(2))
  if (wish === null) {
    console.error(USAGE)
    process.exitCode = 2
    return
  }
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { version: string }
  let serving: Serving
  try {
    serving = await serve({
      ...usualFolders(wish.dataDir),
      pageFolder: join(import.meta.dirname, '../renderer'),
      version,
      threadFile: join(import.meta.dirname, 'thread.js'),
      port: wish.port,
    })
  } catch (error) {
    console.error(explain(error, wish.port))
    process.exitCode = 1
    return
  }
  if (serving.isOther) {
    console.log(`Codicil is running already. / Codicil 已在运行。\n${serving.url}`)
  } else {
    console.log(`Codicil ${version}\n${serving.url}`)
    console.log('Ctrl+C closes it; saved work stays. / 按 Ctrl+C 关闭；已保存的内容不受影响。')
  }
  if (wish.open) openBrowser(serving.url)
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (closing) return
      closing = true
      serving.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
}

interface Wish {
  readonly open: boolean
  readonly port: number | null
  readonly dataDir: string | null
}

/** The command line's wishes, or `null` when it makes no sense or asks for help. */
function wishOf(args: string[]): Wish | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    const port = values.port === undefined ? null : Number(values.port)
    if (values.help) return null
    if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) return null
    const dataDir = values['data-dir']
    if (dataDir === '') return null
    return {
      open: !values['no-open'],
      port,
      dataDir: dataDir === undefined ? null : resolve(dataDir),
    }
  } catch {
    return null
  }
}

function explain(error: unknown, port: number | null): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return (
        `Port ${port} is taken by another program. Nothing was changed. Leave --port away, and a free one is found.\n` +
        `端口 ${port} 已被其他程序占用。没有更改任何内容。去掉 --port，程序会自动寻找空闲端口。`
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return (
        'Codicil may not write to its folder, or not use this port. Nothing was changed. Choose another with --data-dir or --port.\n' +
        'Codicil 无权写入其文件夹或使用该端口。没有更改任何内容。请用 --data-dir 或 --port 另选。'
      )
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENXIO':
      return (
        'That folder does not exist and cannot be made there. Nothing was changed. Choose another with --data-dir.\n' +
        '该文件夹不存在，也无法在那里新建。没有更改任何内容。请用 --data-dir 另选。'
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return (
        'The disk is full, so Codicil cannot start. Saved work is safe. Free some space and start again.\n' +
        '磁盘已满，Codicil 无法启动。已保存的内容是安全的。请清理磁盘后重新启动。'
      )
    default:
      return (
        `Codicil could not start: ${error instanceof Error ? error.message : String(error)}\nSaved work is safe; nothing was changed.\n` +
        'Codicil 无法启动。已保存的内容是安全的，没有更改任何内容。'
      )
  }
}

/** Asks the system to open the address; where there is nothing to ask, the printed line serves. */
function openBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['cmd', ['/c', 'start', '', url]]
        : ['xdg-open', [url]]
  spawn(command as string, args as string[], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
