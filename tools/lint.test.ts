import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { plantedTree, project } from './planted-tree.ts'

const bang = `export const first = (all: string[]) => all[0]!\n`
const print = `console.log('here')\n`
const hook = `import { useState } from 'react'\nexport function Panel({ open }: { open: boolean }) {\n`

// rule, offending file, its text
const plants = [
  ['no-floating-promises', 'api/src/floating.ts', `export const go = () => {\n  Promise.resolve(1)\n}\n`],
  ['no-misused-promises', 'api/src/misused.ts', `export const go = (a: Promise<boolean>) => (a ? 1 : 2)\n`],
  ['await-thenable', 'api/src/awaited.ts', `export const go = async () => await 1\n`],
  ['no-explicit-any', 'api/src/any.ts', `export const go = (a: any) => typeof a\n`],
  ['no-non-null-assertion', 'api/src/bang.ts', bang],
  ['no-console', 'api/src/print.ts', print],
  ['no-cycle', 'api/src/hen.ts', `import { egg } from './egg.ts'\nexport const hen = () => egg\n`],
  ['no-cycle', 'api/src/egg.ts', `import { hen } from './hen.ts'\nexport const egg = () => hen\n`],
  ['max-lines', 'api/src/long.ts', '\n'.repeat(401)],
  ['no-barrel-file', 'api/src/barrel.ts', `export * from './egg.ts'\n`],
  ['consistent-type-imports', 'api/src/types.ts', `import { hen } from './hen.ts'\nexport type Hen = typeof hen\n`],
  ['eqeqeq', 'api/src/equal.ts', `export const same = (a: string, b: string) => a == b\n`],
  ['no-unused-vars', 'api/src/unused.ts', `const spare = 1\nexport const go = 2\n`],
  ['rules-of-hooks', 'web/src/hook.tsx', `${hook}  if (open) useState(1)\n  return null\n}\n`],
  ['alt-text', 'web/src/picture.tsx', `export const Picture = () => <img src="pump.png" />\n`],
  [
    'no-focused-tests',
    'api/src/a.test.ts',
    `import { expect, it } from 'vitest'\nit.only('a', () => expect(1).toBe(1))\n`,
  ],
] as const
const innocent: Record<string, string> = { 'api/test/bang.ts': bang, 'cli/src/print.ts': print }

let said: string
beforeAll(() => {
  const sources = { ...Object.fromEntries(plants.map(([, path, text]) => [path, text])), ...innocent }
  const tree = plantedTree({ ours: ['.oxlintrc.json', 'tsconfig.base.json'], sources })
  const oxlint = join(project, 'node_modules/.bin/oxlint')
  const { status, stdout } = spawnSync(oxlint, ['--format', 'unix'], { cwd: tree, encoding: 'utf8' })
  if (status !== 1) throw new Error(`oxlint found nothing: ${stdout}`)
  said = stdout
})

it.each(plants)('%s: %s', (rule, path) => {
  expect(said.split('\n').filter((line) => line.startsWith(`${path}:`) && line.includes(`(${rule})]`))).not.toEqual([])
})

it.each(Object.keys(innocent))('nothing in %s', (path) => {
  expect(said).not.toContain(path)
})
