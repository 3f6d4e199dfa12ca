import { describe, expect, it } from 'vitest'
import { ticketActions, ticketStates } from '@fettle/contracts/ticket-life-cycle'
import { validateWorkflow } from './validate-workflow.ts'
import { standardWorkflow, type Transition, type Workflow } from './workflow.ts'

const without = (...actions: string[]): Workflow => ({
  ...standardWorkflow,
  transitions: standardWorkflow.transitions.filter(({ action }) => !actions.includes(action)),
})
const withRow = (row: Partial<Transition>): Workflow => ({
  ...standardWorkflow,
  transitions: [
    ...standardWorkflow.transitions,
    {
      action: 'archive',
      from: ['review'],
      to: 'archived',
      roles: ['admin'],
      requires: [],
      label: { zh: '归档', en: 'Archive' },
      ...row,
    },
  ],
})
const faults = (workflow: Workflow) => validateWorkflow(workflow).map(({ code, subject }) => `${code} ${subject}`)

describe('validateWorkflow', () => {
  it('has nothing to say about the standard workflow', () => {
    expect(validateWorkflow(standardWorkflow)).toEqual([])
  })

  it('covers every state and every action of the contract', () => {
    expect(new Set(standardWorkflow.states.map(({ state }) => state))).toEqual(new Set(ticketStates))
    expect(new Set(standardWorkflow.transitions.map(({ action }) => action))).toEqual(new Set(ticketActions))
  })

  it.each<[string, Workflow, string[]]>([
    ['a state that nothing leads to', without('merge'), ['unreachable-state merged']],
    [
      'a table that never closes',
      without('close', 'reopen', 'archive'),
      expect.arrayContaining(['no-way-to-closed received', 'no-way-to-closed repairing', 'unreachable-state closed']),
    ],
    ['a hold that nobody can end', without('resume'), ['no-way-to-closed on-hold']],
    ['a way out of the end', withRow({ from: ['cancelled'], to: 'dispatch' }), ['final-state-left cancelled']],
    ['a step with two destinations', withRow({ from: ['closed'] }), ['ambiguous-step archive']],
    ['a step for nobody', withRow({ roles: [] }), ['nobody-may archive']],
    [
      'a state that was deleted but is still used',
      { ...standardWorkflow, states: standardWorkflow.states.filter(({ state }) => state !== 'quote') },
      ['unknown-state quote'],
    ],
    [
      'a state listed twice',
      { ...standardWorkflow, states: [...standardWorkflow.states, ...standardWorkflow.states.slice(0, 1)] },
      ['duplicate-state received'],
    ],
  ])('finds %s', (_, workflow, expected) => expect(faults(workflow)).toEqual(expected))
})
