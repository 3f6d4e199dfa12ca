import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  multiplyCents,
  parseDecimal,
  subtractDecimals,
} from './decimal.ts'
import { grossOfNet, netOfGross, rateOn } from './tax.ts'

describe('decimals', () => {
  it.each([
    ['2.5', 25_000n, '2.5'],
    ['2.5000', 25_000n, '2.5'],
    ['0', 0n, '0'],
    ['-0.0001', -1n, '-0.0001'],
    ['110', 1_100_000n, '110'],
    ['999999999999.9999', 9_999_999_999_999_999n, '999999999999.9999'],
  ])('%s is %d ten-thousandths', (text, units, shortest) => {
    expect(parseDecimal(text)).toBe(units)
    expect(formatDecimal(units)).toBe(shortest)
  })

  it.each(['', '-', '1.', '.5', '1e3', '0.00001', '1,5', '１', 'NaN', '1234567890123', ' 1'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(RangeError)
    },
  )

  it.each([
    ['3.9', 17_000, 66_300],
    ['110', 110, 12_100],
    ['0.5', 1, 1],
    ['-0.5', 1, -1],
    ['0.4999', 1, 0],
    ['1.005', 100, 101],
    ['0.1', 3, 0],
  ])('%s × %i is %i', (quantity, cents, expected) => expect(multiplyCents(quantity, cents)).toBe(expected))

  it('refuses money that a number cannot hold', () => {
    expect(() => multiplyCents('999999999999', 1_000_000)).toThrow(/too large/)
  })

  it('adds and compares without a float', () => {
    expect(addDecimals('0.1', '0.2')).toBe('0.3')
    expect(subtractDecimals('2', '2.0001')).toBe('-0.0001')
    expect([compareDecimals('2', '10'), compareDecimals('2.50', '2.5'), compareDecimals('-1', '-2')]).toEqual([
      -1, 0, 1,
    ])
  })

  it('comes back from text unchanged', () => {
    const units = fc.bigInt({ min: -9_999_999_999_999_999n, max: 9_999_999_999_999_999n })
    fc.assert(
      fc.property(units, (value) => {
        expect(parseDecimal(formatDecimal(value))).toBe(value)
      }),
    )
  })
})

describe('tax', () => {
  it.each([
    [300_000, '0.13', 265_487],
    [185_000, '0.13', 163_717],
    [24_000, '0.13', 21_239],
    [0, '0.13', 0],
    [-300_000, '0.13', -265_487],
    [100, '0', 100],
  ])('%i with tax at %s is %i without', (gross, rate, net) => expect(netOfGross(gross, rate)).toBe(net))

  it('comes back to the same amount with tax', () => {
    const rates = fc.constantFrom('0', '0.03', '0.06', '0.09', '0.13')
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), rates, (gross, rate) => {
        expect(Math.abs(grossOfNet(netOfGross(gross, rate), rate) - gross)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each(['-0.1', '1', '13'])('refuses %s as a rate', (rate) => expect(() => netOfGross(1, rate)).toThrow(RangeError))

  it('takes the rate of the day', () => {
    const rates = [
      { key: 'goods', validFrom: '2018-05-01', rate: '0.16' },
      { key: 'goods', validFrom: '2019-04-01', rate: '0.13' },
    ]
    expect(rateOn(rates, 'goods', '2019-03-31')).toBe('0.16')
    expect(rateOn(rates, 'goods', '2019-04-01')).toBe('0.13')
    expect(() => rateOn(rates, 'goods', '2018-04-30')).toThrow(/no tax rate "goods"/)
    expect(() => rateOn(rates, 'freight', '2026-01-01')).toThrow(/"freight"/)
  })
})
