// `npm run bench [name…]`: builds what is out of date, runs the benches of those names, or all,
// prints a table and writes results.json. A bench that breaks is an error, and so is a ratio over
// its limit; one over its budget only says so, since machines differ.
//
// CODICIL_OUT names another build to measure; then nothing is built. BENCH_PROFILE names a
// folder that gets a CPU profile of the page, and of the server, for each thing measured.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild, ensurePackages } from '../../electron/ensure.mjs'

const NAMES = [
  'keypress',
  'open',
  'commit',
  'cells',
  'import',
  'rebuild',
  'snapshot',
  'structure',
  'table',
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !NAMES.includes(name))
if (unknown.length > 0) {
  console.error(`No bench called ${unknown.join(', ')}. There are: ${NAMES.join(', ')}`)
  process.exit(1)
}
ensurePackages()
if (!process.env.CODICIL_OUT) ensureBuild()

// The benches are TypeScript, which Node 20 does not load itself.
const { runnerImport } = await import('vite')
const rows = []
let broken = 0
for (const name of NAMES.filter(name => wanted.length === 0 || wanted.includes(name))) {
  console.log(`— ${name}`)
  const path = join(import.meta.dirname, `${name}.bench.ts`)
  const options = { configFile: false, logLevel: 'error' }
  try {
    const { module } = await runnerImport(path, options)
    rows.push(...(await module.bench()))
  } catch (error) {
    broken++
    console.error(`✗ ${name} broke:`, error)
  }
}

mkdirSync(import.meta.dirname, { recursive: true })
writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(rows, null, 2)}\n`)
printTable()
const slower = rows.filter(({ ratio, most }) => most !== null && ratio > most)
for (const { name, ratio, most } of slower) {
  console.error(`✗ ${name.trim()}: ${ratio.toFixed(2)} x what stands beside it, not ${most} x`)
}
process.exit(broken === 0 && slower.length === 0 ? 0 : 1)

function printTable() {
  const head = ['', 'ours', 'beside', '', 'ratio', 'budget', 'runs', '']
  const lines = rows.map(({ name, ours, beside, besideName, ratio, unit, runs, budget }) => [
    name,
    `${figure(ours)} ${unit}`,
    `${figure(beside)} ${unit}`,
    besideName,
    `${ratio.toFixed(2)} x`,
    budget === null ? '' : `${figure(budget)} ${unit}`,
    String(runs),
    budget !== null && ours > budget ? 'over budget' : '',
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map(line => line[i].length)))
  for (const line of [head, ...lines]) {
    const cells = line.map((cell, i) =>
      i === 0 || i === 3 || i === 7 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
    )
    console.log(cells.join('  ').trimEnd())
  }
}

function figure(value) {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2)
}
