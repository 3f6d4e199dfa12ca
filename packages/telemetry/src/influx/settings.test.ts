import { ConfigError } from '@fettle/platform/config'
import { describe, expect, it } from 'vitest'
import { influxSettings, type InfluxVariables } from './settings.ts'

const variables = (some: Partial<InfluxVariables>): InfluxVariables => ({
  influxUrl: 'http://influx:8086',
  influxToken: undefined,
  influxOrg: 'fettle',
  influxBucket: 'fettle',
  ...some,
})

describe('influxSettings', () => {
  it('are none without a URL', () => {
    expect(influxSettings(variables({ influxUrl: undefined, influxToken: 'abc' }))).toBeUndefined()
  })

  it.each<[string, Partial<InfluxVariables>, object]>([
    ['1.x that is open to all', {}, { url: 'http://influx:8086', access: { kind: 'open' } }],
    [
      '1.x with an account',
      { influxUrl: 'https://me:p%40ss%3A@influx:8086/proxy/' },
      { url: 'https://influx:8086/proxy', access: { kind: 'password', username: 'me', password: 'p@ss:' } },
    ],
    [
      '2.x',
      { influxToken: 'abc==', influxOrg: '沃衡' },
      { access: { kind: 'token', token: 'abc==', org: '沃衡' }, bucket: 'fettle' },
    ],
    ['a bucket', {}, { bucket: 'fettle', database: 'fettle', retentionPolicy: 'autogen' }],
    [
      'a bucket with its policy',
      { influxBucket: 'plant/one_year' },
      { bucket: 'plant/one_year', database: 'plant', retentionPolicy: 'one_year' },
    ],
  ])('know %s', (_, given, expected) => {
    expect(influxSettings(variables(given))).toMatchObject(expected)
  })

  it.each<[string, Partial<InfluxVariables>, string[]]>([
    ['what is no URL', { influxUrl: 'influx:8086' }, ['INFLUX_URL']],
    ['another scheme', { influxUrl: 'ftp://influx' }, ['INFLUX_URL']],
    ['a query', { influxUrl: 'http://influx:8086/?db=x' }, ['INFLUX_URL']],
    ['a user without a password', { influxUrl: 'http://me@influx' }, ['INFLUX_URL']],
    ['two ways to get in', { influxUrl: 'http://me:x@influx', influxToken: 'abc' }, ['INFLUX_URL']],
    ['a token with a line break', { influxToken: 'a\nb' }, ['INFLUX_TOKEN']],
    ['a bucket with a quote', { influxBucket: `a'b` }, ['INFLUX_BUCKET']],
    ['too deep a bucket', { influxBucket: 'a/b/c' }, ['INFLUX_BUCKET']],
    ['a policy without a name', { influxBucket: 'a/' }, ['INFLUX_BUCKET']],
    ['all of it at once', { influxUrl: 'nowhere', influxToken: ' ', influxBucket: '/' }, ['URL', 'TOKEN', 'BUCKET']],
  ])('refuse %s', (_, given, names) => {
    const attempt = () => influxSettings(variables(given))
    expect(attempt).toThrow(ConfigError)
    for (const name of names) expect(attempt).toThrow(name)
  })

  it('never show a secret in an error', () => {
    const given = variables({ influxUrl: 'http://me:secret@influx?x', influxToken: 'token\u0007' })
    try {
      influxSettings(given)
      expect.unreachable()
    } catch (error) {
      expect(String(error)).not.toMatch(/secret|token\p{Cc}/u)
    }
  })
})
