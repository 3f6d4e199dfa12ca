import type { Chance } from '@fettle/provisioning/demo/years/chance'
import { reasons } from '@fettle/provisioning/demo/years/reasons'
import { dayMs, hourMs, minuteMs } from './china-time.ts'
import type { KnownMachine } from './known-machines.ts'
import { inOffice, type Script } from './script.ts'

export interface Ending {
  readonly endedMs: number
}

export interface Done {
  readonly doneMs: number
  /** Whoever was there has the customer sign at once. */
  readonly onSite: boolean
  /** Writes the report again, when it is sent back. */
  readonly rewrite?: (atMs: number) => void
}

/** The customer's word, the review, the call afterwards: and closed. */
export function endOf(script: Script, machine: KnownMachine, done: Done, chance: Chance): Ending {
  const signer = machine.username ?? 'desk'
  const confirm = (atMs: number) => script.add(atMs, signer, { do: 'step', action: 'confirm' })
  const waitMs = done.onSite ? chance.between(4, 25) * minuteMs : chance.between(0.3, 5) * hourMs
  let confirmedMs = done.onSite ? done.doneMs + waitMs : inOffice(done.doneMs + waitMs, chance.integer(5, 60))
  confirm(confirmedMs)
  let reviewMs = inOffice(confirmedMs + chance.between(1, 7) * hourMs, chance.integer(5, 100))
  if (done.rewrite) {
    const reason = chance.pick(reasons.returnReport)
    script.add(reviewMs, 'manager', { do: 'step', action: 'return-report', reason })
    const againMs = inOffice(reviewMs + chance.between(0.5, 3) * hourMs, chance.integer(5, 60))
    done.rewrite(againMs)
    confirmedMs = againMs + chance.between(10, 50) * minuteMs
    confirm(confirmedMs)
    reviewMs = inOffice(confirmedMs + chance.between(0.5, 4) * hourMs, chance.integer(5, 100))
  }
  const reviewer = chance.happens(0.6) ? 'manager' : 'expert'
  script.add(reviewMs, reviewer, { do: 'step', action: 'approve-report' })
  const closedMs = inOffice(reviewMs + chance.between(0.15, 1.6) * dayMs, chance.integer(5, 150))
  script.add(closedMs, 'desk', { do: 'step', action: 'close' })
  return { endedMs: closedMs }
}
