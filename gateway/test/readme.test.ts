import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkGatewayConfig } from '../src/config.ts'
import { driverKinds } from '../src/drivers/registry.ts'

const gateway = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, gateway), 'utf8')
const drivers = readdirSync(fileURLToPath(new URL('src/drivers/', gateway)), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, readme: read(`src/drivers/${name}/README.md`) }))
const samples = drivers.flatMap(({ name, readme }) =>
  [...readme.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = ''], index) => ({
    driver: name,
    sample: `${name} ${index + 1}`,
    text,
  })),
)

describe('the READMEs of the drivers', () => {
  it.each(samples)('have samples that work: $sample', ({ text }) => {
    const config = { gateway: 'GW-1', platform: { url: 'mqtt://localhost' }, sources: parse(text) as unknown }
    const secrets = new Set([...text.matchAll(/\{ env: (\w+) \}/g)].map(([, name = '']) => name))
    const env = Object.fromEntries([...secrets].map((name) => [name, 'secret']))
    expect(checkGatewayConfig(config, { env, folder: '.' }).sources).not.toHaveLength(0)
  })

  it('have a complete sample for each kind of source, and name every setting', () => {
    for (const { kind, schema } of driverKinds) {
      const own = drivers.filter(({ readme }) => readme.includes(`(\`kind: ${kind}\`)`))
      expect(own, kind).toHaveLength(1)
      const [{ name, readme } = { name: '', readme: '' }] = own
      expect(samples.filter(({ driver }) => driver === name)).not.toHaveLength(0)
      const missing = [...settingsOf(schema)].filter((setting) => !new RegExp(String.raw`\b${setting}\b`).test(readme))
      expect(missing, name).toEqual([])
      expect(read('README.md')).toContain(`(src/drivers/${name}/README.md)`)
    }
  })
})

/** Names of all properties, at any depth. */
function* settingsOf(schema: unknown): Iterable<string> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') yield* Object.keys(value as object)
    yield* settingsOf(value)
  }
}
