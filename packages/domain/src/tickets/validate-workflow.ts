import type { Text } from '@fettle/contracts/scalars'
import type { TicketState } from '@fettle/contracts/ticket-life-cycle'
import type { Transition, Workflow } from './workflow.ts'

export type WorkflowFaultCode =
  | 'duplicate-state'
  | 'unknown-state'
  | 'ambiguous-step'
  | 'nobody-may'
  | 'final-state-left'
  | 'unreachable-state'
  | 'no-way-to-closed'

export interface WorkflowFault {
  readonly code: WorkflowFaultCode
  /** The state or step that it is about. */
  readonly subject: string
  readonly text: Text
}

/** Checks an edited life cycle before it may be used; empty when sound. Every fault is told, not only the first. */
export function validateWorkflow(workflow: Workflow): WorkflowFault[] {
  return [
    ...duplicateStates(workflow),
    ...unknownStates(workflow),
    ...ambiguousSteps(workflow),
    ...stepsForNobody(workflow),
    ...finalStatesLeft(workflow),
    ...unreachableStates(workflow),
    ...statesWithoutWayToClosed(workflow),
  ]
}

function duplicateStates({ states }: Workflow): WorkflowFault[] {
  const seen = new Set<string>()
  return states.flatMap(({ state }) => {
    const repeated = seen.has(state)
    seen.add(state)
    if (!repeated) return []
    return [fault('duplicate-state', state, `状态“${state}”重复定义`, `The state “${state}” is defined twice`)]
  })
}

function unknownStates(workflow: Workflow): WorkflowFault[] {
  const known = new Set<string>(workflow.states.map(({ state }) => state))
  const used = [
    workflow.initial,
    ...workflow.transitions.flatMap((row) => [...row.from, ...(row.primaryFrom ?? []), row.to]),
  ]
  return [...new Set(used)]
    .filter((state) => state !== 'resume' && !known.has(state))
    .map((state) => fault('unknown-state', state, `状态“${state}”未定义`, `The state “${state}” is not defined`))
}

/** From one state an action leads to one place; otherwise nobody could say what a button does. */
function ambiguousSteps({ transitions }: Workflow): WorkflowFault[] {
  const seen = new Set<string>()
  return transitions.flatMap(({ action, from }) =>
    from.flatMap((state) => {
      const step = `${state} ${action}`
      const repeated = seen.has(step)
      seen.add(step)
      if (!repeated) return []
      return [
        fault(
          'ambiguous-step',
          action,
          `“${state}”下的步骤“${action}”定义了多次`,
          `From “${state}” the step “${action}” is defined more than once`,
        ),
      ]
    }),
  )
}

function stepsForNobody({ transitions }: Workflow): WorkflowFault[] {
  return transitions
    .filter(({ roles }) => roles.length === 0)
    .map(({ action }) =>
      fault('nobody-may', action, `步骤“${action}”没有任何角色可以执行`, `No role may take the step “${action}”`),
    )
}

function finalStatesLeft({ states, transitions }: Workflow): WorkflowFault[] {
  return states
    .filter(({ state, final }) => final && transitions.some(({ from }) => from.includes(state)))
    .map(({ state }) =>
      fault(
        'final-state-left',
        state,
        `终止状态“${state}”不应再有后续步骤`,
        `“${state}” is final, yet a step leads out of it`,
      ),
    )
}

function unreachableStates(workflow: Workflow): WorkflowFault[] {
  const reached = closure([workflow.initial], (state) => nextStates(workflow, state))
  return workflow.states
    .filter(({ state }) => !reached.has(state))
    .map(({ state }) =>
      fault('unreachable-state', state, `没有步骤能到达“${state}”`, `No step leads to the state “${state}”`),
    )
}

/** A ticket must never be stuck: from wherever it is, people can bring it to `closed` (or it has ended for good). */
function statesWithoutWayToClosed(workflow: Workflow): WorkflowFault[] {
  return workflow.states
    .filter(({ state, final }) => !final && !closure([state], (at) => nextStates(workflow, at)).has('closed'))
    .map(({ state }) =>
      fault('no-way-to-closed', state, `从“${state}”无法走到关闭`, `From “${state}” a ticket can never be closed`),
    )
}

function nextStates({ transitions }: Workflow, state: TicketState): TicketState[] {
  const destinations = (row: Transition): readonly TicketState[] =>
    row.to === 'resume' ? transitions.filter(({ to }) => to === state).flatMap(({ from }) => from) : [row.to]
  return transitions.filter(({ from }) => from.includes(state)).flatMap(destinations)
}

function closure(
  start: readonly TicketState[],
  next: (state: TicketState) => readonly TicketState[],
): Set<TicketState> {
  const reached = new Set(start)
  for (const state of reached) for (const after of next(state)) reached.add(after)
  return reached
}

function fault(code: WorkflowFaultCode, subject: string, zh: string, en: string): WorkflowFault {
  return { code, subject, text: { zh, en } }
}
