import type { Priority, TicketSource, TicketState, TicketType } from '@fettle/contracts/ticket-life-cycle'
import { compact } from '../../../app/search-params.ts'
import { isFinished } from '../phases.ts'

/** What the address of the pool can say. */
export interface TicketSearch {
  readonly q?: string | undefined
  readonly open?: boolean | undefined
  readonly all?: boolean | undefined
  readonly state?: TicketState | undefined
  readonly source?: TicketSource | undefined
  readonly priority?: Priority | undefined
  readonly type?: TicketType | undefined
  readonly assetId?: string | undefined
  readonly customerId?: string | undefined
  readonly engineerId?: string | undefined
  readonly assigned?: boolean | undefined
  readonly overdue?: boolean | undefined
  readonly sort?: 'createdAt' | '-createdAt' | 'number' | '-number' | undefined
  readonly create?: boolean | undefined
}

/** Open tickets first of all; a state that is asked for says itself whether it is an open one. */
export function rangeOf({ all, open, state }: TicketSearch): 'open' | 'done' | 'all' {
  if (all) return 'all'
  return (open ?? !(state && isFinished(state))) ? 'open' : 'done'
}

/** What the list asks for. */
export function ticketQuery(search: TicketSearch) {
  const { create: _, all: __, open: ___, ...filters } = search
  const range = rangeOf(search)
  return compact(range === 'all' ? filters : { ...filters, open: range === 'open' })
}

/** Beyond the range, which is no filter but a place. */
export function isFiltered({ sort: _, create: __, open: ___, all: ____, ...filters }: TicketSearch): boolean {
  return Object.values(filters).some((value) => value !== undefined)
}
