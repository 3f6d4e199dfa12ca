import { listAlarms } from '@fettle/contracts/alarms'
import { listTickets } from '@fettle/contracts/tickets'
import { everyPage } from '../works/every-page.ts'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { ExpectedEpisode } from './expected-episodes.ts'

/** What the platform says about one machine, in lines to be compared as a whole. Times are event times. */
export async function alarmsOf(call: PersistentCall, assetId: string): Promise<string[]> {
  const alarms = await everyPage((page) => call(listAlarms, { querystring: { ...page, assetId } }))
  return alarms
    .filter(({ ticketId }) => ticketId !== null)
    .map(({ raisedAt, clearedAt, peakLevel, peakValue, late }) =>
      alarmLine({
        raisedAt: Date.parse(raisedAt),
        clearedAt: clearedAt === null ? null : Date.parse(clearedAt),
        peakLevel,
        peakValue,
        late,
      }),
    )
    .sort()
}

export const alarmLineOf = ({ lowLowAt, ...episode }: ExpectedEpisode): string =>
  alarmLine({ ...episode, peakLevel: lowLowAt === null ? 'low' : 'low-low', late: false })

interface AlarmFacts {
  raisedAt: number
  clearedAt: number | null
  peakLevel: string
  peakValue: number
  late: boolean
}

export function alarmLine({ raisedAt, clearedAt, peakLevel, peakValue, late }: AlarmFacts): string {
  const span = `${moment(raisedAt)} – ${clearedAt === null ? 'open' : moment(clearedAt)}`
  return `${span} ${peakLevel} ${peakValue}${late ? ' late' : ''}`
}

/** Every ticket that the machine has raised, also those that are closed. */
export async function ticketsOf(call: PersistentCall, assetId: string): Promise<string[]> {
  const tickets = await everyPage((page) => call(listTickets, { querystring: { ...page, assetId } }))
  return tickets
    .map(({ occurredAt, priority, source, late }) =>
      ticketLine({ occurredMs: Date.parse(occurredAt), priority, source, late }),
    )
    .sort()
}

interface TicketFacts {
  occurredMs: number
  priority: string
  source: string
  late: boolean
}

export const ticketLine = ({ occurredMs, priority, source, late }: TicketFacts): string =>
  `${moment(occurredMs)} ${priority} ${source}${late ? ' late' : ''}`

/** To the minute, UTC. */
export const moment = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
