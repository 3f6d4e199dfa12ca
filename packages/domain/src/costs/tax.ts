import { decimalScale, divideRounded, parseDecimal, toCents } from './decimal.ts'

/** Without tax, from an amount that includes tax at `rate` (`0.13` for 13 %), to the nearest minor unit. */
export function netOfGross(grossCents: number, rate: string): number {
  return toCents(divideRounded(BigInt(grossCents) * decimalScale, decimalScale + checked(rate)))
}

/** With tax, from an amount without. */
export function grossOfNet(netCents: number, rate: string): number {
  return toCents(divideRounded(BigInt(netCents) * (decimalScale + checked(rate)), decimalScale))
}

function checked(rate: string): bigint {
  const units = parseDecimal(rate)
  if (units < 0n || units >= decimalScale)
    throw new RangeError(`a tax rate must be at least 0 and below 1, got ${rate}`)
  return units
}

/** A tax rate with the day from which it counts. */
export interface DatedRate {
  readonly key: string
  readonly validFrom: string
  readonly rate: string
}

/** The rate in force on a day (YYYY-MM-DD). Throws RangeError where none is. */
export function rateOn(rates: readonly DatedRate[], key: string, day: string): string {
  const inForce = rates
    .filter((rate) => rate.key === key && rate.validFrom <= day)
    .sort((a, b) => b.validFrom.localeCompare(a.validFrom))[0]
  if (!inForce) throw new RangeError(`no tax rate "${key}" is in force on ${day}`)
  return inForce.rate
}
