import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTelemetry } from './json-telemetry.ts'

const arrived = 1_763_781_120_000

describe('decodeTelemetry', () => {
  it.each<[string, string, unknown[]]>([
    ['flat fields are signals at the time of arrival', '{"temp":71.2}', [['temp', arrived, 71.2, 0]]],
    [
      'types are kept',
      '{"run":true,"mode":"AUTO","n":0}',
      [
        ['run', arrived, true, 0],
        ['mode', arrived, 'AUTO', 0],
        ['n', arrived, 0, 0],
      ],
    ],
    ['the source may give its time', '{"ts":1760000000000,"values":{"temp":71.2}}', [['temp', 1760000000000, 71.2, 0]]],
    ['values without a time are of now', '{"values":{"temp":71.2}}', [['temp', arrived, 71.2, 0]]],
    ['a flat signal may be named values', '{"values":3}', [['values', arrived, 3, 0]]],
    [
      'an array keeps its order',
      '[{"ts":2,"values":{"a":1,"b":2}},{"ts":1,"values":{"a":3}}]',
      [
        ['a', 2, 1, 0],
        ['b', 2, 2, 0],
        ['a', 1, 3, 0],
      ],
    ],
    ['null is a bad reading', '{"temp":null}', [['temp', arrived, null, 2]]],
    ['float milliseconds are rounded', '{"ts":1760000000000.4,"values":{"a":1}}', [['a', 1760000000000, 1, 0]]],
    ['a nonsense time is left to validateReading', '{"ts":"now","values":{"a":1}}', [['a', 'now', 1, 0]]],
    ['a nested value is left to validateReading', '{"a":{"b":1}}', [['a', arrived, { b: 1 }, 0]]],
    ['a key cannot reach a prototype', '{"__proto__":1}', [['__proto__', arrived, 1, 0]]],
  ])('%s', (_, payload, readings) => {
    expect(decodeTelemetry(payload, arrived)).toEqual({ ok: true, readings })
    expect(decodeTelemetry(JSON.parse(payload), arrived)).toEqual({ ok: true, readings })
  })

  it.each<[string, string, string, RegExp]>([
    ['half a message', '{"temp":7', 'payload/malformed', /JSON|Expected/i],
    ['an empty message', '', 'payload/malformed', /JSON/i],
    ['a bare number', '71.2', 'payload/wrong-shape', /a number/],
    ['null', 'null', 'payload/wrong-shape', /null/],
    ['no signal at all', '{}', 'payload/wrong-shape', /no reading/],
    ['an empty array', '[]', 'payload/wrong-shape', /no reading/],
    ['a time beside flat signals', '{"ts":1760000000000,"temp":1}', 'payload/wrong-shape', /"values"/],
    ['values that are a list', '{"ts":1,"values":[1]}', 'payload/wrong-shape', /"values"/],
    [
      'an array item without its time',
      '[{"ts":1,"values":{"a":1}},{"values":{"a":1}}]',
      'payload/wrong-shape',
      /item 1/,
    ],
    ['an array of numbers', '[1]', 'payload/wrong-shape', /item 0/],
  ])('refuses %s', (_, payload, reason, detail) => {
    expect(decodeTelemetry(payload, arrived)).toEqual({ ok: false, reason, detail: expect.stringMatching(detail) })
  })

  it('refuses more readings than one message may hold', () => {
    const values = Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`s${index}`, 1]))
    expect(decodeTelemetry({ values }, arrived)).toMatchObject({ ok: false, reason: 'payload/too-many-readings' })
  })

  it('answers every text and every JSON value, and never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (payload) => void decodeTelemetry(payload, arrived)))
  })
})
