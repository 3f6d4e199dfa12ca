import { unitWord } from '@fettle/domain/parts/units'
import { useMemo } from 'react'
import { useText } from '../i18n/use-text.ts'
import { decimal, withUnit } from './number.ts'

/** Quantities of things, fixed-point decimals with the key or symbol of their unit, in the viewer's language. */
export function useQuantity() {
  const text = useText()
  return useMemo(
    () => ({
      /** “3 drums”, “3 桶”, “2.35 kg”. */
      amount: (quantity: string, unit: string) => withUnit(decimal(quantity), text(unitWord(unit, quantity))),
      /** The word alone, as it stands beside this quantity. */
      unit: (quantity: string, unit: string) => text(unitWord(unit, quantity)),
    }),
    [text],
  )
}
