import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { plantedTree, project } from './planted-tree.ts'

const sources = {
  'api/src/main.ts': `import 'pg'\nimport { used } from '@fettle/domain/tickets/cost'\nimport './near.ts'\nconsole.log(used)\n`,
  'api/src/near.ts': `export const alone = 1\n`,
  'packages/domain/src/tickets/cost.ts': `export const used = 1\nexport const spare = 2\nexport type Spare = 3\n`,
  'packages/domain/src/tickets/cost.test.ts': `import { onlyTested } from './margin.ts'\nconsole.log(onlyTested)\n`,
  'packages/domain/src/tickets/margin.ts': `export const onlyTested = 1\n`,
  'packages/platform/test/forgotten.ts': `console.log(1)\n`,
  'web/src/main.tsx': `import { Panel } from './panel.tsx'\nconsole.log(Panel)\n`,
  'web/src/panel.tsx': `import 'react'\nexport const Panel = () => null\nexport const Unused = () => null\n`,
  'web/src/old-panel.tsx': `export const OldPanel = () => null\n`,
}

const kinds = ['dependencies', 'unlisted', 'exports', 'types', 'files', 'unresolved'] as const
type Issue = { file: string } & Record<(typeof kinds)[number], { name: string }[]>

/** Each finding as `kind file name`. */
let findings: string[]
beforeAll(() => {
  const tree = plantedTree({ ours: ['package.json', 'knip.json', 'tsconfig.base.json'], sources })
  const knip = join(project, 'node_modules/.bin/knip')
  const { status, stdout } = spawnSync(knip, ['--reporter', 'json'], { cwd: tree, encoding: 'utf8' })
  if (status !== 1) throw new Error(`knip found nothing: ${stdout}`)
  const { issues }: { issues: Issue[] } = JSON.parse(stdout)
  findings = issues.flatMap((issue) =>
    kinds.flatMap((kind) => issue[kind].map(({ name }) => `${kind} ${issue.file} ${name}`)),
  )
})

it('finds exports, types and files that nothing uses, although packages export every file', () => {
  expect(findings.filter((finding) => /^(exports|types|files|unresolved) /.test(finding)).toSorted()).toEqual([
    'exports api/src/near.ts alone',
    'exports packages/domain/src/tickets/cost.ts spare',
    'exports web/src/panel.tsx Unused',
    'files packages/platform/test/forgotten.ts packages/platform/test/forgotten.ts',
    'files web/src/old-panel.tsx web/src/old-panel.tsx',
    'types packages/domain/src/tickets/cost.ts Spare',
  ])
})

it('finds dependencies that are not listed', () => {
  expect(findings.filter((finding) => finding.startsWith('unlisted '))).toEqual(['unlisted api/src/main.ts pg'])
})

it('finds dependencies that nothing uses, and only those', () => {
  expect(findings).toContain('dependencies api/package.json fastify')
  expect(findings).not.toContain('dependencies api/package.json @fettle/domain')
  expect(findings).not.toContain('dependencies web/package.json react')
})
