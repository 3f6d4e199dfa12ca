import type { MoneyKind, MoneyLine, Payer } from '@fettle/contracts/money'
import type { CountUnit } from '@fettle/contracts/parts'
import type { Text } from '@fettle/contracts/scalars'
import { coversPart, type Entitlement, type PartTraits } from './coverage.ts'
import {
  addDecimals,
  compareDecimals,
  formatDecimal,
  multiplyCents,
  parseDecimal,
  subtractDecimals,
} from './decimal.ts'
import { netOfGross } from './tax.ts'

/** A money line before it is saved: without ids and without who wrote it when. */
export type MoneyLineDraft = Omit<MoneyLine, 'id' | 'ticketId' | 'movementId' | 'createdAt' | 'createdBy'>

export type LineFacts = Omit<MoneyLineDraft, 'amountCents' | 'netCents' | 'currency'>

/** Completes a line: amount is quantity × price, net takes the tax out where it is included. Throws RangeError. */
export function moneyLine(facts: LineFacts): MoneyLineDraft {
  const quantity = formatDecimal(parseDecimal(facts.quantity))
  const amountCents = multiplyCents(quantity, facts.unitPriceCents)
  const netCents = facts.taxIncluded ? netOfGross(amountCents, facts.taxRate) : amountCents
  return { ...facts, quantity, amountCents, netCents, currency: 'CNY' }
}

/** What takes a line back: the same with the quantity negated, so that both add up to nothing. */
export function reversalOf(line: MoneyLineDraft): MoneyLineDraft {
  const { side, kind, unit, unitPriceCents, taxRate, taxIncluded, payer, currency } = line
  return {
    side,
    kind,
    description: { zh: `冲销：${line.description.zh}`, en: `Reversal: ${line.description.en}` },
    quantity: formatDecimal(-parseDecimal(line.quantity)),
    unit,
    unitPriceCents,
    amountCents: 0 - line.amountCents,
    netCents: 0 - line.netCents,
    currency,
    taxRate,
    taxIncluded,
    payer,
  }
}

interface Charging {
  readonly entitlement: Entitlement
  /** Rate on what is charged, such as `0.13`. */
  readonly taxRate: string
}

export interface PartUse extends Charging {
  readonly part: PartTraits & {
    readonly code: string
    readonly name: Text
    readonly unit: string
    /** With tax. */
    readonly priceCents: number
  }
  /** What it cost us without tax when it was taken. */
  readonly unitCostCents: number
  readonly quantity: string
}

/** A part taken for a ticket: its cost, and its price unless it is covered. */
export function partLines({ part, unitCostCents, quantity, entitlement, taxRate }: PartUse): MoneyLineDraft[] {
  const covered = coversPart(entitlement, part)
  const description = { zh: `${part.code} ${part.name.zh}`, en: `${part.code} ${part.name.en}` }
  const what = { kind: 'part', description, quantity, unit: part.unit, taxRate } as const
  return [
    cost({ ...what, unitPriceCents: unitCostCents, payer: payerOf(entitlement, covered) }),
    ...(covered ? [] : [charge({ ...what, unitPriceCents: part.priceCents })]),
  ]
}

/** How a branch is paid by us; its own people cost us nothing else. */
export interface BranchRates {
  /** Per standard hour. */
  readonly hourCostCents: number
  readonly kmCostCents: number
  /** Kilometres of a journey that are not paid. */
  readonly freeKm: number
}

export interface LabourFacts extends Charging {
  readonly engineerLevel: number
  readonly rate: { readonly costCents: number; readonly priceCents: number }
  /** Null for our own engineer. */
  readonly branch: BranchRates | null
  readonly workHours: string
  readonly travelHours: string
  /** Hours that the failure mode stands for; what a branch is paid by. Null where none is known: its working hours. */
  readonly standardHours: string | null
}

