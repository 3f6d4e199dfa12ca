import { type CountUnit, countUnits } from '@fettle/contracts/parts'
import type { Text } from '@fettle/contracts/scalars'
import { compareDecimals, formatDecimal, parseDecimal } from '../costs/decimal.ts'

interface UnitWords {
  readonly zh: string
  /** One of them, and any other quantity. */
  readonly en: readonly [one: string, many: string]
}

const words = {
  piece: { zh: '个', en: ['pc', 'pcs'] },
  article: { zh: '件', en: ['pc', 'pcs'] },
  rod: { zh: '支', en: ['pc', 'pcs'] },
  strip: { zh: '条', en: ['pc', 'pcs'] },
  machine: { zh: '台', en: ['unit', 'units'] },
  set: { zh: '套', en: ['set', 'sets'] },
  pair: { zh: '副', en: ['pair', 'pairs'] },
  drum: { zh: '桶', en: ['drum', 'drums'] },
  bottle: { zh: '瓶', en: ['cylinder', 'cylinders'] },
  item: { zh: '项', en: ['item', 'items'] },
  time: { zh: '次', en: ['time', 'times'] },
  consignment: { zh: '票', en: ['consignment', 'consignments'] },
} as const satisfies Readonly<Record<CountUnit, UnitWords>>

const keys = new Map<string, CountUnit>(
  countUnits
    .flatMap((key) => [key, words[key].zh, ...words[key].en].map((word) => [word, key] as const))
    // Where several are called the same, the first is meant.
    .toReversed(),
)

/**
 * The key of a unit from its key or from its word in either language, as people type it and as older rows have it
 * (`桶`, `drums`: `drum`). What is not known, such as `kg`, stays as it is.
 */
export function unitKey(unit: string): string {
  const typed = unit.trim()
  return keys.get(typed) ?? keys.get(typed.toLowerCase()) ?? typed
}

/** What a unit is called beside this quantity (a fixed-point decimal): 3 桶, 1 drum, 0.5 drums, 2.35 kg. */
export function unitWord(unit: string, quantity: string): Text {
  const key = unitKey(unit)
  if (!isCountUnit(key)) return { zh: key, en: key }
  const { zh, en } = words[key]
  const isOne = compareDecimals(quantity, '1') === 0 || compareDecimals(quantity, '-1') === 0
  return { zh, en: en[isOne ? 0 : 1] }
}

/**
 * A quantity of a part in any language: `A2 × 3` where pieces are counted, `C3 × 2.35 L` where something is measured, whose
 * number alone would say nothing.
 */
export function timesPart(partCode: string, quantity: string, unit: string): string {
  const key = unitKey(unit)
  return `${partCode} × ${formatDecimal(parseDecimal(quantity))}${isCountUnit(key) || key === '' ? '' : ` ${key}`}`
}

function isCountUnit(key: string): key is CountUnit {
  return Object.hasOwn(words, key)
}
