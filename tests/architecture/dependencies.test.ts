import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MINIMUM_VERSIONS } from './minimum-versions'

// What comes in from others, held against lists that people have reviewed. Where no registry
// answers `npm audit`, this is the gate.

interface Locked {
  readonly version: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number
  packages: Record<string, Locked>
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  scripts: Record<string, string>
  overrides?: unknown
}
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ path, name: path.replace(/^.*node_modules\//, ''), ...locked }))

/** Packages whose install scripts were read and may run, each with the reason. None at present. */
const REVIEWED_SCRIPTS: Readonly<Record<string, string>> = {}

it.each(MINIMUM_VERSIONS)('has no $name older than $atLeast: $because', ({ name, atLeast }) => {
  const old = packages.filter(each => each.name === name && isOlder(each.version, atLeast))
  expect(old.map(({ path, version }) => `${path} ${version}`)).toEqual([])
})

it('would notice an old version', () => {
  const pairs: [string, string, boolean][] = [
    ['4.2.66', '4.2.67', true],
    ['4.2.67', '4.2.67', false],
    ['4.10.0', '4.9.9', false],
    ['3.99.99', '4.0.0', true],
    ['5.0.0-beta.1', '5.0.0', true],
    ['5.0.1-beta.1', '5.0.0', false],
  ]
  for (const [version, atLeast, older] of pairs) {
    expect([version, atLeast, isOlder(version, atLeast)]).toEqual([version, atLeast, older])
  }
  const names = MINIMUM_VERSIONS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  // At least these are really here, so that the list is not of strangers only.
  for (const name of ['electron', 'react', 'dexie', 'yauzl', 'vite']) {
    expect(packages.map(each => each.name)).toContain(name)
  }
})

it('runs no install script that is not on the reviewed list', () => {
  const scripted = packages.filter(({ hasInstallScript }) => hasInstallScript)
  expect(scripted.map(({ name }) => name).sort()).toEqual(Object.keys(REVIEWED_SCRIPTS).sort())
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
    expect(manifest.scripts).not.toHaveProperty(name)
  }
})

it('has a checksum for every package, and takes packages from the registry only', () => {
  expect(lock.lockfileVersion).toBe(3)
  for (const { path, version, integrity, resolved, link } of packages) {
    expect([path, link]).toEqual([path, undefined])
    // Newer versions of npm end at an entry without a version.
    expect([path, version]).toEqual([path, expect.stringMatching(/^\d+\.\d+\.\d+/)])
    // Without an address npm takes the package from the registry that is configured.
    expect([path, resolved ?? 'https://registry.npmjs.org/']).toEqual([
      path,
      expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
    ])
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-.{86}==$/)])
  }
})

it('names every direct dependency by one exact version, the one that is locked', () => {
  const direct = { ...manifest.dependencies, ...manifest.devDependencies }
  for (const [name, version] of Object.entries(direct)) {
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+$/)])
    expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version])
  }
  expect(manifest.overrides).toBeUndefined()
})

it('has a line in DECISIONS.md for every direct dependency', () => {
  const decided = dependenciesIn(readFileSync('DECISIONS.md', 'utf8'))
  const direct = { ...manifest.dependencies, ...manifest.devDependencies }
  const silent = Object.keys(direct).filter(
    name =>
      !decided.some(each =>
        each.endsWith('/*') ? name.startsWith(each.slice(0, -1)) : each === name,
      ),
  )
  expect(silent).toEqual([])
})

/** Package names in the first column of the tables, with `prosemirror-model, -state` spelled out. */
function dependenciesIn(decisions: string): string[] {
  return [...decisions.matchAll(/^\| ([^|]+)\|/gm)].flatMap(([, cell]) => {
    const names = cell!.split(',').map(name => name.trim())
    const stem = names[0]!.replace(/-[^-]*$/, '')
    return names.map(name => (name.startsWith('-') ? stem + name : name))
  })
}

/** Whether a version comes before another. One with a tail, such as `-beta`, comes before its own. */
function isOlder(version: string, atLeast: string): boolean {
  const numbers = (text: string) => text.split(/[-+]/)[0]!.split('.').map(Number)
  const [a, b] = [numbers(version), numbers(atLeast)]
  for (let i = 0; i < 3; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]!
  }
  return version.includes('-')
}
