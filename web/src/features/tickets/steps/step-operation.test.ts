import type { AllowedStep } from '@fettle/contracts/tickets'
import { allowedSteps } from '@fettle/domain/tickets/transition'
import { standardWorkflow } from '@fettle/domain/tickets/workflow'
import { expect, it } from 'vitest'
import { isImmediate, stepsFor } from './step-operation.ts'

const received = { state: 'received', resumeState: null } as const
const steps = (role: 'dispatcher' | 'engineer') => allowedSteps(standardWorkflow, received, role)
const names = (found: readonly AllowedStep[]) => found.map(({ action }) => action)

it('offers the usual next step first', () => {
  expect(names(stepsFor(steps('dispatcher'), () => true))[0]).toBe('to-dispatch')
})

it('leaves out what the person may not call, whatever the life cycle says', () => {
  const found = names(stepsFor(steps('dispatcher'), (operation) => operation !== 'mergeTicket'))
  expect(found).toContain('cancel')
  expect(found).not.toContain('merge')
})

it.each([
  ['to-dispatch', true],
  ['merge', false],
  ['hold', false],
])('%s needs no form: %s', (action, immediate) => {
  const step = steps('dispatcher').find((each) => each.action === action)
  expect(step && isImmediate(step)).toBe(immediate)
})
