import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { rooms } from './import-table.mjs'
import { plantedTree, project } from './planted-tree.ts'

/** The rooms, each with the one file `src/here.ts`, and the given sources. */
function plant(sources: Record<string, string>): string {
  const here = Object.fromEntries(rooms.map(({ folder }) => [`${folder}/src/here.ts`, 'export const here = 1\n']))
  return plantedTree({ ours: [], sources: { ...here, ...sources } })
}

function check(root: string): { code: number | null; said: string } {
  const checker = join(project, 'tools/check-imports.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [checker, root], { encoding: 'utf8' })
  return { code: status, said: `${stdout}${stderr}` }
}

const importOf = (specifier: string) => `import { here } from '${specifier}'\nexport const planted = here\n`
const builtin = `import { readFileSync } from 'node:fs'\nexport const planted = readFileSync\n`

describe('the import table', () => {
  it('holds for this project', () => {
    const { code, said } = check(project)
    expect(said).toContain('no dependency violations found')
    expect(code).toBe(0)
  })

  it('allows exactly the pairs it lists', () => {
    const pairs = rooms.flatMap((from) =>
      rooms
        .filter((to) => to !== from)
        .map((to) => ({
          file: `${from.folder}/src/uses-${to.name}.ts`,
          text: importOf(relative(`${from.folder}/src`, `${to.folder}/src/here.ts`)),
          listed: from.mayImport.includes(to.name),
        })),
    )
    const { code, said } = check(plant(Object.fromEntries(pairs.map(({ file, text }) => [file, text]))))
    const refused = pairs.filter(({ file }) => said.includes(`${file} → `))
    const unlisted = pairs.filter(({ listed }) => !listed)
    expect(refused).toEqual(unlisted)
    expect(code).toBe(1)
  })

  describe('names each violation planted in one tree', () => {
    // rule, offending file, its text
    const plants = [
      ['api-may-import', 'api/src/other-service.ts', importOf('@fettle/rules/here')],
      ['gateway-may-import', 'gateway/src/relative.ts', importOf('../../packages/db/src/here.ts')],
      ['devices-sim-may-import', 'devices-sim/src/type-only.ts', `export type { here } from '@fettle/domain/here'\n`],
      ['rules-may-import', 'rules/src/at-run-time.ts', `export const planted = import('@fettle/api/here')\n`],
      ['rules-may-import', 'rules/src/as-type.ts', `export type Planted = import('@fettle/api/here').Here\n`],
      ['web-may-import', 'web/src/lazy.tsx', `export const Lazy = () => <p>{import('@fettle/db/here')}</p>\n`],
      [
        'api-may-import',
        'api/src/using.ts',
        `export async function go() {\n  await using a = await import('@fettle/rules/here')\n}\n`,
      ],
      ['gateway-tests-may-import', 'gateway/test/foreign.test.ts', importOf('@fettle/db/here')],
      ['domain-no-node', 'packages/domain/src/builtin.ts', builtin],
      ['domain-libraries', 'packages/domain/src/library.ts', `import 'pg'\n`],
      ['contracts-libraries', 'packages/contracts/src/library.ts', `import 'fastify'\n`],
      ['web-no-node', 'web/src/features/builtin.tsx', builtin],
      ['no-barrels', 'packages/bus/src/uses-barrel.ts', importOf('./barrel/index.ts')],
      ['no-cycles', 'api/src/hen.ts', importOf('./egg.ts')],
      ['no-cycles', 'api/src/egg.ts', importOf('./hen.ts')],
      ['no-test-imports', 'ingest/src/uses-test.ts', importOf('./there.test.ts')],
      ['drivers-stand-alone', 'gateway/src/drivers/modbus/neighbour.ts', importOf('../mqtt/driver.ts')],
      ['resolvable', 'api/src/nowhere.ts', importOf('@fettle/db/nowhere')],
    ] as const
    const innocent = {
      'packages/bus/src/barrel/index.ts': `export * from '../here.ts'\n`,
      'ingest/src/there.test.ts': importOf('./here.ts'),
      'gateway/src/drivers/driver.ts': importOf('../here.ts'),
      'gateway/src/drivers/mqtt/driver.ts': importOf('../driver.ts'),
    }
    let checked: ReturnType<typeof check>
    beforeAll(() => {
      checked = check(plant({ ...Object.fromEntries(plants.map(([, path, text]) => [path, text])), ...innocent }))
    })

    it.each(plants)('%s: %s', (rule, path) => {
      expect(checked.said).toContain(`error ${rule}: ${path} → `)
    })

    it('and nothing else', () => {
      expect(checked.said.match(/error [\w-]+: /g)).toHaveLength(plants.length)
      expect(checked.code).toBe(1)
    })
  })

  it('lets source use the libraries of its row and tests use anything of theirs', () => {
    const { code, said } = check(
      plant({
        'packages/contracts/src/a.ts': `import 'typebox'\n`,
        'packages/domain/src/a.test.ts': `import 'vitest'\nimport 'node:fs'\n`,
        'packages/db/test/a.test.ts': importOf('@fettle/testing/here'),
      }),
    )
    expect(said).toContain('no dependency violations found')
    expect(code).toBe(0)
  })

  it('refuses a tree in which it sees no source', () => {
    const tree = plant({})
    for (const { folder } of rooms) rmSync(join(tree, folder, 'src'), { recursive: true })
    const { code, said } = check(tree)
    expect(said).toContain('not cruised: (any source file at all)')
    expect(code).toBe(1)
  })
})
