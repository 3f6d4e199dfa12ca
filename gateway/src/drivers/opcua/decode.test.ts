import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecode, hasOverflowed, qualityOf, type Sample, type Variant } from './decode.ts'

const seconds = (second: number) => new Date(Date.UTC(2026, 4, 1, 8, 0, second))
const good = { value: 0x0000_0000 }
const plain = { scale: 1, offset: 0 }

const scalar = (dataType: number, value: unknown): Variant => ({ dataType, arrayType: 0, value })
const decode = (sample: Partial<Sample>, scale = plain) =>
  compileDecode(scale)({ statusCode: good, sourceTimestamp: seconds(1), ...sample })
const valueOf = (variant: Variant, scale = plain) => decode({ value: variant }, scale).value

describe('values', () => {
  it.each<[string, Variant, number | string | null]>([
    ['Boolean true', scalar(1, true), 1],
    ['Boolean false', scalar(1, false), 0],
    ['SByte', scalar(2, -5), -5],
    ['Byte', scalar(3, 200), 200],
    ['Int16', scalar(4, -713), -713],
    ['UInt16', scalar(5, 65_535), 65_535],
    ['Int32', scalar(6, -2), -2],
    ['UInt32', scalar(7, 4_000_000_000), 4_000_000_000],
    ['Int64 -2', scalar(8, [0xffff_ffff, 0xffff_fffe]), -2],
    ['Int64 2^53 - 1', scalar(8, [0x1f_ffff, 0xffff_ffff]), Number.MAX_SAFE_INTEGER],
    ['UInt64 2^64 - 1', scalar(9, [0xffff_ffff, 0xffff_ffff]), 2 ** 64],
    ['Float 71.2', scalar(10, Math.fround(71.2)), 71.2],
    ['Double', scalar(11, 71.25), 71.25],
    ['String', scalar(12, '压机'), '压机'],
    ['DateTime', scalar(13, seconds(5)), '2026-05-01T08:00:05.000Z'],
    ['LocalizedText', scalar(21, { locale: 'zh', text: '运行' }), '运行'],
    ['a Double that is no number', scalar(11, NaN), null],
    ['an infinite Float', scalar(10, Infinity), null],
    ['Null', scalar(0, null), null],
    ['a String without text', scalar(12, null), null],
  ])('%s', (_, variant, value) => expect(valueOf(variant)).toBe(value))

  it.each<[string, Variant, string]>([
    ['an array', { dataType: 11, arrayType: 1, value: [1, 2] }, 'holds an array of Double, not a single value'],
    ['a matrix', { dataType: 6, arrayType: 2, value: [1] }, 'holds an array of Int32, not a single value'],
    ['a structure', scalar(22, { a: 1 }), 'holds a structure, which is no number, boolean or text'],
    ['bytes', scalar(15, Buffer.from('x')), 'holds a ByteString, which is no number, boolean or text'],
    ['a type from the future', scalar(31, 1), 'holds a type 31, which is no number, boolean or text'],
    ['a long text', scalar(12, 'x'.repeat(4_097)), 'holds a text of 4097 characters; 4096 at most are taken'],
    ['half a number', scalar(8, 3), 'holds a 64-bit integer that cannot be read'],
  ])('%s is a problem', (_, variant, fault) => {
    expect(decode({ value: variant })).toEqual({ value: null, quality: 2, tsMs: seconds(1).getTime(), fault })
  })

  it('scales numbers, exactly in tenths, and nothing else', () => {
    const scale = { scale: 0.1, offset: 10 }
    expect(valueOf(scalar(4, 3), scale)).toBe(10.3)
    expect(valueOf(scalar(8, [0, 5]), { scale: 0.001, offset: 0 })).toBe(0.005)
    expect(valueOf(scalar(1, true), scale)).toBe(1)
    expect(valueOf(scalar(12, '3'), scale)).toBe('3')
    expect(valueOf(scalar(11, 1e308), { scale: 10, offset: 0 })).toBeNull()
  })

  it('reads every 64-bit integer as the nearest number', () => {
    fc.assert(
      fc.property(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (value) => {
        const bits = BigInt.asUintN(64, value)
        const halves = [Number(bits >> 32n), Number(bits & 0xffff_ffffn)]
        expect(valueOf(scalar(8, halves))).toBe(Number(value))
        expect(valueOf(scalar(9, halves))).toBe(Number(bits))
      }),
    )
  })

  it('reads every Float as a decimal that is the same Float', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(valueOf(scalar(10, value))))).toBe(value || 0) // -0 is 0
      }),
    )
  })

  it('whatever a variant holds, it is a finite number, a text or nothing', () => {
    const variant = fc.record({ dataType: fc.nat(30), arrayType: fc.nat(2), value: fc.anything() })
    fc.assert(
      fc.property(variant, (value) => {
        const decoded = decode({ value })
        if (typeof decoded.value === 'number') expect(decoded.value).toSatisfy(Number.isFinite)
        else expect(decoded.value === null || typeof decoded.value === 'string').toBe(true)
        if (decoded.value === null) expect(decoded.quality).toBe(2)
      }),
    )
  })
})

describe('quality', () => {
  it.each([
    ['Good', 0x0000_0000, 0],
    ['Good with an overflow of the queue', 0x0000_0480, 0],
    ['UncertainLastUsableValue', 0x4090_0000, 1],
    ['BadSensorFailure', 0x808c_0000, 2],
    ['the reserved severity', 0xc000_0000, 2],
  ])('%s', (_, status, quality) => expect(qualityOf(status)).toBe(quality))

  it('an overflow of the queue is one where the status is about a value', () => {
    const statuses = [0x0000_0480, 0x8000_0483, 0x0000_0400, 0x0000_0080, 0x0000_0880]
    expect(statuses.map(hasOverflowed)).toEqual([true, true, false, false, false])
  })

  it('a bad value is kept where there is one', () => {
    const bad = { value: 0x808c_0000 }
    expect(decode({ value: scalar(11, 9.5), statusCode: bad })).toMatchObject({ value: 9.5, quality: 2 })
    expect(decode({ value: null, statusCode: bad })).toMatchObject({ value: null, quality: 2 })
  })

  it('a good value that is missing is bad', () =>
    expect(decode({ value: null })).toMatchObject({ value: null, quality: 2 }))

  it('a status that no sensor causes is a problem', () => {
    const statusCode = { value: 0x8034_0000, name: 'BadNodeIdUnknown' }
    expect(decode({ value: null, statusCode })).toMatchObject({
      quality: 2,
      fault: 'cannot be read (BadNodeIdUnknown)',
    })
  })
})

it.each<[string, Partial<Sample>, number | undefined]>([
  ["the source's", { sourceTimestamp: seconds(1), serverTimestamp: seconds(2) }, seconds(1).getTime()],
  [
    "the server's where the source has none",
    { sourceTimestamp: null, serverTimestamp: seconds(2) },
    seconds(2).getTime(),
  ],
  [
    'a clock that was never set is none',
    { sourceTimestamp: new Date(0), serverTimestamp: seconds(2) },
    seconds(2).getTime(),
  ],
  ['neither', { sourceTimestamp: null, serverTimestamp: null }, undefined],
])('time: %s', (_, times, tsMs) => expect(decode({ value: scalar(11, 1), ...times }).tsMs).toBe(tsMs))
