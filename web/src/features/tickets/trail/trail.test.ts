import type { TicketEvent } from '@fettle/contracts/tickets'
import { expect, it } from 'vitest'
import { trailOf } from './trail.ts'

function event(id: string, kind: TicketEvent['kind']): TicketEvent {
  const text = { zh: kind, en: kind }
  const at = new Date(Date.UTC(2026, 10, 22, 3, Number(id))).toISOString()
  return { id, at, by: 'x', byRole: 'desk', kind, action: null, from: null, to: null, text, reason: null, heldMs: null }
}
const events = [event('1', 'opened'), event('2', 'note'), event('3', 'moved'), event('4', 'part'), event('5', 'alarm')]

it.each([
  ['all', '54321'],
  ['steps', '31'],
  ['talk', '2'],
  ['machine', '5'],
  ['goods', '4'],
] as const)('shows %s, newest first', (filter, ids) => {
  expect(
    trailOf(events, filter)
      .map(({ id }) => id)
      .join(''),
  ).toBe(ids)
})
