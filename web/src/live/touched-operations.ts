import type { LiveEvent } from '@fettle/contracts/events'
import type { OperationId } from '@fettle/contracts/operations'

/** Which reads a notice makes old. Values do not: they are written into the live store in place. */
export const touchedOperations = {
  alarm: [
    'getOverview',
    'listAlarms',
    'getAlarm',
    'listAssets',
    'getAsset',
    'getAssetTimeline',
    'getTicketEvidence',
    'getBrief',
  ],
  ticket: [
    'getOverview',
    'listTickets',
    'getTicket',
    'getTicketEvidence',
    'getTicketMoney',
    'suggestEngineers',
    'getBrief',
    'listAlarms',
    'listAssets',
    'getAsset',
    'getAssetTimeline',
    'listCustomers',
    'getCustomer',
    'listStock',
    'listMovements',
    'listVisits',
    'listEngineers',
  ],
  asset: ['getOverview', 'listAssets', 'getAsset'],
} as const satisfies Record<Exclude<LiveEvent['kind'], 'values' | 'alive'>, readonly OperationId[]>

/** After a gap nobody knows what was missed. */
export const liveOperations: readonly OperationId[] = [...new Set(Object.values(touchedOperations).flat())]
