import { listAlarms, type Alarm } from '@fettle/contracts/alarms'
import { getTicket, getTicketEvidence, listTickets } from '@fettle/contracts/tickets'
import { everyPage } from '../works/every-page.ts'
import { watchedSignals } from '../works/machine-model.ts'
import type { PersistentCall } from '../works/persistent-client.ts'
import type { Works } from '../works/works.ts'
import { expectedAlarms } from './expected-alarms.ts'
import type { Ledger } from './ledger.ts'

/** One line for each alarm episode, to be compared as a whole. */
export function alarmsThatMustBe(works: Works, ledger: Ledger): string[] {
  return works.machines
    .flatMap(({ key, signalIds }) =>
      watchedSignals.flatMap((watched) => {
        const values = ledger.valuesOf(signalIds.get(watched.key) ?? '')
        const { startMs, tickMs } = ledger
        return expectedAlarms(watched, { startMs, tickMs, values }).map(({ raisedAt, clearedAt, ...peak }) =>
          alarmLine({ assetKey: key, signalKey: watched.key, raisedAt, clearedAt, ...peak }),
        )
      }),
    )
    .sort()
}

/** Alarms that found no ticket yet are left out. */
export async function alarmsThatAre(call: PersistentCall): Promise<string[]> {
  const alarms = await everyPage((page) => call(listAlarms, { querystring: page }))
  return alarms
    .filter(({ ticketId }) => ticketId !== null)
    .map(({ raisedAt, clearedAt, ...alarm }) =>
      alarmLine({
        ...alarm,
        raisedAt: Date.parse(raisedAt),
        clearedAt: clearedAt === null ? null : Date.parse(clearedAt),
      }),
    )
    .sort()
}

interface AlarmFacts extends Pick<Alarm, 'assetKey' | 'signalKey' | 'peakLevel' | 'peakValue'> {
  readonly raisedAt: number
  readonly clearedAt: number | null
}

function alarmLine({ assetKey, signalKey, raisedAt, clearedAt, peakLevel, peakValue }: AlarmFacts): string {
  return `${assetKey} ${signalKey} ${raisedAt}–${clearedAt ?? 'open'} ${peakLevel} ${peakValue}`
}

/** What is said about one machine-raised ticket. */
export interface RaisedTicket {
  readonly about: string
  readonly alarms: number
  /** Lines of its trail: opened once, and one for every other thing that happened. */
  readonly opened: number
  readonly alarmLines: number
}

/** One ticket for each machine and failure mode, whatever its signals did. */
export function ticketsThatMustBe(works: Works, ledger: Ledger): RaisedTicket[] {
  const tickets = new Map<string, { alarms: number; changes: number }>()
  for (const { key, signalIds } of works.machines) {
    for (const watched of watchedSignals) {
      const values = ledger.valuesOf(signalIds.get(watched.key) ?? '')
      const { startMs, tickMs } = ledger
      const about = `${key} ${watched.failureModeKey}`
      for (const { changes } of expectedAlarms(watched, { startMs, tickMs, values })) {
        const known = tickets.get(about) ?? { alarms: 0, changes: 0 }
        tickets.set(about, { alarms: known.alarms + 1, changes: known.changes + changes })
      }
    }
  }
  return [...tickets]
    .map(([about, { alarms, changes }]) => ({ about, alarms, opened: 1, alarmLines: alarms - 1 + changes }))
    .sort(byAbout)
}

export async function ticketsThatAre(call: PersistentCall): Promise<RaisedTicket[]> {
  const summaries = await everyPage((page) => call(listTickets, { querystring: { ...page, source: 'alarm' } }))
  const raised: RaisedTicket[] = []
  for (const { id: ticketId, assetKey, failureModeKey } of summaries) {
    const { alarmIds, events } = await call(getTicket, { params: { ticketId } })
    raised.push({
      about: `${assetKey} ${failureModeKey}`,
      alarms: alarmIds.length,
      opened: events.filter(({ kind }) => kind === 'opened').length,
      alarmLines: events.filter(({ kind }) => kind === 'alarm').length,
    })
  }
  return raised.sort(byAbout)
}

/** How many alarms have their evidence; each has its own. */
export async function evidenceCount(call: PersistentCall): Promise<number> {
  const summaries = await everyPage((page) => call(listTickets, { querystring: { ...page, source: 'alarm' } }))
  const seen = new Set<string>()
  for (const { id: ticketId } of summaries) {
    const { items } = await call(getTicketEvidence, { params: { ticketId } })
    for (const { alarmId } of items) seen.add(alarmId)
  }
  return seen.size
}

const byAbout = (a: RaisedTicket, b: RaisedTicket) => (a.about < b.about ? -1 : a.about > b.about ? 1 : 0)
