import type { MoneyKind, Payer } from '@fettle/contracts/money'
import type { TicketType } from '@fettle/contracts/ticket-life-cycle'
import { moneyTexts } from '@fettle/provisioning/demo/years/reasons'
import type { Chance } from '@fettle/provisioning/demo/years/chance'
import { coverOf } from './cover.ts'
import { hourMs } from './china-time.ts'
import type { KnownMachine } from './known-machines.ts'
import type { UsedPart } from './parts-plan.ts'
import { inOffice, type Script } from './script.ts'
import type { MoneyLine } from './story.ts'

/** The supplier's delivery whose fan motors burn out. */
export const badBatch = { partCode: 'A5', batch: '2403' } as const

const yuan = (amount: number) => Math.round(amount) * 100

interface Given {
  readonly kind: MoneyKind
  readonly description: string
  readonly unitPriceCents: number
  readonly quantity?: string
  readonly unit?: string
  readonly payer: Payer
}

const cost = ({ quantity = '1', unit = 'item', ...line }: Given): MoneyLine => ({
  side: 'cost',
  quantity,
  unit,
  taxRate: '0',
  taxIncluded: false,
  ...line,
})

const revenue = ({ quantity = '1', unit = 'item', ...line }: Given, taxRate = '0.13'): MoneyLine => ({
  side: 'revenue',
  quantity,
  unit,
  taxRate,
  taxIncluded: true,
  ...line,
})

/** An expert's half hour at the phone costs as well; only those without any contract are asked for a fee. */
export function remoteMoney(script: Script, machine: KnownMachine, doneMs: number, chance: Chance): void {
  const atMs = inOffice(doneMs + 2 * hourMs, chance.integer(10, 120))
  const { coverage } = coverOf(machine, 'repair', doneMs)
  if (coverage !== 'none' || chance.happens(0.45)) return
  const work = { kind: 'labour', description: moneyTexts.remoteWork, unit: 'h', payer: 'customer' } as const
  script.add(atMs, 'finance', { do: 'money', line: cost({ ...work, quantity: '0.5', unitPriceCents: 170_00 }) })
  const fee = { kind: 'service', description: moneyTexts.remoteFee, unit: 'time', payer: 'customer' } as const
  const unitPriceCents = yuan(chance.integer(16, 28) * 10)
  script.add(atMs, 'finance', { do: 'money', line: revenue({ ...fee, unitPriceCents }, '0.06') })
}

export interface DoneWork {
  readonly machine: KnownMachine
  readonly type: TicketType
  readonly persons: number
  readonly workHours: number
  readonly used: readonly UsedPart[]
  readonly doneMs: number
}

/** What finance adds to the lines that hours, kilometres and parts made by themselves. */
export function visitMoney(script: Script, done: DoneWork, chance: Chance): void {
  const { machine, type, persons, workHours, used, doneMs } = done
  const { labour, payer, coverage } = coverOf(machine, type, doneMs)
  const atMs = inOffice(doneMs + 3 * hourMs, chance.integer(10, 180))
  const add = (line: MoneyLine) => script.add(atMs, 'finance', { do: 'money', line })
  const bearer = labour ? payer : 'customer'

  if (persons > 1) {
    const help = { kind: 'labour', description: moneyTexts.helper, unit: 'h', quantity: workHours.toFixed(1) } as const
    add(cost({ ...help, unitPriceCents: 95_00, payer: bearer }))
    if (!labour) add(revenue({ ...help, unitPriceCents: 220_00, payer: 'customer' }))
    const description = chance.pick(moneyTexts.outsourcing[machine.family] ?? [])
    add(cost({ kind: 'outsourcing', description, unitPriceCents: yuan(chance.integer(5, 14) * 100), payer: bearer }))
  }
  if (coverage === 'maintenance' && payer === 'contract') {
    const partsCents = used.reduce((sum, { part, quantity }) => sum + part.costCents * Number(quantity), 0)
    const unitPriceCents = yuan(
      Math.round((workHours * 330 + (partsCents / 100) * 1.3) / 50) * 50 + chance.integer(6, 11) * 100,
    )
    const visit = { kind: 'service', description: moneyTexts.contractVisit, unit: 'time', payer: 'contract' } as const
    add(revenue({ ...visit, unitPriceCents }, '0.06'))
  }
  const priceCents = used.reduce((sum, { part, quantity }) => sum + part.priceCents * Number(quantity), 0)
  if (machine.customer.tier !== 'none' && bearer === 'customer' && priceCents > 0) {
    const agreed = { kind: 'discount', description: moneyTexts.agreedPrice, payer: 'customer' } as const
    const unitPriceCents = yuan((priceCents / 100) * chance.between(0.13, 0.2))
    add(revenue({ ...agreed, quantity: '-1', unitPriceCents }))
  }
  if (persons === 1 && workHours > 4 && type === 'repair' && chance.happens(0.3)) {
    const description = chance.pick(moneyTexts.outsourcing[machine.family] ?? [])
    add(cost({ kind: 'outsourcing', description, unitPriceCents: yuan(chance.integer(4, 9) * 100), payer: bearer }))
  }
  if (coverage === 'none' && chance.happens(0.09)) {
    const discount = { kind: 'discount', description: moneyTexts.goodwill, payer: 'customer' } as const
    add(revenue({ ...discount, quantity: '-1', unitPriceCents: yuan(chance.integer(6, 24) * 10) }))
  }
  for (const { part, removedBatch } of used) {
    if (!part.returnOld) continue
    add(cost({ kind: 'freight', description: moneyTexts.oldPartFreight, unitPriceCents: 25_00, payer: bearer }))
    if (part.code !== badBatch.partCode || removedBatch !== badBatch.batch) continue
    const description = moneyTexts.claim(part.code, removedBatch)
    const claim = { kind: 'part', description, unit: part.unit, unitPriceCents: part.costCents } as const
    add({ ...cost({ ...claim, payer: 'supplier' }), side: 'claim', taxRate: '0.13' })
  }
}
