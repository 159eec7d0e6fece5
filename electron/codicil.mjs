#!/usr/bin/env node
// What `npx codicil` runs. Plain JavaScript, so that it can say what is missing before a build.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const built = join(import.meta.dirname, '../out/main/cli.js')
if (existsSync(built)) {
  await import(pathToFileURL(built).href)
} else {
  console.error(
    'codicil has not been built yet: run npm install and npm run build here once. Nothing was changed. / ' +
      'codicil 尚未构建：请先在此运行一次 npm install 和 npm run build。没有更改任何内容。',
  )
  process.exitCode = 1
}
