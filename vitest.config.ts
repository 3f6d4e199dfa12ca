import { availableParallelism } from 'node:os'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

const conditions = ['source', ...defaultServerConditions]
const resolve = { conditions }
const ssr = { resolve: { conditions, externalConditions: conditions } }
/** Where vitest runs the global setup: without this a clone that was never built could not run a test. */
const environments = { __vitest__: { resolve: { conditions } } }

/** Most of a test file is waiting, for servers and for fsync: three even where two cores mean one by default. */
const workers = Math.max(3, availableParallelism() - 1)

export default defineConfig({
  resolve,
  ssr,
  environments,
  test: {
    // One PostgreSQL for all projects, started when the first test asks for a database.
    globalSetup: ['./packages/testing/src/global-setup.ts'],
    reporters: ['default', './packages/testing/src/closing-line-reporter.ts'],
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['**/src/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/dist/**', 'e2e/**'],
          // Beside the code stand tests of pure decisions and small pieces, which leave nothing behind: they share what they import.
          isolate: false,
          maxWorkers: workers,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['**/test/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', 'e2e/**', '**/test/**/*.servers.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: workers,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'e2e',
          include: ['e2e/src/**/*.test.ts'],
          exclude: ['**/*.servers.test.ts', '**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          // Each has a product of its own, and waits most of the time for machines to get warm.
          maxWorkers: 2,
          // After the others: what is measured in seconds there is in minutes here.
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'servers',
          include: ['**/test/**/*.servers.test.ts', 'e2e/src/**/*.servers.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
