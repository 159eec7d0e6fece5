import { defineConfig } from '@playwright/test'

// The built app behind its own server, in a real Chromium. Each test starts both itself,
// because restarting them is what many of these tests are about.
export default defineConfig({
  testDir: '..',
  // A journey that fails on a busy machine may have a second try, of which the summary tells.
  // What was lost in a crash stays lost: those have none.
  projects: [
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts', retries: 1 },
    { name: 'crash', testMatch: 'crash/**/*.spec.ts', retries: 0 },
  ],
  outputDir: '../../test-results',
  timeout: 240_000,
  expect: { timeout: 15_000 },
  // Much of a journey is waiting: for the disk, for a page to settle, for a program to end.
  workers: 2,
  use: { actionTimeout: 20_000 },
  reporter: [['list'], ['json']],
})
