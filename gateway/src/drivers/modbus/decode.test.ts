import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDecode, lengthOf, tagTypePattern, type ByteOrder, type Encoding } from './decode.ts'

const plain: Encoding = { area: 'holding', type: 'int16', byteOrder: 'ABCD', scale: 1, offset: 0, invalid: [] }
const decode = (encoding: Partial<Encoding>, hex: string, at = 0) =>
  compileDecode({ ...plain, ...encoding })(Buffer.from(hex.replaceAll(' ', ''), 'hex'), at)

/** The registers as they come over the wire, written out by hand. */
const golden: [type: string, value: number | boolean | string, Record<ByteOrder, string>][] = [
  ['int16', -1234, { ABCD: 'FB2E', CDAB: 'FB2E', BADC: '2EFB', DCBA: '2EFB' }],
  ['uint16', 64302, { ABCD: 'FB2E', CDAB: 'FB2E', BADC: '2EFB', DCBA: '2EFB' }],
  ['int32', -123456, { ABCD: 'FFFE 1DC0', CDAB: '1DC0 FFFE', BADC: 'FEFF C01D', DCBA: 'C01D FEFF' }],
  ['uint32', 305419896, { ABCD: '1234 5678', CDAB: '5678 1234', BADC: '3412 7856', DCBA: '7856 3412' }],
  ['float32', 71.2, { ABCD: '428E 6666', CDAB: '6666 428E', BADC: '8E42 6666', DCBA: '6666 8E42' }],
  [
    'int64',
    -4328719365,
    {
      ABCD: 'FFFF FFFE FDFC FBFB',
      CDAB: 'FBFB FDFC FFFE FFFF',
      BADC: 'FFFF FEFF FCFD FBFB',
      DCBA: 'FBFB FCFD FEFF FFFF',
    },
  ],
  [
    'uint64',
    4328719365,
    {
      ABCD: '0000 0001 0203 0405',
      CDAB: '0405 0203 0001 0000',
      BADC: '0000 0100 0302 0504',
      DCBA: '0504 0302 0100 0000',
    },
  ],
  [
    'float64',
    71.2,
    {
      ABCD: '4051 CCCC CCCC CCCD',
      CDAB: 'CCCD CCCC CCCC 4051',
      BADC: '5140 CCCC CCCC CDCC',
      DCBA: 'CDCC CCCC CCCC 5140',
    },
  ],
  [
    'string(5)',
    'AC75X',
    { ABCD: '4143 3735 5800', CDAB: '4143 3735 5800', BADC: '4341 3537 0058', DCBA: '4341 3537 0058' },
  ],
  ['bit(9)', true, { ABCD: '0200', CDAB: '0200', BADC: '0002', DCBA: '0002' }],
  ['bit(1)', false, { ABCD: '0200', CDAB: '0200', BADC: '0002', DCBA: '0002' }],
  ['bool', true, { ABCD: '0001', CDAB: '0001', BADC: '0100', DCBA: '0100' }],
  ['bool', false, { ABCD: '0000', CDAB: '0000', BADC: '0000', DCBA: '0000' }],
]

describe('decode', () => {
  const cases = golden.flatMap(([type, value, orders]) =>
    Object.entries(orders).map(([order, hex]) => [type, order as ByteOrder, hex, value] as const),
  )
  it.each(cases)('%s %s %s is %s', (type, byteOrder, hex, value) => {
    expect(decode({ type, byteOrder }, hex)).toBe(value)
    expect(decode({ type, byteOrder }, `DEAD BEEF ${hex} DEAD`, 2)).toBe(value)
  })

  it.each<[string, Partial<Encoding>, string]>([
    ['a float32 NaN', { type: 'float32' }, '7FC0 0000'],
    ['a float32 infinity', { type: 'float32' }, '7F80 0000'],
    ['a float64 NaN', { type: 'float64', byteOrder: 'DCBA' }, '0000 0000 0000 F87F'],
    ['a number that says "sensor broken"', { type: 'int16', invalid: [32767] }, '7FFF'],
    ['an overflow by scaling', { type: 'float64', scale: 10 }, '7FE1 CCF3 85EB C8A0'],
    ['bytes that are no text', { type: 'string(2)' }, 'C328'],
  ])('%s is no value', (_, encoding, hex) => expect(decode(encoding, hex)).toBeNull())

  it.each<[string, Partial<Encoding>, string, number]>([
    ['tenths are exact', { scale: 0.1 }, '0003', 0.3],
    ['hundredths are exact', { scale: 0.01 }, '0389', 9.05],
    ['a scale may be any number', { scale: 2.5, offset: -100 }, '0064', 150],
    ['an offset alone', { offset: -273 }, '0111', 0],
    ['invalid is about the raw number', { scale: 0.1, invalid: [3276] }, '7FFF', 3276.7],
    ['a float32 keeps whole numbers to its limit', { type: 'float32' }, '4B7F FFFF', 16777215],
  ])('%s', (_, encoding, hex, value) => expect(decode(encoding, hex)).toBe(value))

  it('text ends at NUL and loses its padding', () => {
    expect(decode({ type: 'string(8)' }, '4143 2000 5858 5858')).toBe('AC')
    expect(decode({ type: 'string(6)' }, 'E58E 8BE6 9CBA')).toBe('压机')
  })

  it('reads single bits of a bit area, first bit lowest', () => {
    const bits = (at: number) => decode({ area: 'coil', type: 'bool' }, '0481', at)
    expect([0, 1, 2, 3, 8, 14, 15].map(bits)).toEqual([false, false, true, false, true, false, true])
  })

  it('reads back every float32 as the same float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const bytes = Buffer.alloc(4)
        bytes.writeFloatBE(value)
        const decoded = compileDecode({ ...plain, type: 'float32' })(bytes, 0)
        expect(Math.fround(decoded as number) + 0).toBe(value + 0) // the sign of zero says nothing of a machine
      }),
    )
  })

  it('any registers give a finite number or no value, of every numeric type', () => {
    const type = fc.constantFrom('int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64')
    const byteOrder = fc.constantFrom<ByteOrder>('ABCD', 'BADC', 'CDAB', 'DCBA')
    fc.assert(
      fc.property(
        type,
        byteOrder,
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.double({ noNaN: true }),
        (type, byteOrder, bytes, scale) => {
          const value = compileDecode({ ...plain, type, byteOrder, scale })(Buffer.from(bytes), 0)
          expect(value === null || Number.isFinite(value)).toBe(true)
        },
      ),
    )
  })
})

it.each([
  ['int16', 1],
  ['bool', 1],
  ['bit(15)', 1],
  ['uint32', 2],
  ['float32', 2],
  ['int64', 4],
  ['float64', 4],
  ['string(5)', 3],
  ['string(250)', 125],
])('%s occupies %i registers', (type, length) => expect(lengthOf({ area: 'holding', type })).toBe(length))

it.each(['int8', 'bit(16)', 'bit', 'string', 'string(0)', 'string(251)', 'float32 ', 'FLOAT32'])(
  'there is no type %s',
  (type) => expect(type).not.toMatch(new RegExp(tagTypePattern)),
)
