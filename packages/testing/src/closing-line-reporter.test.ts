import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { closingLine } from './closing-line-reporter.ts'
import { tempFolder } from './temp-folder.ts'

const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
const reporter = fileURLToPath(new URL('closing-line-reporter.ts', import.meta.url))

it.each([
  [{ passed: 12, failed: 0, skipped: 0 }, '12 passed, 0 failed'],
  [{ passed: 0, failed: 1, skipped: 2 }, '0 passed, 1 failed, 2 skipped'],
])('formats %o', (counts, line) => {
  expect(closingLine(counts)).toBe(line)
})

/** Runs vitest on test files of the given contents, as a process of its own. */
async function run(files: readonly string[]): Promise<{ lastLine: string | undefined; exitCode: number }> {
  await using folder = await tempFolder('reporter')
  await Promise.all(files.map((content, i) => writeFile(path.join(folder.path, `case-${i}.test.js`), content)))
  const args = [vitest, 'run', '--globals', '--root', folder.path, '--reporter', 'default', '--reporter', reporter]
  // What the vitest that runs us has told us would keep the other one from starting.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' }
  // Awaited here, for the folder goes at the end of this block.
  return await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder.path, env }, (error, stdout) => {
      resolve({ lastLine: stdout.trimEnd().split('\n').at(-1), exitCode: error ? Number(error.code) : 0 })
    })
  })
}

const passing = `test('passes', () => expect(1).toBe(1))`

it('is the last line of a green run', async () => {
  expect(await run([passing, passing])).toEqual({ lastLine: '2 passed, 0 failed', exitCode: 0 })
})

it('counts what fails outside a test: a file that does not load, a hook, a rejection that nobody caught', async () => {
  const files = [
    `${passing}; test('fails', () => expect(1).toBe(2)); test.skip('skipped', () => {})`,
    `import './not-there.js'; ${passing}`,
    `describe('suite', () => { beforeAll(() => { throw new Error('hook') }); ${passing} })`,
    `test('passes', async () => { void Promise.reject(new Error('nobody')); await new Promise((go) => setImmediate(go)) })`,
  ]
  expect(await run(files)).toEqual({ lastLine: '2 passed, 4 failed, 2 skipped', exitCode: 1 })
})
