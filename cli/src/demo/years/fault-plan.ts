import type { Priority } from '@fettle/contracts/ticket-life-cycle'
import { slaDeadlines } from '@fettle/domain/sla/deadlines'
import { parts } from '@fettle/provisioning/demo/parts'
import { fillNumbers, type Chance } from '@fettle/provisioning/demo/years/chance'
import { personName } from '@fettle/provisioning/demo/years/people'
import { reasons } from '@fettle/provisioning/demo/years/reasons'
import { hourMs, minuteMs } from './china-time.ts'
import { coverOf } from './cover.ts'
import { endOf } from './ending.ts'
import { neededFor } from './fault-work.ts'
import type { Fault } from './incidents.ts'
import { ruleOf } from './recording.ts'
import { remoteMoney } from './money-plan.ts'
import { repairOnSite } from './repair-plan.ts'
import { createScript, inOffice, whenDeskAnswers, type Script } from './script.ts'
import type { Planned, PlannedStory, Planner } from './planner.ts'
import { fates } from './targets.ts'

export interface FaultPlanOptions {
  readonly key: string
  /** Of the reports whose failure can be talked away at all, how many are. */
  readonly remoteShare: number
  /** The caller's words did not tell; so nobody is ruled out by a certificate that the repair will turn out to need. */
  readonly unknown: boolean
}

/** What happens to one report, from the call to the closing; null when nobody could come. */
export function planFault(
  planner: Planner,
  fault: Fault,
  { key, remoteShare, unknown }: FaultPlanOptions,
): PlannedStory | null {
  const chance = planner.chance.of(key)
  const script = createScript()
  const { machine, story, openMs, twin } = fault
  const { tier } = machine.customer
  const opened = open(script, fault, unknown, chance)
  const answeredMs = whenDeskAnswers(openMs, tier) + answerMinutes(tier, chance) * minuteMs
  if (twin) reportAgain(script, fault, openMs, answeredMs, chance)

  const planned = decide()
  if (planned === null) return null
  if (fault.alarm) alarmScenes(script, fault, answeredMs, planned)
  const { asset, companyKey } = machine
  const tickets = twin ? 2 : 1
  const about = { key, openedMs: openMs, endedMs: planned.endedMs, assetKey: asset.key, companyKey, tickets }
  return { story: { ...about, scenes: script.scenes() }, visits: planned.visits }

  function decide(): Planned | null {
    const remotely = story.remote.length > 0 && fault.source !== 'rework' && !twin && chance.happens(remoteShare)
    if (remotely) return solveRemotely()
    if (!twin && !fault.alarm && chance.happens(fates.cancelled)) return cancel(answeredMs, chance.pick(reasons.cancel))
    let dispatchMs = answeredMs
    if (fault.source !== 'rework' && chance.happens(0.18)) {
      // Tried over the phone first, in vain.
      script.add(answeredMs, 'expert', { do: 'step', action: 'start-remote' })
      dispatchMs += chance.between(12, 38) * minuteMs
    }
    script.add(dispatchMs, 'desk', { do: 'step', action: 'to-dispatch' })
    const quote = fault.alarm ? dispatchMs : quoted(dispatchMs)
    if (quote === 'lost')
      return cancel(inOffice(dispatchMs + chance.between(4, 30) * hourMs), chance.pick(reasons.lostQuote))
    return repairOnSite(planner, script, { fault, ...opened, fromMs: quote, chance })
  }

  function solveRemotely(): Planned {
    script.add(answeredMs, 'expert', { do: 'step', action: 'start-remote' })
    const solvedMs = answeredMs + chance.between(14, 75) * minuteMs
    const reason = fillNumbers(chance.pick(story.remote), chance)
    script.add(solvedMs, 'expert', { do: 'step', action: 'resolve-remotely', reason })
    remoteMoney(script, machine, solvedMs, chance)
    const { endedMs } = endOf(script, machine, { doneMs: solvedMs, onSite: false }, chance)
    return { endedMs, restoredMs: solvedMs, visits: [] }
  }

  function cancel(atMs: number, reason: string): Planned {
    const cancelledMs = inOffice(atMs + chance.between(8, 180) * minuteMs, chance.integer(5, 90))
    script.add(cancelledMs, 'desk', { do: 'step', action: 'cancel', reason })
    return { endedMs: cancelledMs, restoredMs: null, visits: [] }
  }

  /** Without a contract dear parts are agreed first. When work may go on, or that it may not. */
  function quoted(dispatchMs: number): number | 'lost' {
    if (tier !== 'none' || coverOf(machine, 'repair', openMs).coverage !== 'none' || twin) return dispatchMs
    const priceCents = neededFor(story.failureModeKey).reduce((sum, { partCode, quantity }) => {
      const price = parts.find(({ code }) => code === partCode)?.priceCents ?? 0
      return sum + price * Number(quantity)
    }, 0)
    if (priceCents < 1_800_00) return dispatchMs
    const askedMs = dispatchMs + chance.between(6, 24) * minuteMs
    script.add(askedMs, 'desk', { do: 'step', action: 'ask-quote' })
    if (chance.happens(fates.lostQuote)) return 'lost'
    const approvedMs = inOffice(askedMs + chance.between(0.4, 9) * hourMs, chance.integer(5, 80))
    script.add(approvedMs, 'desk', { do: 'step', action: 'approve-quote' })
    return approvedMs
  }
}

