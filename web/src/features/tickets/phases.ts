import { finishedStates, type TicketState } from '@fettle/contracts/ticket-life-cycle'

/** The life cycle as people speak of it; several states are one phase. */
export const phases = [
  { key: 'intake', states: ['received', 'remote', 'quote'] },
  { key: 'dispatch', states: ['dispatch', 'assigned'] },
  { key: 'appointment', states: ['accepted', 'scheduled'] },
  { key: 'visit', states: ['travelling', 'repairing'] },
  { key: 'acceptance', states: ['confirmation', 'review', 'follow-up'] },
  { key: 'closed', states: ['closed', 'archived'] },
] as const satisfies readonly { readonly key: string; readonly states: readonly TicketState[] }[]

/** Which phase a state belongs to, from 0; null where the ticket left the path: on hold, cancelled, merged. */
export function placeInLifeCycle(state: TicketState): number | null {
  const place = phases.findIndex(({ states }) => (states as readonly TicketState[]).includes(state))
  return place < 0 ? null : place
}

/** Nothing more is owed: closed, archived, cancelled or merged. */
export const isFinished = (state: TicketState): boolean => (finishedStates as readonly TicketState[]).includes(state)
