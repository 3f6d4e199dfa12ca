import { writeSync } from 'node:fs'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export interface TestCounts {
  passed: number
  failed: number
  skipped: number
}

/**
 * Counts the tests of a run. What failed outside a test (a file that cannot be loaded, a hook, a rejection that nobody caught)
 * counts as one failure each: a run that did not do its work must not look green.
 */
export function countTests(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestCounts {
  const counts = { passed: 0, failed: unhandled.length, skipped: 0 }
  for (const module of modules) {
    counts.failed += module.errors().length
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      if (state === 'passed') counts.passed += 1
      else if (state === 'failed') counts.failed += 1
      else counts.skipped += 1 // also a test that a failed hook kept from running
    }
  }
  return counts
}

/** `12 passed, 0 failed`, and `, 3 skipped` only when some were. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** Prints the closing line as the very last line of the process, after all that other reporters and teardowns print. */
export default class ClosingLineReporter implements Reporter {
  private line: string | undefined

  onInit(): void {
    process.once('exit', () => {
      if (this.line !== undefined) writeSync(1, `${this.line}\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts = countTests(modules, unhandled)
    this.line = closingLine(counts)
    if (counts.failed > 0) process.exitCode = 1
  }
}
