import { ticketStates } from '@fettle/contracts/ticket-life-cycle'
import { expect, it } from 'vitest'
import { phases, placeInLifeCycle } from './phases.ts'

it('knows every state of the normal path once, in its order', () => {
  const inPhases = phases.flatMap(({ states }) => [...states])
  expect(inPhases).toEqual(ticketStates.filter((state) => !['on-hold', 'cancelled', 'merged'].includes(state)))
})

it('has no place for a ticket that left the path', () => {
  expect(placeInLifeCycle('on-hold')).toBeNull()
  expect(placeInLifeCycle('received')).toBe(0)
})
