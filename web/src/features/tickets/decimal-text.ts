import { formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'

const shape = /^\d{1,9}(\.\d{1,4})?$/

/** What was typed in the spelling of the wire: `２,５０ ` is 2.5. Throws RangeError on what is no decimal. */
export function normalDecimal(typed: string): string {
  return formatDecimal(parseDecimal(plain(typed)))
}

/** A number of 0 or more with at most four decimals, as the wire takes it; a comma and full-width figures count too. */
export function isDecimal(typed: string): boolean {
  return shape.test(plain(typed))
}

export function isPositiveDecimal(typed: string): boolean {
  return isDecimal(typed) && parseDecimal(plain(typed)) > 0n
}

/** Hours and kilometres are taken to the hundredth and up to here (`Measured` of the contracts). */
export const MEASURED_DECIMALS = 2
export const MEASURED_MOST = '99999.99'

/** What keeps typed hours or kilometres from being sent; null where nothing does. */
export function measuredFault(typed: string): 'wrong' | 'tooLarge' | null {
  const text = plain(typed)
  if (!/^\d+(\.\d{1,2})?$/.test(text)) return 'wrong'
  return Number(text) > Number(MEASURED_MOST) ? 'tooLarge' : null
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
