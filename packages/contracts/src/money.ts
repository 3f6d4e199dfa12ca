import { Type, type Static } from 'typebox'
import { literals } from './literals.ts'
import { Unit } from './parts.ts'
import { refusals, writeRefusals } from './problem.ts'
import type { RouteContract } from './route.ts'
import { Cents, Currency, Decimal, Id, Instant, TaxRate, Text } from './scalars.ts'

export const moneySides = ['cost', 'revenue', 'claim'] as const
export const moneyKinds = ['labour', 'part', 'travel', 'outsourcing', 'freight', 'service', 'discount'] as const
export type MoneyKind = (typeof moneyKinds)[number]
/** Who bears a line: the customer, a service contract, a supplier, the maker, or we ourselves. */
export const payers = ['customer', 'contract', 'supplier', 'maker', 'us'] as const
export type Payer = (typeof payers)[number]

/**
 * One line of a ticket's money. `amountCents` is quantity × unit price as agreed (with tax where `taxIncluded`);
 * `netCents` is always without tax. A `claim` is what a supplier or the maker owes us for costs we already bore.
 */
export const MoneyLine = Type.Object({
  id: Id,
  ticketId: Id,
  side: literals(moneySides),
  kind: literals(moneyKinds),
  description: Text,
  quantity: Decimal,
  unit: Unit,
  unitPriceCents: Cents,
  amountCents: Cents,
  netCents: Cents,
  currency: Currency,
  taxRate: Decimal,
  taxIncluded: Type.Boolean(),
  payer: literals(payers),
  movementId: Type.Union([Id, Type.Null()], { description: 'the stock movement that caused it' }),
  createdAt: Instant,
  createdBy: Type.String(),
})
export type MoneyLine = Static<typeof MoneyLine>

/** All sums without tax unless the name says otherwise. */
export const Margin = Type.Object({
  currency: Currency,
  revenueWithTaxCents: Cents,
  revenueCents: Cents,
  costCents: Cents,
  marginCents: Cents,
  /** Margin over revenue, 0.4937 for 49.4 %; null without revenue. */
  marginRatio: Type.Union([Type.Number(), Type.Null()]),
  costByKind: Type.Record(Type.String(), Cents),
  costByPayer: Type.Record(Type.String(), Cents),
  claimsCents: Cents,
  ownBurdenCents: Type.Integer({
    description:
      'integer minor units: costs borne by us or by a contract, less what is claimed from others for exactly those costs',
  }),
})
export type Margin = Static<typeof Margin>

export const TicketMoney = Type.Object({ lines: Type.Array(MoneyLine), margin: Margin, locked: Type.Boolean() })
export type TicketMoney = Static<typeof TicketMoney>

const tags = ['money'] as const
const params = Type.Object({ ticketId: Id })

export const getTicketMoney = {
  method: 'GET',
  url: '/api/v1/tickets/:ticketId/money',
  schema: {
    operationId: 'getTicketMoney',
    summary: 'Every cost, revenue and claim line of a ticket, and its margin',
    tags,
    params,
    response: { 200: TicketMoney, ...refusals },
  },
} as const satisfies RouteContract

export const addMoneyLine = {
  method: 'POST',
  url: '/api/v1/tickets/:ticketId/money',
  schema: {
    operationId: 'addMoneyLine',
    summary: 'Add a line by hand: outsourcing, freight, a claim, a discount',
    tags,
    params,
    body: Type.Object({
      side: literals(moneySides),
      kind: literals(moneyKinds),
      description: Type.String({ minLength: 1, maxLength: 200 }),
      quantity: Type.String({ pattern: '^-?\\d{1,5}(\\.\\d{1,4})?$', description: 'negative to take back' }),
      unit: Type.String({
        minLength: 1,
        maxLength: 20,
        description: 'as in a line; a word for one of its keys, such as 项 or items, is kept as the key',
      }),
      unitPriceCents: Type.Integer({ minimum: -1e10, maximum: 1e10, description: 'at most 100 million yuan' }),
      taxRate: TaxRate,
      taxIncluded: Type.Boolean(),
      payer: literals(payers),
    }),
    response: { 201: TicketMoney, ...writeRefusals },
  },
} as const satisfies RouteContract
