import { listAlarms } from '@fettle/contracts/alarms'
import { listTickets, transitionTicket } from '@fettle/contracts/tickets'
import { eventually } from '@fettle/testing/eventually'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { ExpectedEpisode } from './expected-episodes.ts'
import { ticketLine } from './told.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/**
 * When the desk looks in: at eight in the morning (UTC, event time) after an alarm has ended. A machine whose alarms are all over
 * by then has its ticket ended, so that what comes later is a ticket of its own.
 */
export function morningsOf(episodes: readonly ExpectedEpisode[]): number[] {
  const mornings = episodes.flatMap(({ clearedAt }) => (clearedAt === null ? [] : [morningAfter(clearedAt)]))
  return [...new Set(mornings)].sort((a, b) => a - b)
}

const morningAfter = (at: number) => Math.floor((at - 8 * hourMs) / dayMs) * dayMs + dayMs + 8 * hourMs

/** The tickets that the episodes of one machine make: one each, unless the ticket of the one before is still open. */
export function expectedTickets(episodes: readonly ExpectedEpisode[]): string[] {
  const tickets: { occurredMs: number; isUrgent: boolean }[] = []
  let endsAt = -Infinity
  for (const { raisedAt, lowLowAt } of episodes) {
    if (raisedAt >= endsAt) tickets.push({ occurredMs: raisedAt, isUrgent: false })
    const ticket = tickets.at(-1)
    if (ticket && lowLowAt !== null) ticket.isUrgent = true
    endsAt = morningsOf(episodes).find((at) => at > raisedAt && isQuiet(episodes, at)) ?? Infinity
  }
  return tickets.map(({ occurredMs, isUrgent }) =>
    ticketLine({ occurredMs, priority: isUrgent ? 'urgent' : 'high', source: 'alarm', late: false }),
  )
}

const isQuiet = (episodes: readonly ExpectedEpisode[], at: number) =>
  episodes.every(({ raisedAt, clearedAt }) => raisedAt >= at || (clearedAt !== null && clearedAt < at))

/** Resolves when no ticket of a machine without an alarm is open any more. */
export async function makeRound(desk: PersistentCall, assetId: string): Promise<void> {
  const active = await desk(listAlarms, { querystring: { assetId, active: true, limit: 1 } })
  if (active.items.length > 0) return
  await eventually(
    async () => {
      const { items } = await desk(listTickets, { querystring: { assetId, open: true } })
      for (const { id: ticketId, version: expectedVersion } of items) {
        const body = { action: 'cancel' as const, reason: '温度已恢复正常', expectedVersion }
        await desk(transitionTicket, { params: { ticketId }, body }) // refused while the ticket is being written to
      }
      return items.length === 0
    },
    { what: 'the ticket to be ended' },
  )
}
