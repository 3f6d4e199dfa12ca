import { expect, it } from 'vitest'
import { decideMode, requireLoopback, type ModeFacts } from './mode.ts'

const fresh: ModeFacts = { wish: undefined, seeded: false, empty: true, embedded: true }

it.each<[string, Partial<ModeFacts>, string | RegExp]>([
  ['a new data folder becomes a demonstration', {}, 'demo'],
  ['unless somebody says no', { wish: false }, 'work'],
  ['an empty database of somebody else is left alone', { embedded: false }, 'work'],
  ['until it is asked for', { embedded: false, wish: true }, 'demo'],
  ['a demonstration stays one', { seeded: true, empty: false }, 'demo'],
  [
    'and is never turned into work, for its accounts',
    { seeded: true, empty: false, wish: false },
    /holds the demonstration/,
  ],
  ['work stays work', { empty: false }, 'work'],
  ['and is never filled with invented data', { empty: false, wish: true }, /your own data/],
])('%s', (_, facts, expected) => {
  const decide = () => decideMode({ ...fresh, ...facts })
  if (typeof expected === 'string') expect(decide()).toBe(expected)
  else expect(decide).toThrow(expected)
})

it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('takes %s for loopback', (host) => {
  expect(() => requireLoopback({ FETTLE_HTTP_HOST: host }, false)).not.toThrow()
})

it.each(['0.0.0.0', '::', '192.168.1.5', '127.evil.example'])(
  'does not offer demo accounts on %s unless told so',
  (host) => {
    const hosts = { FETTLE_MQTT_HOST: '127.0.0.1', FETTLE_HTTP_HOST: host }
    expect(() => requireLoopback(hosts, false)).toThrow(/unset FETTLE_HTTP_HOST .*--demo-public/)
    expect(() => requireLoopback(hosts, true)).not.toThrow()
  },
)
