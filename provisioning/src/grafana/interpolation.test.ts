import { describe, expect, it } from 'vitest'
import { interpolateInfluxql, interpolateSql, intervalOf, replaceVariables, type Situation } from './interpolation.ts'

const situation: Situation = {
  fromMs: Date.UTC(2026, 10, 22, 1),
  toMs: Date.UTC(2026, 10, 22, 7, 0, 0, 250),
  intervalMs: 30_000,
  variables: {
    machine: { value: 'a1', text: 'AC75 空压机' },
    customer: { value: ['it’s', "o'k"], text: ['甲', '乙'] },
    none: { value: [], text: [] },
  },
}

describe('variables', () => {
  it.each([
    ['${machine:raw}', 'a1'],
    ['${machine:text}', 'AC75 空压机'],
    ['${machine:sqlstring}', `'a1'`],
    ['array[${customer:sqlstring}]::text[]', `array['it’s','o''k']::text[]`],
    ['array[${none:sqlstring}]::text[]', 'array[]::text[]'],
    ['/^${machine:regex}$/', '/^a1$/'],
    ['/^${customer:regex}$/', `/^(it’s|o'k)$/`],
  ])('%s is %s', (text, expected) => expect(replaceVariables(text, situation)).toBe(expected))

  it('are what regular expressions take literally', () => {
    const variables = { key: { value: 'a.b/c(1)', text: '' } }
    expect(new RegExp(`^${replaceVariables('${key:regex}', { variables })}$`).test('a.b/c(1)')).toBe(true)
    expect(new RegExp(`^${replaceVariables('${key:regex}', { variables })}$`).test('axb/c(1)')).toBe(false)
  })

  it.each([
    ['${other:raw}', /no variable other/],
    ['${machine}', /has no format/],
    ['${machine:json}', /none of the formats/],
  ])('%s is refused', (text, reason) => expect(() => replaceVariables(text, situation)).toThrow(reason))
})

describe('SQL', () => {
  it.each([
    ['$__timeFilter(raised_at)', `raised_at BETWEEN '2026-11-22T01:00:00Z' AND '2026-11-22T07:00:00.25Z'`],
    ['$__timeFrom()::timestamptz', `'2026-11-22T01:00:00Z'::timestamptz`],
    ['$__timeTo()', `'2026-11-22T07:00:00.25Z'`],
    ['$__timeGroup(raised_at, $__interval, 0) as time', 'floor(extract(epoch from raised_at)/30)*30 as time'],
    ['$__timeGroup(raised_at, 5m) as time', 'floor(extract(epoch from raised_at)/300)*300 as time'],
  ])('%s becomes %s', (sql, expected) => expect(interpolateSql(sql, situation)).toBe(expected))

  it('does not pass over a macro that it does not know', () => {
    expect(() => interpolateSql('$__unixEpochFilter(a)', situation)).toThrow(/__unixEpochFilter/)
    expect(() => interpolateSql('$__timeGroup(a, soon)', situation)).toThrow(/no interval/)
  })
})

it('InfluxQL has its time filter and interval', () => {
  const query = `SELECT mean("value") WHERE $timeFilter GROUP BY time($__interval), $__interval_ms`
  expect(interpolateInfluxql(query, situation)).toBe(
    'SELECT mean("value") WHERE time >= 1795309200000ms and time <= 1795330800250ms GROUP BY time(30s), 30000',
  )
})

it.each([
  [6, 1_000, '1ms', 20_000],
  [24, 1_000, '5m', 300_000],
  [0.1, 1_000, '5s', 5_000],
  [24 * 365, 100, '1ms', 86_400_000],
])('the interval of %d hours in %d points, at least %s, is %d ms', (hours, points, least, expected) => {
  expect(intervalOf({ fromMs: 0, toMs: hours * 3_600_000 }, points, least)).toBe(expected)
})
