import { formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'

/** As many as the wire takes at most. */
const MOST_DECIMALS = 4
const shape = /^\d{1,9}(?:\.(\d+))?$/

/** What was typed in the spelling of the wire: `２,５０ ` is 2.5. Throws RangeError on what is no decimal. */
export function normalDecimal(typed: string): string {
  return formatDecimal(parseDecimal(plain(typed)))
}

/** A number of 0 or more with at most that many fractional digits; a comma and full-width figures count as typed. */
export function isDecimal(typed: string, decimals = MOST_DECIMALS): boolean {
  const [whole, fraction = ''] = shape.exec(plain(typed)) ?? []
  return whole !== undefined && fraction.length <= decimals
}

export function isPositiveDecimal(typed: string): boolean {
  return isDecimal(typed) && parseDecimal(plain(typed)) > 0n
}

/** Money typed in yuan (`1150`, `25.5`) as integer cents; null where it has more than two decimals or is no amount. */
export function centsOf(typed: string): number | null {
  const text = plain(typed)
  if (!/^-?\d{1,10}(\.\d{1,2})?$/.test(text)) return null
  return Number(parseDecimal(text) / 100n)
}

function plain(typed: string): string {
  return typed.normalize('NFKC').trim().replace(',', '.').replace('。', '.').replace('−', '-')
}
