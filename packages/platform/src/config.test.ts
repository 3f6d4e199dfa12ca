import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Type } from 'typebox'
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest'
import { ConfigError, describeConfig, loadConfig, optionalVariable, variable } from './config.ts'
import { environment, type Config } from './environment.ts'

const declarations = {
  port: variable('PORT', Type.Integer({ minimum: 1, maximum: 65_535 }), 8080, 'Where it listens'),
  ratio: variable('RATIO', Type.Number(), 0.5, 'A ratio'),
  strict: variable('STRICT', Type.Boolean(), false, 'Whether it is strict'),
  level: variable('LEVEL', Type.Enum(['low', 'high']), 'low', 'How much'),
  url: optionalVariable('URL', Type.String({ pattern: '^http://', example: 'http://host' }), 'Whom it calls'),
}

describe('loadConfig', () => {
  it('uses defaults for what is unset or empty', () => {
    const config = loadConfig(declarations, { PORT: '', LEVEL: ' ' })
    expect(config).toEqual({ port: 8080, ratio: 0.5, strict: false, level: 'low', url: undefined })
    expectTypeOf(config.port).toEqualTypeOf<number>()
    expectTypeOf(config.url).toEqualTypeOf<string | undefined>()
    expectTypeOf(config.level).toEqualTypeOf<'low' | 'high'>()
  })

  it('reads each type', () => {
    const env = { PORT: '80', RATIO: '-.25', STRICT: 'true', LEVEL: 'high', URL: 'http://a' }
    expect(loadConfig(declarations, env)).toEqual({
      port: 80,
      ratio: -0.25,
      strict: true,
      level: 'high',
      url: 'http://a',
    })
  })

  it('lists all problems in one error and shows no value', () => {
    const env = { PORT: '70000', RATIO: 'hunter2', STRICT: 'maybe', LEVEL: 'middle', URL: 'ftp://hunter2' }
    const error = failure(() => loadConfig(declarations, env))
    expect(error).toBeInstanceOf(ConfigError)
    expect((error as ConfigError).problems).toEqual([
      'PORT must be <= 65535',
      'RATIO must be number',
      'STRICT must be boolean',
      'LEVEL must be one of low, high',
      'URL must match pattern "^http://", e.g. http://host',
    ])
    for (const problem of (error as ConfigError).problems) expect((error as Error).message).toContain(problem)
    expect((error as Error).message).not.toContain('hunter2')
  })

  it.each(['80.5', '0x50', '1e3', '80 80', 'Infinity', 'NaN'])('does not take %j for an integer', (PORT) => {
    expect(failure(() => loadConfig(declarations, { PORT }))).toBeInstanceOf(ConfigError)
  })
})

describe('a value in a file', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'url')
  afterAll(() => rmSync(path.dirname(file), { recursive: true }))

  it('is read where NAME_FILE points, without the end of its line', () => {
    writeFileSync(file, 'http://host\n')
    expect(loadConfig(declarations, { URL_FILE: file }).url).toBe('http://host')
  })

  it('is a problem when it cannot be read, or when there are two values', () => {
    expect(() => loadConfig(declarations, { URL_FILE: `${file}-not-there` })).toThrow(
      'URL_FILE names a file that cannot be read (ENOENT)',
    )
    expect(() => loadConfig(declarations, { URL_FILE: file, URL: 'http://a' })).toThrow('only one of them can count')
  })
})

describe('the environment of Fettle', () => {
  it('listens on loopback and needs nothing set', () => {
    const config: Config = loadConfig(environment, {})
    expect(config).toMatchObject({
      dataDir: '.fettle',
      httpHost: '127.0.0.1',
      httpPort: 8080,
      mqttHost: '127.0.0.1',
      mqttPort: 1883,
      mqttAccounts: 'none',
      databaseUrl: undefined,
    })
  })

  it.each([
    ['DATABASE_URL', 'postgres://u:p@host/db', 'mysql://host/db'],
    ['INFLUX_URL', 'https://host:8086', 'host:8086'],
    ['NATS_URL', 'nats://a:4222,nats://b:4222', 'http://a'],
    ['MQTT_URL', 'mqtts://host:8883', 'tcp://host'],
    ['FETTLE_HTTP_PORT', '0', '-1'],
    ['FETTLE_LOG_LEVEL', 'debug', 'loud'],
  ])('%s takes %s but not %s', (name, good, bad) => {
    expect(Object.values(loadConfig(environment, { [name]: good })).map(String)).toContain(good)
    expect(failure(() => loadConfig(environment, { [name]: bad })).message).toContain(name)
  })

  it('declares each variable once', () => {
    const names = Object.values(environment).map(({ env }) => env)
    expect(new Set(names).size).toBe(names.length)
  })
})

it('describes the variables as a Markdown table', () => {
  expect(describeConfig(declarations).split('\n').slice(2)).toEqual([
    '| `PORT` | integer 1–65535 | `8080` | Where it listens |',
    '| `RATIO` | number | `0.5` | A ratio |',
    '| `STRICT` | boolean | `false` | Whether it is strict |',
    '| `LEVEL` | low, high | `low` | How much |',
    '| `URL` | string | – | Whom it calls |',
    '',
  ])
})

function failure(fn: () => unknown): Error {
  try {
    fn()
  } catch (error) {
    return error as Error
  }
  throw new Error('expected a failure')
}
