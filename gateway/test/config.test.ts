import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkGatewayConfig, GatewayConfigError, loadGatewayConfig } from '../src/config.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fettle-config-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

async function load(text: string, env: Record<string, string> = {}) {
  const path = join(dir, 'gateway.yaml')
  await writeFile(path, text)
  return loadGatewayConfig(path, env)
}

/** The error's lines without its heading. */
const complaintsOf = (attempt: () => unknown): string[] => {
  try {
    attempt()
  } catch (error) {
    if (error instanceof GatewayConfigError) return error.message.split('\n').slice(1)
    throw error
  }
  return []
}

const minimal = {
  gateway: 'GW-1',
  platform: { url: 'mqtt://localhost' },
  sources: [
    {
      name: 'bus',
      kind: 'modbus-tcp',
      endpoint: { host: 'plc' },
      units: [{ unitId: 1, device: 'D', tags: [{ signal: 's', address: 0 }] }],
    },
  ],
}
const check = (input: unknown) => checkGatewayConfig(input, { env: {}, folder: dir })

describe('the gateway configuration', () => {
  it('has a complete example that is right', () => {
    const example = fileURLToPath(new URL('../examples/gateway.yaml', import.meta.url))
    const passwords = { FETTLE_GATEWAY_PASSWORD: 'a', PLANT_BROKER_PASSWORD: 'b', LINE_1_PASSWORD: 'c' }
    const config = loadGatewayConfig(example, passwords)
    expect(config.platform.password).toBe('a')
    expect(config.sources.map(({ name, kind }) => [name, kind.kind])).toEqual([
      ['compressor-hall', 'modbus-tcp'],
      ['plant-broker', 'mqtt'],
      ['line-1', 'opcua'],
    ])
    expect(config.sources[1]?.config).toMatchObject({ username: 'fettle', password: 'b' })
  })

  it('fills in what is not given', () => {
    const config = check(minimal)
    expect(config.platform).toEqual({ url: 'mqtt://localhost', timeoutMs: 10_000, ackTimeoutMs: 15_000, window: 32 })
    expect(config.spool).toEqual({ maxBytes: 1024 ** 3 })
    expect(config.sources[0]?.config).toMatchObject({
      endpoint: { host: 'plc', port: 502 },
      pollMs: 1_000,
      units: [{ tags: [{ area: 'holding', type: 'uint16', byteOrder: 'ABCD', scale: 1, offset: 0, invalid: [] }] }],
    })
  })

  it('may be JSON', async () => expect((await load(JSON.stringify(minimal))).gateway).toBe('GW-1'))

  it('lists everything that is wrong at once, with its place', () => {
    const [bus] = minimal.sources
    const complaints = complaintsOf(() =>
      check({
        gateway: 'GW 1',
        platform: { url: 'http://localhost', password: { env: 'NOT_SET' }, windw: 3 },
        spool: { maxBytes: 10 },
        sources: [
          {
            ...bus,
            pollMs: 0,
            units: [{ unitId: 1, device: 'D', tags: [{ signal: 's', address: 70_000, byteOrder: 'ABBA' }] }],
          },
          { ...bus },
          { name: 'sparkplug', kind: 'sparkplug' },
          { kind: 'mqtt' },
        ],
      }),
    )
    expect(complaints).toEqual([
      '  - platform/password: the environment variable NOT_SET is not set',
      expect.stringMatching(/ {2}- gateway: must match pattern/),
      '  - platform: does not know windw',
      expect.stringMatching(/ {2}- platform\/url: must match pattern/),
      '  - spool/maxBytes: must be >= 1048576',
      '  - sources/0/pollMs: must be >= 1',
      '  - sources/0/units/0/tags/0/address: must be <= 65535',
      '  - sources/0/units/0/tags/0/byteOrder: must be one of ABCD, BADC, CDAB, DCBA',
      '  - sources/2/kind: there is no kind sparkplug, only modbus-tcp, mqtt, opcua',
      '  - sources/3: needs name',
      '  - sources/1/name: there is another source named bus',
    ])
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'gateway'],
    ['a list', []],
    ['sources that are no list', { ...minimal, sources: { a: 1 } }],
    ['a source that is null', { ...minimal, sources: [null] }],
  ])('%s is refused with a sentence', (_, input) => expect(complaintsOf(() => check(input))).not.toEqual([]))

  it('takes secrets from the environment and from files beside it', async () => {
    await writeFile(join(dir, 'password.txt'), 'from-file\n')
    const text = `
gateway: GW-1
platform: { url: "mqtt://localhost", username: { env: GW_USER }, password: { file: password.txt } }
sources: [{ name: b, kind: mqtt, url: "mqtt://b", subscriptions: [{ topic: "{deviceKey}", payload: flat }] }]`
    const { platform } = await load(text, { GW_USER: 'from-env' })
    expect(platform).toMatchObject({ username: 'from-env', password: 'from-file' })
  })

  it('says which secret is missing, and never shows one', () => {
    const platform = { url: 'mqtt://localhost', username: { file: 'nowhere.txt' }, password: { secret: 'hunter2' } }
    const complaints = complaintsOf(() => check({ ...minimal, platform }))
    expect(complaints).toEqual([
      '  - platform/username: the file nowhere.txt cannot be read (ENOENT)',
      '  - platform/password: must be a text, { env: NAME } or { file: PATH }',
    ])
  })

  it('reports a file that is missing or no YAML', async () => {
    expect(complaintsOf(() => loadGatewayConfig(join(dir, 'nowhere.yaml'), {}))).toEqual([
      '  - cannot be read (ENOENT)',
    ])
    await expect(load('gateway: [')).rejects.toThrow(GatewayConfigError)
  })
})
