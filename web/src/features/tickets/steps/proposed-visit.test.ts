import { readStopWindow } from '@fettle/domain/tickets/stop-window'
import { expect, it } from 'vitest'
import { proposedVisit } from './proposed-visit.ts'

const at = (text: string) => Date.parse(`2026-11-${text}:00+08:00`)

it('proposes an hour from now where the customer names no hours', () => {
  expect(proposedVisit(null, at('22T16:46'))).toEqual({ start: at('22T18:00'), end: at('22T21:00') })
})

it('proposes the next time at which the machine may stand', () => {
  const window = readStopWindow('周日 08:00–12:00')
  expect(proposedVisit(window, at('22T16:46'))).toEqual({ start: at('29T08:00'), end: at('29T11:00') })
})
