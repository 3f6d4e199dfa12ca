import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { project } from './planted-tree.ts'

const bin = mkdtempSync(join(tmpdir(), 'fettle-ci-'))
afterAll(() => rmSync(bin, { recursive: true }))

/** Runs .ci/run with an `npm` that does what the given shell text says, with the arguments of npm in `$*`. */
function ciRun(npm: string): { code: number | null; lines: string[] } {
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${npm}\n`)
  chmodSync(join(bin, 'npm'), 0o755)
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` }
  const { status, stdout } = spawnSync(join(project, '.ci/run'), { env, encoding: 'utf8' })
  return { code: status, lines: stdout.trim().split('\n') }
}

const allPass = `case "$*" in test) echo '12 passed, 0 failed' ;; 'run test:servers') echo '3 passed, 0 failed, 2 skipped' ;; esac`

it('ends with the sum of all test runs', () => {
  const { code, lines } = ciRun(allPass)
  expect(lines.at(-1)).toBe('15 passed, 0 failed')
  expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(5)
  expect(code).toBe(0)
})

it.each([
  ['install', `test "$*" = ci && exit 7`, 'npm ci', 7, '0 passed, 1 failed'],
  ['check', `test "$*" = 'run check' && exit 2`, 'npm run check', 2, '0 passed, 1 failed'],
  ['test', `test "$*" = test && echo '5 passed, 2 failed' && exit 1`, 'npm test', 1, '5 passed, 2 failed'],
  [
    'server test',
    `test "$*" = 'run test:servers' && echo '0 passed, 1 failed' && exit 1`,
    'npm run test:servers',
    1,
    '12 passed, 1 failed',
  ],
])('stops at a failing %s and says so last', (_, failure, step, exitCode, lastLine) => {
  const { code, lines } = ciRun(`${failure}\n${allPass}`)
  expect(lines.at(-1)).toBe(lastLine)
  expect(lines.at(-2)).toBe(`✗ ${step} failed with exit code ${exitCode}`)
  expect(code).toBe(exitCode)
})
