import type { OperationId } from '@fettle/contracts/operations'
import type { TicketAction } from '@fettle/contracts/ticket-life-cycle'
import type { AllowedStep } from '@fettle/contracts/tickets'

/** Steps that bring more than a reason have an operation of their own. */
const operationOf: Partial<Record<TicketAction, OperationId>> = {
  assign: 'assignTicket',
  schedule: 'scheduleVisit',
  depart: 'departForVisit',
  'check-in': 'checkIn',
  report: 'submitReport',
  merge: 'mergeTicket',
}

/** The steps that the life cycle allows and this person may also call, the usual next one first. */
export function stepsFor(steps: readonly AllowedStep[], may: (operation: OperationId) => boolean): AllowedStep[] {
  return steps
    .filter(({ action }) => may(operationOf[action] ?? 'transitionTicket'))
    .toSorted((a, b) => Number(b.primary) - Number(a.primary))
}

/** Needs no words, no choice: one press does it. */
export function isImmediate({ action, requires }: AllowedStep): boolean {
  return requires.length === 0 && action !== 'merge'
}
