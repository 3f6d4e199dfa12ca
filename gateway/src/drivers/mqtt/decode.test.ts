import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MqttSubscription } from './config.ts'
import { compilePayload } from './decode.ts'
import { compilePointer } from './json-pointer.ts'
import { compileTopic } from './topic.ts'

const arrived = 1_763_781_120_000
type Form = Pick<MqttSubscription, 'payload' | 'signals' | 'time'>

const decode = (form: Form, payload: unknown) => {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  const { readings, fault } = compilePayload(form)(text, 'D', arrived)
  return { readings: readings.map(([, ...rest]) => rest), fault }
}

const flat: Form = { payload: 'flat' }
const timed: Form = { payload: 'flat', time: { at: 'ts', unit: 's' } }
const mapped: Form = { payload: 'mapped', signals: { t: '/a/t', p: 'p' } }

describe('a payload', () => {
  it.each<[string, Form, unknown, unknown[]]>([
    ['flat takes numbers only', flat, { t: 1, mode: 'AUTO', on: true, nested: { x: 1 } }, [['t', arrived, 1, 0]]],
    [
      'flat may be an array',
      flat,
      [{ t: 1 }, { t: 2 }],
      [
        ['t', arrived, 1, 0],
        ['t', arrived, 2, 0],
      ],
    ],
    ['the time is no signal', timed, { ts: 1760000000, t: 1 }, [['t', 1760000000000, 1, 0]]],
    ['mapped leaves out what is not there', mapped, { p: 5 }, [['p', arrived, 5, 0]]],
    [
      'mapped takes texts and booleans',
      mapped,
      { a: { t: 'RUN' }, p: false },
      [
        ['t', arrived, 'RUN', 0],
        ['p', arrived, false, 0],
      ],
    ],
    ['null is a bad reading', mapped, { p: null }, [['p', arrived, null, 2]]],
  ])('%s', (_, form, payload, readings) => expect(decode(form, payload)).toEqual({ readings, fault: undefined }))

  it.each<[string, Form, unknown, unknown[], RegExp]>([
    ['no JSON', flat, '{', [], /no JSON/],
    ['no object', flat, '[1,{"t":2}]', [['t', arrived, 2, 0]], /expected an object, got 1/],
    [
      'a missing time is that of arrival, uncertain',
      timed,
      { t: 1 },
      [['t', arrived, 1, 1]],
      /no time \(s\) at ts: nothing there/,
    ],
    ['a nonsense time too', timed, { ts: 'noon', t: 1 }, [['t', arrived, 1, 1]], /"noon"/],
    ['a value that is an object', mapped, { a: { t: {} }, p: 1 }, [['p', arrived, 1, 0]], /t: value\/wrong-type/],
    ['a number beyond all numbers', flat, '{"t":1e999,"u":1}', [['u', arrived, 1, 0]], /t: value\/not-a-number/],
    ['a novel', mapped, { p: 'x'.repeat(5_000) }, [], /p: longer than 4096/],
  ])('%s is complained about', (_, form, payload, readings, fault) => {
    expect(decode(form, payload)).toEqual({ readings, fault: expect.stringMatching(fault) })
  })

  it.each<[NonNullable<Form['time']>['unit'], unknown]>([
    ['s', 1760000000.123],
    ['ms', 1760000000123],
    ['us', 1760000000123000],
    ['ns', '1760000000123000000'],
    ['iso', '2025-10-09T08:53:20.123Z'],
  ])('knows times in %s', (unit, at) => {
    expect(decode({ payload: 'flat', time: { at: '/at', unit } }, { at, t: 1 }).readings).toEqual([
      ['t', 1760000000123, 1, 0],
    ])
  })

  it('of any kind is answered, never thrown at', () => {
    const form = fc.constantFrom(flat, timed, mapped, { payload: 'fettle' } as Form)
    fc.assert(fc.property(form, fc.oneof(fc.string(), fc.json()), (form, text) => void decode(form, text)))
  })
})

describe('a pointer', () => {
  const document = { a: { 'b/c': [10, { '~': 1 }] }, '/x': 2 }
  it.each<[string, unknown]>([
    ['/a/b~1c/0', 10],
    ['/a/b~1c/1/~0', 1],
    ['a', document.a],
    ['/a/b~1c/2', undefined],
    ['/a/constructor', undefined],
    ['toString', undefined],
  ])('%s', (text, value) => expect(compilePointer(text)(document)).toEqual(value))
})

describe('a topic', () => {
  it.each<[pattern: string, topic: string, match: object | undefined]>([
    ['a/{deviceKey}/t', 'a/D1/t', { deviceKey: 'D1' }],
    ['a/{deviceKey}/t', 'a/D1/x', undefined],
    ['a/{deviceKey}/t', 'a/D1/t/x', undefined],
    ['a/+/t', 'a/anything/t', {}],
    ['a/#', 'a/b/c', {}],
    ['a/#', 'a', {}],
    ['{deviceKey}/#', 'D1/x/y', { deviceKey: 'D1' }],
    ['a/#', 'b', undefined],
  ])('%s and %s', (pattern, topic, match) => {
    const compiled = compileTopic(pattern)
    expect(compiled.ok && compiled.match(topic)).toEqual(match)
  })
})
