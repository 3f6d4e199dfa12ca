import type { TicketEvent } from '@fettle/contracts/tickets'

export const trailFilters = ['all', 'steps', 'talk', 'machine', 'goods'] as const
export type TrailFilter = (typeof trailFilters)[number]

const filterOf: Record<TicketEvent['kind'], Exclude<TrailFilter, 'all'>> = {
  opened: 'steps',
  moved: 'steps',
  priority: 'steps',
  note: 'talk',
  alarm: 'machine',
  evidence: 'machine',
  part: 'goods',
  money: 'goods',
}

/** The trail newest first, as much of it as the filter lets through. Takes the events in their order of time. */
export function trailOf(events: readonly TicketEvent[], filter: TrailFilter): TicketEvent[] {
  return events.filter(({ kind }) => filter === 'all' || filterOf[kind] === filter).toReversed()
}
