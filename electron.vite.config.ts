import { readdirSync, readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

// Three builds: what runs outside the page (the desktop's main process, the local server and the
// command line), the bridge between the two, and the page itself.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          serve: 'electron/serve-main.ts',
          thread: 'electron/host/thread.ts',
          cli: 'electron/cli.ts',
          'extract-thread': 'electron/extract-thread.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react(), pdfFiles()],
    worker: { format: 'es' },
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: 'renderer/index.html' },
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      minify: 'oxc',
    },
  },
})

/**
 * Puts what pdf.js loads while it works beside the page: its worker, and its tables of Chinese,
 * Japanese and Korean characters. `renderer/jobs/pdf-library.ts` knows them by these names.
 */
function pdfFiles(): Plugin {
  const folder = 'node_modules/pdfjs-dist'
  return {
    name: 'pdf-files',
    generateBundle() {
      const emit = (fileName: string, path: string) =>
        this.emitFile({ type: 'asset', fileName, source: readFileSync(`${folder}/${path}`) })
      emit('pdf/worker.js', 'build/pdf.worker.min.mjs')
      for (const name of readdirSync(`${folder}/cmaps`)) {
        if (name.endsWith('.bcmap')) emit(`pdf/cmaps/${name}`, `cmaps/${name}`)
      }
    },
  }
}
