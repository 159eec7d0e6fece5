import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

// The whole architecture in one table. A file belongs to the longest entry that matches it,
// and may import its own folder, the folders and files listed, and the packages listed.

const FEATURE = [
  'shared',
  'renderer/ui',
  'renderer/data',
  'renderer/session',
  'renderer/sets',
  'renderer/tables',
  'renderer/workspace',
  'renderer/jobs',
  'renderer/locale',
  'renderer/css.d.ts',
  'resources',
  'react',
  'react-aria-components',
  'lucide-react',
  'i18next',
]

const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'shared/domain': [],
  'shared/journal': ['shared/domain', 'shared/portions', 'shared/slices'],
  'shared/text': ['shared/domain'],
  'shared/search': ['shared/domain', 'pinyin-pro'],
  'shared/commands': ['shared/domain', 'shared/journal', 'shared/text', 'shared/slices'],
  'shared/formats': ['shared/domain', 'shared/journal', 'shared/text'],
  'shared/extract': [
    'shared/domain',
    'shared/text',
    'domhandler',
    'fflate',
    'htmlparser2',
    'hucre',
    'papaparse',
    'pdfjs-dist',
    'saxes',
  ],
  'shared/analysis': ['shared/domain', 'shared/text', 'shared/slices'],
  'shared/intake': ['shared/domain', 'shared/text', 'shared/extract'],
  'shared/host.ts': ['shared/domain', 'shared/journal'],
  'shared/wire.ts': [],
  'shared/portions.ts': [],
  'shared/slices.ts': [],
  'shared/carrier.ts': ['shared/host', 'shared/slices', 'shared/wire'],
  'shared/platform.d.ts': [],
  'electron/host': ['shared', 'node:*', 'valibot', 'yazl', 'yauzl'],
  electron: ['shared', 'electron/host', 'electron', 'node:*'],
  'renderer/main.tsx': ['renderer', 'shared', 'react-dom'],
  'renderer/host.ts': ['shared', 'renderer/over-http'],
  'renderer/over-http.ts': ['shared'],
  'renderer/css.d.ts': ['react'],
  'renderer/ui': ['react', 'react-aria-components', 'lucide-react', '@tanstack/react-virtual'],
  'renderer/locale': ['react-i18next', 'i18next'],
  'renderer/data': ['shared', 'dexie', 'react'],
  'renderer/session': ['shared', 'zustand', 'renderer/locale'],
  'renderer/workspace': [
    'shared',
    'renderer/data',
    'renderer/session',
    'renderer/host',
    'renderer/locale',
    'resources',
    'react',
    'i18next',
  ],
  'renderer/sets': [
    'shared',
    'renderer/ui',
    'renderer/data',
    'renderer/session',
    'renderer/workspace',
    'renderer/locale',
    'react',
    'react-aria-components',
    'lucide-react',
    'i18next',
  ],
  'renderer/tables': [
    'shared',
    'renderer/ui',
    'renderer/workspace',
    'renderer/locale',
    'react',
    'lucide-react',
  ],
  'renderer/jobs': ['shared', 'renderer/data', 'renderer/over-http'],
  'renderer/features/check': FEATURE,
  'renderer/features/projects': FEATURE,
  'renderer/features/library': FEATURE,
  'renderer/features/codebook': FEATURE,
  'renderer/features/commands': FEATURE,
  'renderer/features/copies': FEATURE,
  'renderer/features/reader': [...FEATURE, 'prosemirror-*', 'react-dom'],
  'renderer/features/coverage': [...FEATURE, '@tanstack/react-virtual'],
  'renderer/features/export': FEATURE,
  'renderer/features/history': FEATURE,
  'renderer/features/report-table': [...FEATURE, '@tanstack/react-virtual'],
  'renderer/features/snapshots': FEATURE,
  'renderer/features/values-import': FEATURE,
  'renderer/app': [
    'renderer',
    'shared',
    'react',
    'react-resizable-panels',
    'lucide-react',
    'i18next',
  ],
}

const FILES = ['shared', 'electron', 'renderer'].flatMap(root =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(path => join(root, path))
    .filter(path => /\.tsx?$/.test(path)),
)

it.each(FILES)('%s imports only what its layer may', file => {
  const layer = layerOf(file)
  expect(layer, 'every file belongs to a layer').toBeDefined()
  const allowed = [layer!, ...LAYERS[layer!]!]
  const refused = importsOf(file).filter(target => !allowed.some(rule => fits(target, rule)))
  expect(refused).toEqual([])
})

it.each(FILES.filter(file => file.startsWith('renderer/')))(
  '%s reaches into no other feature',
  file => {
    const own = featureOf(file)
    const foreign = importsOf(file).filter(target => {
      const feature = featureOf(target)
      if (feature === null || feature === own) return false
      // Only the app joins features, and only through their faces.
      return !(file.startsWith('renderer/app/') && target === `renderer/features/${feature}`)
    })
    expect(foreign).toEqual([])
  },
)

it.each(FILES)('%s is short, or says in its first comment why not', file => {
  const source = readFileSync(file, 'utf8')
  const lines = source.split('\n').length
  if (lines > 400) expect(firstCommentOf(source)).toMatch(/long|lines|one file/i)
})

it.each(FILES)('%s has neither default exports nor re-exports for convenience', file => {
  const source = readFileSync(file, 'utf8')
  expect(source).not.toMatch(/^export default/m)
  if (!file.endsWith('/index.ts')) expect(source).not.toMatch(/^export .* from /m)
})

it('has a README in every top folder, in the host, and in every feature with more than five files', () => {
  const folders = ['electron', 'electron/host', 'renderer', 'shared', 'resources', 'tests']
  const features = readdirSync('renderer/features').map(name => join('renderer/features', name))
  const large = features.filter(folder => readdirSync(folder).length > 5)
  const bare = [...folders, ...large].filter(folder => !existsSync(join(folder, 'README.md')))
  expect(bare).toEqual([])
  for (const folder of [...folders, ...large]) {
    expect(readFileSync(join(folder, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(
      41,
    )
  }
})

/** The first block of comment, or the first comment lines that stand together. */
function firstCommentOf(source: string): string {
  return /\/\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/m.exec(source)?.[0] ?? ''
}

/** Paths from the project root for our own modules, bare names for packages. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8').replace(/^\s*(\/\/|\*).*$/gm, '')
  const names = [
    ...source.matchAll(/^\s*(?:import|export)\b[^'"]*?\bfrom\s*'([^']+)'/gm),
    ...source.matchAll(/^\s*import\s*'([^']+)'/gm),
    ...source.matchAll(/\bimport\s*\(\s*'([^']+)'/g),
    ...source.matchAll(/\bimport\.meta\.glob(?:<[^>]*>)?\(\s*'([^']+)'/g),
    ...source.matchAll(/\bnew URL\(\s*'([^']+)',\s*import\.meta\.url/g),
  ].map(match => match[1]!)
  return names.map(name => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name))
}

function fits(target: string, rule: string): boolean {
  if (rule.endsWith('*')) return target.startsWith(rule.slice(0, -1))
  const folder = rule.replace(/\.tsx?$/, '')
  return target === rule || target === folder || target.startsWith(`${folder}/`)
}

function layerOf(file: string): string | undefined {
  return Object.keys(LAYERS)
    .filter(layer => file === layer || file.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0]
}

function featureOf(path: string): string | null {
  return /^renderer\/features\/([^/]+)/.exec(path)?.[1] ?? null
}
