import { defineConfig } from 'vitest/config'

// Vitest's summary of failures counts on this, which Node 20 does not have.
Map.groupBy ??= <K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> => {
  const groups = new Map<K, T[]>()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index++)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

export default defineConfig({
  test: {
    dir: 'tests',
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['e2e/**', 'bench/**'],
    testTimeout: 30_000,
    maxWorkers: '100%',
    // Of a damaged PDF, pdf.js forgets a promise now and then; the file is answered for otherwise.
    onUnhandledError: ({ stack = '' }) => !stack.includes('/pdfjs-dist/'),
  },
})
