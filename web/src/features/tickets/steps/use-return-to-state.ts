import type { TicketAction } from '@fettle/contracts/ticket-life-cycle'
import { useEffect, useRef } from 'react'

/**
 * Where a form closes, the page below it moves up: brings the person back to `place`, the line that says where the ticket
 * stands, and puts the focus on it, so that a screen reader goes on from there. Nothing scrolls while it is in view, and
 * nothing happens to somebody whose form was closed by a colleague's step before they meant it.
 *
 * `expect` tells that the person sends or gives up the open form, `forget` that they chose another one instead.
 */
export function useReturnToState(openForm: TicketAction | undefined) {
  const place = useRef<HTMLParagraphElement>(null)
  const isExpected = useRef(false)
  useEffect(() => {
    if (!isExpected.current) return
    isExpected.current = false
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    place.current?.scrollIntoView({ block: 'nearest', behavior: still ? 'auto' : 'smooth' })
    place.current?.focus({ preventScroll: true })
  }, [openForm])
  return {
    place,
    expect: () => {
      isExpected.current = true
    },
    forget: () => {
      isExpected.current = false
    },
  }
}
