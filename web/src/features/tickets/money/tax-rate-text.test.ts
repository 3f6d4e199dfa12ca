import { expect, it } from 'vitest'
import { taxRateText } from './tax-rate-text.ts'

it.each([
  ['0.13', '13%'],
  ['0.07', '7%'],
  ['0.29', '29%'],
  ['0.065', '6.5%'],
  ['0.0325', '3.25%'],
  ['0', '0%'],
])('%s is %s', (rate, shown) => expect(taxRateText(rate)).toBe(shown))
