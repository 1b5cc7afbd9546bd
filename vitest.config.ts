/** How the tests run: on Node, against one real PostgreSQL that the whole run shares. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'src/**/*.test.ts',
      'src/**/*.test.tsx',
      'examples/**/*.test.ts',
      'test/**/*.test.ts',
      'bench/*.test.ts',
    ],
    globalSetup: ['test/chromium.ts', 'test/postgres.ts'],
    pool: 'forks',
    // What one file imported the next need not read again.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 15_000,
    // On a busy machine what comes in a moment may take a few seconds.
    expect: { poll: { timeout: 15_000 } },
  },
})
