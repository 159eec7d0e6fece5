// `npm test`: installs what is missing, then runs every check and says how it went, ending
// with one line that sums all suites. `--quick` (npm run check) leaves out build and browser,
// `--crash` (npm run test:crash) runs only what proves that nothing is lost.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ensurePackages, run } from '../electron/ensure.mjs'

const root = join(import.meta.dirname, '..')
const isQuick = process.argv.includes('--quick')
const isCrash = process.argv.includes('--crash')
/** What `--crash` runs without a browser; `crash/` in a browser comes after the build. */
const CRASH_UNITS = ['tests/crash/', 'electron/faults', 'electron/journal.test', 'shared/model']
const reports = mkdtempSync(join(tmpdir(), 'codicil-reports-'))
const tally = { passed: 0, failed: 0 }
const notes = []

ensurePackages()
const bin = (name, path) => [process.execPath, [join(root, 'node_modules', name, path)]]
const biome = bin('@biomejs/biome', 'bin/biome')
const tsc = bin('typescript', 'bin/tsc')
const vitest = bin('vitest', 'vitest.mjs')
const vite = bin('electron-vite', 'bin/electron-vite.js')
const playwright = bin('@playwright/test', 'cli.js')

ensurePython()
if (!isCrash) {
  step('format and lint', biome, ['check', '--error-on-warnings', '.'])
  step('types', tsc, ['--build'])
}
const units = ['run', ...(isCrash ? CRASH_UNITS : []), '--reporter=default', '--reporter=json']
suite('unit', vitest, units, 'unit.json', vitestCounts)
if (!isQuick) {
  ensureStrace()
  const isBuilt = step('build', vite, ['build', '--logLevel=warn'])
  const chromium = ensureChromium()
  if (!isBuilt) notes.push('e2e did not run: the build failed')
  else if (!chromium) {
    notes.push(
      'E2E DID NOT RUN: no Chromium here. Install chromium and fonts-noto-cjk (Debian: apt-get install chromium fonts-noto-cjk), or set CODICIL_CHROMIUM to its path. / 未运行浏览器测试：没有找到 Chromium。',
    )
  } else {
    // Crash tests keep every core busy themselves, so they come after the journeys, one by one.
    for (const project of isCrash ? ['crash'] : ['e2e', 'crash']) {
      const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--project', project]
      // What the journeys left to be looked at stays.
      if (project === 'crash') args.push('--workers', '1', '--output', 'test-results/crash')
      const env = { CODICIL_CHROMIUM: chromium }
      suite(project, playwright, args, `${project}.json`, playwrightCounts, env)
    }
  }
  if (!existsSync(join(root, 'node_modules/electron/path.txt'))) {
    notes.push(
      'ELECTRON SMOKE TEST DID NOT RUN: no Electron runtime here (npx install-electron gets it). / 未运行 Electron 冒烟测试：没有 Electron 运行时。',
    )
  }
}

rmSync(reports, { recursive: true, force: true })
for (const note of notes) console.log(`\n! ${note}`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 ? 0 : 1)

/** One check that passes or fails as a whole. */
function step(name, [command, path], args) {
  console.log(`\n— ${name}`)
  const isGood = run(command, [...path, ...args])
  tally[isGood ? 'passed' : 'failed']++
  if (!isGood) console.log(`✗ ${name}`)
  return isGood
}

/** A runner that writes what it counted into a file. Without that file it counts as one failure. */
function suite(name, [command, path], args, file, countsOf, env = {}) {
  console.log(`\n— ${name}`)
  const output = join(reports, file)
  const isGood = run(
    command,
    [...path, ...args, ...(name === 'unit' ? [`--outputFile.json=${output}`] : [])],
    {
      ...env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: output,
    },
  )
  let counts = { passed: 0, failed: isGood ? 0 : 1 }
  try {
    counts = countsOf(JSON.parse(readFileSync(output, 'utf8')))
    if (!isGood && counts.failed === 0) counts.failed = 1
    if (isGood && counts.passed === 0) counts.failed = 1
  } catch {
    counts.failed = 1
  }
  tally.passed += counts.passed
  tally.failed += counts.failed
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`)
}

function vitestCounts(report) {
  for (const { name, status, assertionResults } of report.testResults) {
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    for (const { fullName } of failed) notes.push(`FAILED: ${relative(root, name)} › ${fullName}`)
    if (status === 'failed' && failed.length === 0) notes.push(`FAILED: ${relative(root, name)}`)
  }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}

function playwrightCounts(report) {
  const specs = specsIn(report.suites)
  const told = { flaky: 'PASSED ONLY AT THE SECOND TRY', unexpected: 'FAILED' }
  for (const [is, words] of Object.entries(told)) {
    const some = specs.filter(({ tests }) => tests.some(({ status }) => status === is))
    for (const { file, title } of some) notes.push(`${words}: ${file} › ${title}`)
  }
  return { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected }
}

function specsIn(suites = []) {
  return suites.flatMap(({ specs, suites }) => [...specs, ...specsIn(suites)])
}

/** The path of a Chromium, installed first where this is Debian and we may; `null` without one. */
function ensureChromium() {
  if (process.env.CODICIL_CHROMIUM) return process.env.CODICIL_CHROMIUM
  const found = findChromium()
  if (found && hasChineseFont()) return found
  installDebian('chromium', 'fonts-noto-cjk')
  return findChromium()
}

/** Some tests let Python read what was exported; Debian as root gets it, elsewhere those tests say so. */
function ensurePython() {
  if (spawnSync('python3', ['--version']).status === 0) return
  installDebian('python3')
  if (spawnSync('python3', ['--version']).status !== 0) {
    notes.push(
      'No python3 here: the independent judge of exported datasets cannot run. / 没有 python3，无法独立核验导出的数据集。',
    )
  }
}

/** The tests that kill at an exact write, and that count flushes, go by way of strace. */
function ensureStrace() {
  const works = () => spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']).status === 0
  if (works()) return
  if (spawnSync('strace', ['--version']).status !== 0) installDebian('strace')
  if (!works()) {
    notes.push(
      'KILLS IN MID-WRITE AND COUNTED FLUSHES DID NOT RUN: strace is not here or may not trace (Debian: apt-get install strace; in a container: --cap-add SYS_PTRACE). / 未运行写入中途终止与落盘计数的测试：没有可用的 strace。',
    )
  }
}

/** Installs packages where this is Debian and we may; elsewhere does nothing. */
function installDebian(...packages) {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return
  console.log(`Installing ${packages.join(', ')}, once… / 正在安装 ${packages.join('、')}……`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], quiet)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
}

function findChromium() {
  const names = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return names.find(path => existsSync(path)) ?? null
}

function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return listed.status !== 0 || listed.stdout.trim() !== ''
}
