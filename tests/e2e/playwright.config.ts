import { defineConfig } from '@playwright/test'

// The built app behind its own server, in a real Chromium. Each test starts both itself,
// because restarting them is what many of these tests are about.
export default defineConfig({
  testDir: '..',
  testMatch: ['e2e/**/*.spec.ts', 'crash/**/*.spec.ts'],
  outputDir: '../../test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  use: { actionTimeout: 20_000 },
  reporter: [['list'], ['json']],
})
