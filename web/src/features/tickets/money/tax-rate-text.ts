import { formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'

/** A tax rate in percent without a float: `0.07` is 7%, which 0.07 × 100 is not. */
export function taxRateText(rate: string): string {
  return `${formatDecimal(parseDecimal(rate) * 100n)}%`
}
