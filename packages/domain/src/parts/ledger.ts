import type { StockMovement } from '@fettle/contracts/parts'
import type { DomainErrorCode } from '@fettle/contracts/problem'
import type { Text } from '@fettle/contracts/scalars'
import { addDecimals, compareDecimals, formatDecimal, parseDecimal, subtractDecimals } from '../costs/decimal.ts'

/** One line of the append-only ledger: the quantity is positive, from and to say the direction. */
export interface Movement {
  readonly kind: StockMovement['kind']
  readonly partId: string
  /** Fixed-point decimal. */
  readonly quantity: string
  readonly fromLocationId: string | null
  readonly toLocationId: string | null
  readonly serial: string | null
}

export interface MovedPart {
  readonly code: string
  readonly modelFamily: string
  readonly serialised: boolean
}

/** What the ledger says of one part at the movement's origin, and where its serial lies. */
export interface StockFacts {
  /** On hand at the origin; ignored where nothing is taken from stock. */
  readonly onHand: string
  /** Where the serial lies: a location, null once built in, undefined where it was never seen. */
  readonly serialAt: string | null | undefined
}

export type MoveRefusal = Extract<
  DomainErrorCode,
  'request/invalid' | 'stock/insufficient' | 'stock/serial-required' | 'part/incompatible'
>

export type MoveResult =
  | { readonly ok: true; readonly changes: readonly StockChange[] }
  | { readonly ok: false; readonly code: MoveRefusal; readonly reason: Text }

/** What a movement adds to (or, negative, takes from) the balance of a location. */
export interface StockChange {
  readonly locationId: string
  readonly delta: string
}

/**
 * Whether a movement may be written, and how it changes balances. Checks the shape of its kind, the quantity, the serial
 * number and that enough is there; `assetFamily` is the machine's that it goes into or comes out of.
 */
export function move(part: MovedPart, movement: Movement, stock: StockFacts, assetFamily?: string): MoveResult {
  const { quantity, fromLocationId, toLocationId } = movement
  const refusal =
    refuseShape(movement) ??
    refuseQuantity(part, movement) ??
    refuseMachine(part, assetFamily) ??
    refuseSerial(part, movement, stock) ??
    refuseShortage(part, movement, stock)
  if (refusal) return { ok: false, ...refusal }
  return {
    ok: true,
    changes: [
      ...(fromLocationId === null
        ? []
        : [{ locationId: fromLocationId, delta: formatDecimal(-parseDecimal(quantity)) }]),
      ...(toLocationId === null ? [] : [{ locationId: toLocationId, delta: formatDecimal(parseDecimal(quantity)) }]),
    ],
  }
}

/** On hand of every part at every location that ever had some: `partId` to `locationId` to a fixed-point decimal. */
export function balances(movements: Iterable<Movement>): Map<string, Map<string, string>> {
  const sums = new Map<string, Map<string, string>>()
  for (const { partId, quantity, fromLocationId, toLocationId } of movements) {
    const part = sums.get(partId) ?? new Map<string, string>()
    sums.set(partId, part)
    if (fromLocationId !== null) {
      part.set(fromLocationId, subtractDecimals(part.get(fromLocationId) ?? '0', quantity))
    }
    if (toLocationId !== null) part.set(toLocationId, addDecimals(part.get(toLocationId) ?? '0', quantity))
  }
  return sums
}

interface Refusal {
  readonly code: MoveRefusal
  readonly reason: Text
}

/** A receipt and a return come from outside, a consumption leaves, a transfer stays, an adjustment does one of both. */
function refuseShape({ kind, fromLocationId, toLocationId }: Movement): Refusal | undefined {
  const [takes, puts] = [fromLocationId !== null, toLocationId !== null]
  const fits = {
    receipt: !takes && puts,
    return: !takes && puts,
    consume: takes && !puts,
    transfer: takes && puts && fromLocationId !== toLocationId,
    adjust: takes !== puts,
  }[kind]
  if (fits) return undefined
  return refuse('request/invalid', '库位与出入库类型不符', `The locations do not fit a movement of kind “${kind}”`)
}

function refuseQuantity({ code, serialised }: MovedPart, { quantity }: Movement): Refusal | undefined {
  if (compareDecimals(quantity, '0') <= 0) {
    return refuse('request/invalid', '数量必须大于零', 'The quantity must be greater than zero')
  }
  if (serialised && compareDecimals(quantity, '1') !== 0) {
    return refuse(
      'request/invalid',
      `${code} 按序列号管理，每次只能登记一件`,
      `${code} has serial numbers; one movement is of one piece`,
    )
  }
  return undefined
}

function refuseMachine({ code, modelFamily }: MovedPart, assetFamily: string | undefined): Refusal | undefined {
  if (assetFamily === undefined || assetFamily === modelFamily) return undefined
  return refuse(
    'part/incompatible',
    `${code} 是 ${modelFamily} 类备件，不适用于 ${assetFamily} 设备`,
    `${code} is a part for ${modelFamily}, not for ${assetFamily}`,
  )
}

function refuseSerial(
  { code, serialised }: MovedPart,
  { kind, serial, fromLocationId }: Movement,
  { serialAt }: StockFacts,
): Refusal | undefined {
  if (!serialised) {
    if (serial === null) return undefined
    return refuse('request/invalid', `${code} 不按序列号管理`, `${code} has no serial numbers`)
  }
  if (serial === null)
    return refuse('stock/serial-required', `${code} 必须填写序列号`, `${code} needs its serial number`)
  if (fromLocationId !== null && serialAt !== fromLocationId) {
    return refuse('stock/insufficient', `序列号 ${serial} 不在该库位`, `Serial ${serial} is not at this location`)
  }
  const isAlreadyHere = fromLocationId === null && typeof serialAt === 'string'
  const isKnownReceipt = kind === 'receipt' && serialAt !== undefined
  if (isAlreadyHere || isKnownReceipt) {
    return refuse('request/invalid', `序列号 ${serial} 已登记过`, `Serial ${serial} is already recorded`)
  }
  return undefined
}

function refuseShortage({ code }: MovedPart, movement: Movement, { onHand }: StockFacts): Refusal | undefined {
  if (movement.fromLocationId === null || compareDecimals(onHand, movement.quantity) >= 0) return undefined
  const [have, need] = [formatDecimal(parseDecimal(onHand)), formatDecimal(parseDecimal(movement.quantity))]
  return refuse(
    'stock/insufficient',
    `${code} 库存不足：现有 ${have}，需要 ${need}`,
    `Not enough ${code}: ${have} on hand, ${need} needed`,
  )
}

function refuse(code: MoveRefusal, zh: string, en: string): Refusal {
  return { code, reason: { zh, en } }
}
