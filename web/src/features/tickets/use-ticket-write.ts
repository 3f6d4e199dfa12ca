import type { OperationId } from '@fettle/contracts/operations'
import type { RouteContract } from '@fettle/contracts/route'
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
  'listAssets',
  'getAsset',
  'getAssetTimeline',
  'listVisits',
  'listCustomers',
  'getCustomer',
] as const satisfies readonly OperationId[]

/** A write on a ticket: afterwards every page that shows the ticket asks again. */
export const useTicketWrite = <C extends RouteContract>(contract: C) => useWrite(contract, { touches: touched })
