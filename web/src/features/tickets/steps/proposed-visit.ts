import { firstWithin, type Span, type StopWindow } from '@fettle/domain/tickets/stop-window'
import { nextHalfHour } from '../../../format/local-time.ts'

const HOUR = 3_600_000
const LEAD_MS = HOUR
/** How long a visit usually takes. */
const USUAL_MS = 3 * HOUR

/** What a form proposes: soon, but when the customer lets machines stand, where that is known. */
export function proposedVisit(window: StopWindow | null, now: number): Span {
  const start = nextHalfHour(now + LEAD_MS)
  return (window && firstWithin(window, start, USUAL_MS)) ?? { start, end: start + USUAL_MS }
}
