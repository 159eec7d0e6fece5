// What `npm start` and `npm test` need before anything else can be loaded: the packages, and a
// build that is not older than the sources. Plain JavaScript without packages of its own.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const packages = join(root, 'node_modules')
const mark = join(packages, '.codicil-lock')

/**
 * Installs the packages that the lock file names, unless they are there. Ends the process when that
 * fails, and before it begins where `node_modules` is a link: npm would empty what it leads to.
 */
export function ensurePackages() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(
      `Codicil needs Node 20.19 or newer; this is ${process.versions.node}. / Codicil 需要 Node 20.19 或更新版本，当前为 ${process.versions.node}。`,
    )
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  const target = linkTarget(packages)
  if (target !== null) {
    fail(
      `node_modules is a link to ${target}, whose packages are not those of this version. Nothing was changed there: installing would empty that folder first. Remove the link and start again, or install the packages in that folder. / node_modules 是指向 ${target} 的链接，其中的依赖包与当前版本不符。那里没有任何改动：在此安装会先清空该文件夹。请删除这个链接后重新启动，或在那个文件夹中安装依赖包。`,
    )
  }
  console.log('Installing packages, once… / 正在安装依赖包，仅首次需要……')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const isInstalled = run('npm', ['ci', ...quiet]) || run('npm', ['install', '--no-save', ...quiet])
  if (!isInstalled) {
    fail(
      'The packages could not be installed: see npm above; a connection to the npm registry or a mirror (npm config set registry …) is needed this once. / 依赖包安装失败，请看上面 npm 的提示；首次安装需要连接 npm 源或镜像。',
    )
  }
  writeFileSync(mark, lock)
}

/** Builds the app, unless the build is newer than every source. Ends the process when that fails. */
export function ensureBuild() {
  const built = join(root, 'out/main/serve.js')
  const page = join(root, 'out/renderer/index.html')
  const sources = [
    'electron',
    'renderer',
    'shared',
    'resources',
    'package.json',
    'electron.vite.config.ts',
  ]
  const newest = Math.max(...sources.map(source => newestIn(join(root, source))))
  if (existsSync(built) && existsSync(page) && newest < Math.min(mtime(built), mtime(page))) return
  console.log('Building… / 正在构建……')
  if (
    !run(process.execPath, [
      join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
      'build',
      '--logLevel=error',
    ])
  ) {
    fail('The build failed: see above. / 构建失败，请看上面的提示。')
  }
}

/** Runs a command in the project's folder, showing what it prints; answers whether it went well. */
export function run(command, args, env = {}) {
  const isWindows = process.platform === 'win32'
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows && command === 'npm',
    env: { ...process.env, ...env },
  })
  return done.status === 0
}

/** Where a symbolic link or junction leads, be it to nothing; `null` for what is none. */
function linkTarget(path) {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  return stats?.isSymbolicLink() ? readlinkSync(path) : null
}

function newestIn(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(stats.mtimeMs, ...readdirSync(path).map(name => newestIn(join(path, name))))
}

function mtime(path) {
  return statSync(path).mtimeMs
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
