// `npm start`: installs and builds what is missing, then opens the desktop program where an
// Electron runtime is installed, and otherwise the same app in the browser.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild, ensurePackages } from './ensure.mjs'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)

ensurePackages()
ensureBuild()

const runtime = runtimePath()
// These ask for the local server, so they open it even where Electron could run.
const wantsServer = args.some(arg => /^--(no-open|port|help)\b/.test(arg))
if (runtime && !wantsServer) {
  follow(spawn(runtime, [root, ...dataDirArgs()], { stdio: 'inherit' }))
} else {
  if (!runtime) {
    console.log(
      'No Electron runtime here, so the same app opens in the browser. For the desktop program: npx install-electron (behind a mirror: ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/ npx install-electron), then npm start. / ' +
        '这台电脑没有 Electron 运行时，将在浏览器中打开同样的应用。要使用桌面程序：先运行 npx install-electron（可用镜像：ELECTRON_MIRROR=https://npmmirror.com/mirrors/electron/ npx install-electron），再运行 npm start。',
    )
  }
  follow(spawn(process.execPath, [join(root, 'out/main/serve.js'), ...args], { stdio: 'inherit' }))
}

/** Where the Electron program is, or `null`. Looks only at files: loading the package would download it. */
function runtimePath() {
  const folder = join(root, 'node_modules/electron')
  const named = join(folder, 'path.txt')
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist')
  if (!existsSync(named) && !process.env.ELECTRON_OVERRIDE_DIST_PATH) return null
  const name = existsSync(named)
    ? readFileSync(named, 'utf8').trim()
    : ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
        process.platform
      ] ?? 'electron')
  const path = join(dist, name)
  return existsSync(path) ? path : null
}

function dataDirArgs() {
  const at = args.findIndex(arg => arg.startsWith('--data-dir'))
  if (at < 0) return []
  return [args[at].includes('=') ? args[at] : `--data-dir=${args[at + 1]}`]
}

/** Ends when the child ends, and passes on being asked to end. */
function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', code => process.exit(code ?? 0))
}
