import { listAudit } from '@fettle/contracts/audit'
import { getTicketMoney } from '@fettle/contracts/money'
import { listMovements, listStock } from '@fettle/contracts/parts'
import { getTicket, listTickets } from '@fettle/contracts/tickets'
import { everyPage } from '../works/every-page.ts'
import { prices } from '../works/organisation.ts'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { PartOfWorks } from '../works/stock.ts'
import type { Works } from '../works/works.ts'
import type { Repair } from './repair.ts'

/** What the books say about one reported ticket; lines are sorted, so that one too many or too few stands out. */
export interface TicketBooks {
  readonly title: string
  readonly state: string
  readonly notes: readonly string[]
  readonly movements: readonly string[]
  readonly money: readonly string[]
  readonly visits: number
}

export function booksThatMustBe(repairs: readonly Repair[]): TicketBooks[] {
  return repairs.map(booksOf).sort(byTitle)
}

function booksOf({ title, notes, used, workHours, travelHours, travelKm }: Repair): TicketBooks {
  const { hour, km } = prices
  return {
    title,
    state: 'closed',
    notes: [...notes].sort(),
    movements: used.map((use) => movementLine(use.movementId, use.part.code, use.quantity, use.serial)).sort(),
    money: [
      ...used.flatMap(({ part, quantity, movementId }) => [
        moneyLine('cost', 'part', quantity * part.costCents, movementId),
        moneyLine('revenue', 'part', quantity * part.priceCents, movementId),
      ]),
      moneyLine('cost', 'labour', (workHours + travelHours) * hour.costCents),
      moneyLine('revenue', 'labour', workHours * hour.priceCents),
      moneyLine('cost', 'travel', travelKm * km.costCents),
      moneyLine('revenue', 'travel', travelKm * km.priceCents),
    ].sort(),
    visits: 1,
  }
}

export async function booksThatAre(call: PersistentCall): Promise<TicketBooks[]> {
  const summaries = await everyPage((page) => call(listTickets, { querystring: { ...page, source: 'phone' } }))
  const books: TicketBooks[] = []
  for (const { id: ticketId, title, state } of summaries) {
    const { events, visits } = await call(getTicket, { params: { ticketId } })
    const movements = await everyPage((page) => call(listMovements, { querystring: { ...page, ticketId } }))
    const { lines } = await call(getTicketMoney, { params: { ticketId } })
    books.push({
      title: title.zh,
      state,
      notes: events.flatMap(({ kind, text }) => (kind === 'note' ? [text.zh] : [])).sort(),
      movements: movements
        .map((move) => movementLine(move.id, move.partCode, Number(move.quantity), move.serial))
        .sort(),
      money: lines.map((line) => moneyLine(line.side, line.kind, line.amountCents, line.movementId)).sort(),
      visits: visits.length,
    })
  }
  return books.sort(byTitle)
}

/** What must be left of each part in the store, and what is. */
export function stockThatMustBe(works: Works, repairs: readonly Repair[]): Record<string, number> {
  const used = repairs.flatMap((done) => done.used)
  return balances(
    works.parts,
    ({ id, opening }) => opening - used.reduce((sum, { part, quantity }) => sum + (part.id === id ? quantity : 0), 0),
  )
}

export async function stockThatIs(call: PersistentCall, works: Works): Promise<Record<string, number>> {
  const { items } = await call(listStock, { querystring: { locationId: works.locationId } })
  for (const { partCode, quantity, serials } of items) {
    if (serials.length > 0 && serials.length !== Number(quantity)) {
      throw new Error(`${quantity} of ${partCode} are in the books, but ${serials.length} serial numbers`)
    }
  }
  return balances(works.parts, ({ id }) => Number(items.find(({ partId }) => partId === id)?.quantity ?? 0))
}

/** How often each operation went through, as the trail tells, and whether its chain is whole. */
export async function trail(call: PersistentCall) {
  let intact = true
  const rows = await everyPage(async (page) => {
    const answer = await call(listAudit, { querystring: page })
    intact &&= answer.intact
    return answer
  })
  const done = rows.filter(({ outcome }) => outcome < 400)
  const count = (operation: string) => done.filter((row) => row.operation === operation).length
  return {
    intact,
    createTicket: count('createTicket'),
    consumePart: count('consumePart'),
    addTicketNote: count('addTicketNote'),
    submitReport: count('submitReport'),
  }
}

function balances(parts: readonly PartOfWorks[], left: (part: PartOfWorks) => number): Record<string, number> {
  return Object.fromEntries(parts.map((part) => [part.code, left(part)]))
}

function movementLine(id: string, code: string, quantity: number, serial: string | null | undefined): string {
  return `${id} ${quantity} ${code} ${serial ?? ''}`
}

function moneyLine(side: string, kind: string, amountCents: number, movementId: string | null = null): string {
  return `${side} ${kind} ${amountCents} ${movementId ?? ''}`
}

const byTitle = (a: TicketBooks, b: TicketBooks) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0)
