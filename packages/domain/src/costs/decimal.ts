/**
 * Fixed-point decimals of four fractional digits as the wire carries them: text outside, an integer of ten-thousandths
 * inside. No float ever touches a quantity, a rate or money.
 */
const scaleDigits = 4
export const decimalScale = 10_000n
const shape = /^(-?)(\d{1,12})(?:\.(\d{1,4}))?$/

/** Ten-thousandths. Throws RangeError on what is no decimal of at most four fractional digits. */
export function parseDecimal(text: string): bigint {
  const match = shape.exec(text)
  if (!match) throw new RangeError(`not a decimal with at most four fractional digits: "${text}"`)
  const [, sign, whole = '', fraction = ''] = match
  const units = BigInt(whole) * decimalScale + BigInt(fraction.padEnd(scaleDigits, '0'))
  return sign === '-' ? -units : units
}

/** The shortest text: `2.5`, not `2.5000`. */
export function formatDecimal(units: bigint): string {
  const size = units < 0n ? -units : units
  const fraction = String(size % decimalScale)
    .padStart(scaleDigits, '0')
    .replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${size / decimalScale}${fraction === '' ? '' : `.${fraction}`}`
}

export function addDecimals(...texts: readonly string[]): string {
  return formatDecimal(texts.reduce((sum, text) => sum + parseDecimal(text), 0n))
}

export function subtractDecimals(from: string, text: string): string {
  return formatDecimal(parseDecimal(from) - parseDecimal(text))
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: string, b: string): number {
  const difference = parseDecimal(a) - parseDecimal(b)
  return difference < 0n ? -1 : Number(difference > 0n)
}

/** Quantity × price in integer minor units, half a unit rounded away from zero so that a reversal cancels exactly. */
export function multiplyCents(quantity: string, cents: number): number {
  return toCents(divideRounded(parseDecimal(quantity) * BigInt(cents), decimalScale))
}

/** `numerator / denominator` to the nearest integer, halves away from zero. The denominator is positive. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (size * 2n + denominator) / (denominator * 2n)
  return numerator < 0n ? -rounded : rounded
}

/** Money leaves bigint here. Throws RangeError beyond what a number holds exactly (90 trillion yuan). */
export function toCents(units: bigint): number {
  const cents = Number(units)
  if (!Number.isSafeInteger(cents)) throw new RangeError(`an amount of ${units} minor units is too large`)
  return cents
}
