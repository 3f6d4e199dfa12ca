import type { Margin, MoneyLine, TicketMoney } from '@fettle/contracts/money'
import type { DbOrTx } from '@fettle/db/client'
import { moneyLines } from '@fettle/db/schema/money'
import { tickets } from '@fettle/db/schema/tickets'
import { formatDecimal, parseDecimal } from '@fettle/domain/costs/decimal'
import { marginOf } from '@fettle/domain/costs/margin'
import { unitKey } from '@fettle/domain/parts/units'
import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { Actor } from '../policy/actor.ts'
import { ticketScope } from '../policy/scope.ts'
import type { TicketRow } from '../tickets/ticket-rows.ts'

export async function ticketMoney(
  db: DbOrTx,
  ticket: Pick<TicketRow, 'id' | 'settlement' | 'state'>,
): Promise<TicketMoney> {
  const lines = await linesOf(db, ticket.id)
  return { lines, margin: marginOf(lines), locked: isLocked(ticket) }
}

/** Once a ticket is in a statement, its money no longer changes. */
export function isLocked({ settlement }: Pick<TicketRow, 'settlement'>): boolean {
  return settlement !== 'unsettled'
}

export async function marginOfTicket(db: DbOrTx, ticketId: string): Promise<Margin> {
  return marginOf(await linesOf(db, ticketId))
}

/**
 * Margin of the visible tickets closed since then; null where there are none. The database adds up what may be added up, each
 * line's tax rounded by itself; of tickets with claims it does so one by one, because a claim answers only for its own.
 */
export async function marginSince(db: DbOrTx, actor: Actor, since: Date): Promise<Margin | null> {
  const { side, kind, payer, netCents, amountCents, taxRate, taxIncluded, ticketId } = moneyLines
  const withTax = sql`case when ${taxIncluded} then ${amountCents} else round(${amountCents} * (1 + ${taxRate})) end`
  const claims = sql`bool_or(${side} = 'claim') over (partition by ${ticketId}, ${kind})`
  const lines = db
    .select({
      side,
      kind,
      payer,
      netCents,
      withTax: withTax.as('with_tax'),
      claimed: sql<string>`case when ${claims} then ${ticketId}::text else '' end`.as('claimed'),
    })
    .from(moneyLines)
    .innerJoin(tickets, eq(tickets.id, ticketId))
    .where(and(ticketScope(actor), gte(tickets.closedAt, since)))
    .as('lines')
  const sums = await db
    .select({
      side: lines.side,
      kind: lines.kind,
      payer: lines.payer,
      ticketId: lines.claimed,
      netCents: sql<number>`sum(${lines.netCents})::bigint`,
      amountCents: sql<number>`sum(${lines.withTax})::bigint`,
    })
    .from(lines)
    .groupBy(lines.side, lines.kind, lines.payer, lines.claimed)
  return sums.length === 0 ? null : marginOf(sums.map((line) => ({ ...line, taxRate: '0', taxIncluded: true })))
}

async function linesOf(db: DbOrTx, ticketId: string): Promise<MoneyLine[]> {
  const rows = await db
    .select()
    .from(moneyLines)
    .where(eq(moneyLines.ticketId, ticketId))
    .orderBy(asc(moneyLines.createdAt), asc(moneyLines.id))
  return rows.map((row) => ({
    ...row,
    quantity: plain(row.quantity),
    unit: unitKey(row.unit),
    taxRate: plain(row.taxRate),
    createdAt: row.createdAt.toISOString(),
  }))
}

/** `numeric` columns keep their zeros; the wire has none. */
export function plain(decimal: string): string {
  return formatDecimal(parseDecimal(decimal))
}