/** What the desk knew from the call. */
export interface Opened {
  readonly failureModeKey: string | null
  readonly arriveDueMs: number | null
  readonly reporter: string
}

function open(script: Script, fault: Fault, unknown: boolean, chance: Chance): Opened {
  const { machine, story, source, openMs, alarm } = fault
  const { access } = machine.site
  const reporter = chance.happens(0.6) ? access.contactName : personName(chance)
  const { arriveDueAt } = slaDeadlines(machine.customer.tier, new Date(openMs))
  const arriveDueMs = arriveDueAt?.getTime() ?? null
  if (source === 'alarm') {
    const raised = { ruleKey: alarm.ruleKey, failureModeKey: alarm.failureModeKey } as const
    script.add(openMs, 'Fettle', { do: 'raise-alarm', ...raised })
    return { failureModeKey: ruleOf(alarm.ruleKey).failureModeKey, arriveDueMs, reporter: access.contactName }
  }
  const failureModeKey = chance.happens(0.75) && !unknown ? story.failureModeKey : null
  const isRework = source === 'rework'
  script.add(openMs, isRework ? 'Fettle' : 'desk', {
    do: 'open',
    type: isRework ? 'complaint' : 'repair',
    source,
    priority: priorityOf(machine.customer.tier, chance),
    title: `${machine.asset.name.split(' ')[0] ?? ''} ${chance.pick(story.titles)}`.trim(),
    description: '',
    failureModeKey,
    reporterName: reporter,
    reporterPhone: reporter === access.contactName ? access.contactPhone : null,
  })
  return { failureModeKey, arriveDueMs, reporter }
}

/** Ten minutes later, and the few seconds that a reading needs to the store. */
const evidenceMs = 10 * minuteMs + 16_000

/** Seen before it is answered; it clears when the machine runs again, or when the sensor shows what is. */
function alarmScenes(script: Script, { alarm, openMs }: Fault, answeredMs: number, { restoredMs }: Planned): void {
  script.add(Math.max(openMs + 20_000, answeredMs - 50_000), 'dispatcher', { do: 'acknowledge' })
  script.add(openMs + evidenceMs, 'Fettle', { do: 'freeze-evidence' })
  const soonestMs = openMs + evidenceMs + 40_000
  const isSensor = alarm?.failureModeKey === null
  const clearedMs = isSensor || restoredMs === null ? soonestMs : Math.max(soonestMs, restoredMs - 9 * minuteMs)
  script.add(clearedMs, 'Fettle', { do: 'clear-alarm' })
}

/** By another way, before anybody has left; the desk puts it to the first. */
function reportAgain(script: Script, fault: Fault, openMs: number, answeredMs: number, chance: Chance): void {
  const { machine, story } = fault
  const againMs = openMs + chance.between(0.15, 0.8) * Math.max(20 * minuteMs, answeredMs - openMs)
  script.add(againMs, 'desk', {
    do: 'open',
    twin: true,
    type: 'repair',
    source: fault.source === 'qr' ? 'phone' : 'qr',
    priority: 'normal',
    title: `${machine.asset.name.split(' ')[0] ?? ''} ${chance.pick(story.titles)}`.trim(),
    description: chance.pick(reasons.duplicate),
    failureModeKey: null,
    reporterName: personName(chance),
    reporterPhone: null,
  })
  script.add(againMs + chance.between(2, 9) * minuteMs, 'desk', { do: 'merge' })
}

function answerMinutes(tier: Fault['machine']['customer']['tier'], chance: Chance): number {
  const [least, most] = { platinum: [2, 12], gold: [3, 22], silver: [4, 70], none: [5, 100] }[tier] as [number, number]
  return chance.between(least, most) * (chance.happens(0.05) ? 2.2 : 1)
}

function priorityOf(tier: Fault['machine']['customer']['tier'], chance: Chance): Priority {
  if (tier === 'platinum') return chance.weighted({ urgent: 0.3, high: 0.5, normal: 0.2 })
  return chance.weighted({ urgent: 0.05, high: 0.35, normal: 0.5, low: 0.1 })
}
