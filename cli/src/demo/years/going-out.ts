import type { CompletionReport } from '@fettle/contracts/visits'
import type { Chance } from '@fettle/provisioning/demo/years/chance'
import { reasons } from '@fettle/provisioning/demo/years/reasons'
import { hourMs, minuteMs } from './china-time.ts'
import type { Visit, Wish } from './crew.ts'
import type { KnownMachine } from './known-machines.ts'
import type { Planner } from './planner.ts'
import { inOffice, usernameOf, whenDeskAnswers, type Script } from './script.ts'
import { fates } from './targets.ts'

export interface GoingOut {
  readonly machine: KnownMachine
  readonly failureModeKey: string | null
  readonly arriveDueMs: number | null
  /** Since when it waits for somebody to be sent. */
  readonly fromMs: number
  readonly workMs: number
  /** Not before, where a day was agreed. */
  readonly notBeforeMs?: number
}

/** Who goes, whether he takes it, when he will be there, and that he was; null when nobody can. */
export function goOut(planner: Planner, script: Script, going: GoingOut, chance: Chance): Visit | null {
  const { machine, arriveDueMs } = going
  const { tier, branchKey } = machine.customer
  const dispatcher = branchKey !== null && chance.happens(0.5) ? 'branch' : 'dispatcher'
  let assignMs = whenDeskAnswers(going.fromMs + chance.between(3, 16) * minuteMs, tier)
  const steps = () => {
    const acceptMs = assignMs + chance.between(2, 12) * minuteMs
    return { acceptMs, appointMs: acceptMs + chance.between(2, 14) * minuteMs }
  }
  let { acceptMs, appointMs } = steps()
  const isLate = arriveDueMs !== null && chance.happens(fates.lateArrival)
  // What was promised by the hour is not put on hold.
  const mayWait = arriveDueMs === null
  const heldUntilMs =
    mayWait && chance.happens(fates.onHold) ? inOffice(acceptMs + chance.between(20, 50) * hourMs) : null

  const spreadMinutes = spreadOf(chance) * (arriveDueMs === null ? 1 : 0.3)

  function ask(without: readonly string[]): Visit | null {
    const lateMs = isLate ? arriveDueMs + chance.between(-20, 60) * minuteMs : 0
    const wish: Wish = {
      ...going,
      assignMs,
      fromMs: Math.max(
        appointMs + 5 * minuteMs,
        lateMs,
        going.notBeforeMs ?? 0,
        heldUntilMs ? heldUntilMs + hourMs : 0,
      ),
      without,
      spreadMinutes,
      evenness: planner.evenness,
    }
    return planner.crew.whoComes(wish)
  }

  let visit = ask([])
  if (!visit) return null
  script.add(assignMs, dispatcher, { do: 'assign', engineerKey: visit.engineer.key })
  const stand = chance.happens(fates.declined) ? ask([visit.engineer.key]) : null
  if (stand) {
    const reason = chance.pick(reasons.decline)
    script.add(acceptMs, usernameOf(visit.engineer.key), { do: 'step', action: 'decline', reason })
    assignMs = acceptMs + chance.between(3, 15) * minuteMs
    ;({ acceptMs, appointMs } = steps())
    visit = ask([visit.engineer.key]) ?? stand
    script.add(assignMs, dispatcher, { do: 'assign', engineerKey: visit.engineer.key })
  }
  const username = usernameOf(visit.engineer.key)
  script.add(acceptMs, username, { do: 'step', action: 'accept' })
  if (heldUntilMs !== null) {
    const wait = chance.pick([
      ...reasons.waitForStop.map((reason) => ({ reason, waitingFor: 'customer-stop' }) as const),
      ...reasons.waitForPart.map((reason) => ({ reason, waitingFor: 'our-part' }) as const),
    ])
    script.add(acceptMs + minuteMs, 'dispatcher', { do: 'step', action: 'hold', ...wait })
    script.add(heldUntilMs, 'dispatcher', { do: 'step', action: 'resume' })
    appointMs = heldUntilMs + chance.between(5, 30) * minuteMs
  }
  appoint(script, username, appointMs, visit)
  travel(script, username, visit, chance)
  return visit
}

/** Most are there soon after the gate opens. */
export const spreadOf = (chance: Chance): number => 90 * chance.next() ** 1.5

/** Not finished today: the next appointment is made on the spot. */
export function stay(script: Script, before: Visit, next: Visit, why: readonly string[], chance: Chance): void {
  const username = usernameOf(before.engineer.key)
  script.add(before.leaveMs - 2 * minuteMs, username, { do: 'note', text: chance.pick(why) })
  appoint(script, username, before.leaveMs, next)
  travel(script, username, next, chance)
}

/** People agree on quarters of an hour. */
export function appoint(script: Script, username: string, atMs: number, { arriveMs, leaveMs }: Visit): void {
  const quarterMs = 15 * minuteMs
  const fromMs = Math.ceil(arriveMs / quarterMs) * quarterMs
  const toMs = fromMs + Math.ceil((leaveMs - arriveMs) / quarterMs) * quarterMs + quarterMs
  script.add(atMs, username, { do: 'appoint', fromMs, toMs })
}

/** The phone tells where it is when its owner checks in: at the gate, in the yard, beside the machine. */
export function travel(script: Script, username: string, visit: Visit, chance: Chance): void {
  const { departMs, arriveMs, site } = visit
  const somewhere = (degrees: number) => Number((degrees + chance.between(-0.0011, 0.0011)).toFixed(5))
  const position = { latitude: somewhere(site.latitude), longitude: somewhere(site.longitude) }
  script.add(departMs, username, { do: 'depart' })
  script.add(arriveMs, username, { do: 'arrive', position })
}

export interface ReportFacts {
  /** All goings-out since the ticket was last given to somebody. */
  readonly visits: readonly Visit[]
  readonly failureModeKey: string | null
  readonly finding: string
  readonly work: string
  readonly outcome: CompletionReport['outcome']
  readonly signedBy: string
  readonly atMs: number
}

export function writeReport(script: Script, facts: ReportFacts, chance: Chance): void {
  const { visits, failureModeKey, finding, work, outcome, signedBy, atMs } = facts
  const [last] = visits.slice(-1)
  if (!last) throw new Error('a report needs a visit')
  const same = visits.filter(({ engineer }) => engineer.key === last.engineer.key)
  const sum = (of: (visit: Visit) => number) => same.reduce((total, visit) => total + of(visit), 0)
  const workHours = sum(({ arriveMs, leaveMs }) => (leaveMs - arriveMs) / hourMs)
  script.add(atMs, usernameOf(last.engineer.key), {
    do: 'write-report',
    failureModeKey,
    finding,
    work,
    outcome,
    workHours: workHours.toFixed(1),
    // With loading the van, the weighbridge and the search for the gate.
    travelHours: (sum(({ travelHours }) => travelHours) * chance.between(1.06, 1.24)).toFixed(1),
    travelKm: Math.round(sum(({ km }) => km) * chance.between(0.98, 1.08)).toFixed(0),
    signedBy,
  })
}
