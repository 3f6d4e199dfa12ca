import { ApiError } from '@fettle/contracts/client'
import type { OperationId } from '@fettle/contracts/operations'
import type { RouteContract } from '@fettle/contracts/route'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ofOperations } from '../../api/query.ts'
import { useWrite } from '../../api/write.ts'

/** Everything that a change of a ticket may show on. */
const touched = [
  'getTicket',
  'listTickets',
  'getTicketMoney',
  'suggestEngineers',
  'getBrief',
  'getOverview',
  'listStock',
  'listParts',
  'listMovements',
  'getAsset',
  'getAssetTimeline',
  'listVisits',
  'listCustomers',
  'getCustomer',
] as const satisfies readonly OperationId[]

/**
 * A write on a ticket: afterwards every page that shows the ticket asks again. When someone else was faster, the ticket
 * is read again at once, so that the notice can say that the page is up to date; what was typed stays.
 */
export function useTicketWrite<C extends RouteContract>(contract: C) {
  const queries = useQueryClient()
  const write = useWrite(contract, { touches: touched })
  const { error } = write
  useEffect(() => {
    if (isStale(error)) void queries.invalidateQueries({ predicate: ofOperations(new Set(touched)) })
  }, [error, queries])
  return write
}

/** Somebody moved on: another version, or a step that the ticket's present state no longer has. */
function isStale(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.problem?.code === 'resource/stale' || error.problem?.code === 'ticket/illegal-transition')
  )
}
