import { plainTicketActions, type PlainTicketAction, type TicketAction } from '@fettle/contracts/ticket-life-cycle'
import { transitionTicket, type Ticket } from '@fettle/contracts/tickets'
import { checkIn, departForVisit } from '@fettle/contracts/visits'
import { useState } from 'react'
import { currentPosition } from './current-position.ts'
import { useTicketWrite } from '../use-ticket-write.ts'

/** Takes steps that need no form. Departing and checking in tell where the phone is, when its owner allows that. */
export function useImmediateStep(ticket: Pick<Ticket, 'id' | 'version'>) {
  const move = useTicketWrite(transitionTicket)
  const depart = useTicketWrite(departForVisit)
  const arrive = useTicketWrite(checkIn)
  const [taking, setTaking] = useState<TicketAction | null>(null)
  const params = { ticketId: ticket.id }
  const expectedVersion = ticket.version

  async function take(action: TicketAction) {
    for (const write of [move, depart, arrive]) write.reset()
    setTaking(action)
    try {
      if (action === 'depart' || action === 'check-in') {
        const position = await currentPosition()
        const body = { expectedVersion, ...(position ? { position } : {}) }
        await (action === 'depart' ? depart : arrive).mutateAsync({ params, body })
      } else if (isPlain(action)) {
        await move.mutateAsync({ params, body: { action, expectedVersion } })
      }
    } catch {
      // Shown from `error` beside the buttons.
    } finally {
      setTaking(null)
    }
  }

  return {
    take: (action: TicketAction) => void take(action),
    /** The step that is being taken now. */
    taking,
    error: move.error ?? depart.error ?? arrive.error,
  }
}

function isPlain(action: TicketAction): action is PlainTicketAction {
  return (plainTicketActions as readonly TicketAction[]).includes(action)
}
