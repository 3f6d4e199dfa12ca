import type { Role } from '@fettle/contracts/roles'
import type { Text } from '@fettle/contracts/scalars'
import type { TicketAction, TicketState, WaitingFor } from '@fettle/contracts/ticket-life-cycle'
import type { AllowedStep } from '@fettle/contracts/tickets'
import type { Requirement, Stamp, Transition, Workflow } from './workflow.ts'

/** What the life cycle reads and writes of a ticket. */
export interface TicketFacts {
  readonly state: TicketState
  /** Where an interrupted ticket goes on; null while it is not interrupted. */
  readonly resumeState: TicketState | null
  /** Whom or what it waits for; null while it goes on. */
  readonly waitingFor: WaitingFor | null
  readonly engineerId: string | null
  readonly stateSince: Date
  readonly answeredAt: Date | null
  readonly arrivedAt: Date | null
  readonly restoredAt: Date | null
  readonly closedAt: Date | null
}

/** A wish to take a step. Whether `by` may see the ticket at all is the policy's business, not asked here. */
export interface Command {
  readonly action: TicketAction
  readonly by: { readonly role: Role; readonly name: string }
  readonly at: Date
  readonly reason?: string | undefined
  readonly waitingFor?: WaitingFor | undefined
  readonly engineerId?: string | undefined
  /** An appointment with beginning and end comes with the command. */
  readonly hasVisit?: boolean | undefined
  /** A completion report comes with the command. */
  readonly hasReport?: boolean | undefined
}

export type TransitionRefusal = 'ticket/illegal-transition' | 'ticket/requirement-missing' | 'policy/forbidden'

export type TransitionResult =
  | {
      readonly ok: true
      readonly ticket: TicketFacts
      readonly from: TicketState
      readonly to: TicketState
      /** The caller must end a planned or running appointment of this ticket. */
      readonly endsVisit: boolean
      /** What happened, in words for the trail. */
      readonly text: Text
    }
  | { readonly ok: false; readonly code: TransitionRefusal; readonly reason: Text }

/** Decides one step. Refuses with a reason and never changes what it was given. */
export function transition(workflow: Workflow, ticket: TicketFacts, command: Command): TransitionResult {
  const row = rowOf(workflow, ticket.state, command.action)
  const to = row && destination(row, ticket)
  if (!row || !to) return illegal(workflow, ticket, command.action)
  if (!row.roles.includes(command.by.role)) return forbidden(labelOf(row, ticket.state))
  const missing = row.requires.find((requirement) => !isMet(requirement, command))
  if (missing) {
    const reason = missingText(labelOf(row, ticket.state), missing)
    return { ok: false, code: 'ticket/requirement-missing', reason }
  }
  return {
    ok: true,
    ticket: moved(workflow, row, ticket, to, command),
    from: ticket.state,
    to,
    endsVisit: row.endsVisit ?? false,
    text: labelOf(row, ticket.state),
  }
}

/** The steps that a role may take now, in the order of the table. */
export function allowedSteps(
  workflow: Workflow,
  ticket: Pick<TicketFacts, 'state' | 'resumeState'>,
  role: Role,
): AllowedStep[] {
  return workflow.transitions.flatMap((row) => {
    const to = row.from.includes(ticket.state) && row.roles.includes(role) && destination(row, ticket)
    if (!to) return []
    const primary = row.primaryFrom?.includes(ticket.state) ?? false
    return [{ action: row.action, to, label: labelOf(row, ticket.state), requires: [...row.requires], primary }]
  })
}

/** The name of a state as the workflow calls it. */
export function stateName(workflow: Workflow, state: TicketState): Text {
  return workflow.states.find((entry) => entry.state === state)?.name ?? { zh: state, en: state }
}

function labelOf(row: Transition, from: TicketState): Text {
  return row.labelFrom?.[from] ?? row.label
}

function rowOf(workflow: Workflow, state: TicketState, action: TicketAction): Transition | undefined {
  return workflow.transitions.find((row) => row.action === action && row.from.includes(state))
}

function destination(row: Transition, ticket: Pick<TicketFacts, 'resumeState'>): TicketState | null {
  return row.to === 'resume' ? ticket.resumeState : row.to
}

function moved(
  workflow: Workflow,
  row: Transition,
  ticket: TicketFacts,
  to: TicketState,
  command: Command,
): TicketFacts {
  const stamped = (stamp: Stamp) => {
    if (row.clears?.includes(stamp)) return null
    return ticket[stamp] ?? (row.stamps?.includes(stamp) ? command.at : null)
  }
  const engineerId = row.requires.includes('engineer') ? (command.engineerId ?? null) : ticket.engineerId
  return {
    state: to,
    resumeState: isPause(workflow, to) ? ticket.state : null,
    waitingFor: row.requires.includes('waiting') ? (command.waitingFor ?? null) : waitOf(workflow, to),
    engineerId: row.clears?.includes('engineer') ? null : engineerId,
    stateSince: command.at,
    answeredAt: stamped('answeredAt'),
    arrivedAt: stamped('arrivedAt'),
    restoredAt: stamped('restoredAt'),
    closedAt: stamped('closedAt'),
  }
}

function waitOf(workflow: Workflow, state: TicketState): WaitingFor | null {
  return workflow.states.find((entry) => entry.state === state)?.waitsFor ?? null
}

/** A state from which one resumes remembers where the ticket came from. */
function isPause(workflow: Workflow, state: TicketState): boolean {
  return workflow.transitions.some((row) => row.to === 'resume' && row.from.includes(state))
}

function isMet(requirement: Requirement, command: Command): boolean {
  switch (requirement) {
    case 'reason':
      return (command.reason?.trim() ?? '') !== ''
    case 'waiting':
      return command.waitingFor !== undefined
    case 'engineer':
      return (command.engineerId ?? '') !== ''
    case 'visit':
      return command.hasVisit === true
    case 'report':
      return command.hasReport === true
    default:
      return requirement satisfies never
  }
}

const requirementNames: Readonly<Record<Requirement, Text>> = {
  reason: { zh: '原因', en: 'a reason' },
  waiting: { zh: '等待事项', en: 'what is waited for' },
  engineer: { zh: '工程师', en: 'an engineer' },
  visit: { zh: '预约时间', en: 'an appointment' },
  report: { zh: '完工报告', en: 'a completion report' },
}

function missingText(label: Text, missing: Requirement): Text {
  const what = requirementNames[missing]
  return { zh: `“${label.zh}”需要填写${what.zh}`, en: `“${label.en}” needs ${what.en}` }
}

function forbidden(label: Text): TransitionResult {
  return {
    ok: false,
    code: 'policy/forbidden',
    reason: { zh: `您的角色不能执行“${label.zh}”`, en: `Your role may not take the step “${label.en}”` },
  }
}

function illegal(workflow: Workflow, ticket: TicketFacts, action: TicketAction): TransitionResult {
  const state = stateName(workflow, ticket.state)
  const label = workflow.transitions.find((row) => row.action === action)?.label ?? { zh: action, en: action }
  return {
    ok: false,
    code: 'ticket/illegal-transition',
    reason: {
      zh: `工单处于“${state.zh}”，不能执行“${label.zh}”`,
      en: `The ticket is “${state.en}”; “${label.en}” is not possible`,
    },
  }
}
