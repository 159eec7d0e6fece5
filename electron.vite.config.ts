import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// Three builds: what runs outside the page (the desktop's main process and the local server),
// the bridge between the two, and the page itself.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: 'electron/main.ts',
          serve: 'electron/serve-main.ts',
          thread: 'electron/host/thread.ts',
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
    plugins: [react()],
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