/** An engineer's time: own people cost work and travel hours, a branch standard hours; working hours are charged. */
export function labourLines(facts: LabourFacts): MoneyLineDraft[] {
  const { engineerLevel, rate, branch, workHours, travelHours, standardHours, entitlement, taxRate } = facts
  const payer = payerOf(entitlement, entitlement.labour)
  const shared = { kind: 'labour', unit: 'h', payer } as const
  const costLine = branch
    ? cost({
        ...shared,
        description: { zh: '网点标准工时', en: 'Branch, standard hours' },
        quantity: standardHours ?? workHours,
        unitPriceCents: branch.hourCostCents,
        taxRate: '0',
      })
    : cost({
        ...shared,
        description: { zh: `L${engineerLevel} 工时（含路途）`, en: `L${engineerLevel} hours, travel included` },
        quantity: addDecimals(workHours, travelHours),
        unitPriceCents: rate.costCents,
        taxRate: '0',
      })
  const charged = charge({
    ...shared,
    description: { zh: `L${engineerLevel} 维修工时`, en: `L${engineerLevel} working hours` },
    quantity: workHours,
    unitPriceCents: rate.priceCents,
    taxRate,
  })
  return nonZero([costLine, ...(entitlement.labour ? [] : [charged])])
}

export interface TravelFacts extends Charging {
  /** Cost without tax and price with tax of a kilometre. */
  readonly perKm: { readonly costCents: number; readonly priceCents: number }
  readonly branch: BranchRates | null
  readonly km: string
}

/** A journey: every own kilometre costs, a branch's only beyond the free ones; all of them are charged. */
export function travelLines({ perKm, branch, km, entitlement, taxRate }: TravelFacts): MoneyLineDraft[] {
  const payer = payerOf(entitlement, entitlement.travel)
  const shared = { kind: 'travel', unit: 'km', payer } as const
  const costLine = branch
    ? cost({
        ...shared,
        description: { zh: `网点里程（${branch.freeKm} km 以上）`, en: `Branch kilometres over ${branch.freeKm}` },
        quantity: beyond(km, branch.freeKm),
        unitPriceCents: branch.kmCostCents,
        taxRate: '0',
      })
    : cost({
        ...shared,
        description: { zh: '车辆里程', en: 'Van kilometres' },
        quantity: km,
        unitPriceCents: perKm.costCents,
        taxRate: '0',
      })
  const charged = charge({
    ...shared,
    description: { zh: '交通费', en: 'Travel' },
    quantity: km,
    unitPriceCents: perKm.priceCents,
    taxRate,
  })
  return nonZero([costLine, ...(entitlement.travel ? [] : [charged])])
}

/** What a third party bills us, without tax: a subcontractor, a carrier. */
export interface BoughtIn {
  readonly kind: Extract<MoneyKind, 'outsourcing' | 'freight'>
  readonly description: Text
  readonly netCents: number
  readonly taxRate: string
  readonly payer: Payer
}

export function boughtInLine({ kind, description, netCents, taxRate, payer }: BoughtIn): MoneyLineDraft {
  const unit: CountUnit = kind === 'freight' ? 'consignment' : 'item'
  return cost({ kind, description, quantity: '1', unit, unitPriceCents: netCents, taxRate, payer })
}

export interface ClaimedPart {
  readonly partCode: string
  readonly batch: string
  /** Cost without tax of the part that had to be replaced. */
  readonly unitCostCents: number
  readonly quantity: string
  readonly unit: string
  readonly taxRate: string
}

/** A part of a supplier's defective batch: he owes us its cost; hours and travel stay with us. */
export function supplierClaimLine(claim: ClaimedPart): MoneyLineDraft {
  const { partCode, batch, unitCostCents, quantity, unit, taxRate } = claim
  return moneyLine({
    side: 'claim',
    kind: 'part',
    description: { zh: `${partCode} 批次 ${batch} 向供应商索赔`, en: `${partCode}, batch ${batch}: supplier claim` },
    quantity,
    unit,
    unitPriceCents: unitCostCents,
    taxRate,
    taxIncluded: false,
    payer: 'supplier',
  })
}

type Priced = Omit<LineFacts, 'side' | 'taxIncluded'>

function cost(line: Priced): MoneyLineDraft {
  return moneyLine({ ...line, side: 'cost', taxIncluded: false })
}

/** Only what is not covered is charged, and then to the customer, with tax. */
function charge(line: Omit<Priced, 'payer'>): MoneyLineDraft {
  return moneyLine({ ...line, side: 'revenue', taxIncluded: true, payer: 'customer' })
}

function payerOf(entitlement: Entitlement, covered: boolean): Payer {
  return covered ? entitlement.payer : 'customer'
}

function beyond(km: string, freeKm: number): string {
  const free = String(freeKm)
  return compareDecimals(km, free) > 0 ? subtractDecimals(km, free) : '0'
}

function nonZero(lines: readonly MoneyLineDraft[]): MoneyLineDraft[] {
  return lines.filter(({ quantity }) => quantity !== '0')
}
