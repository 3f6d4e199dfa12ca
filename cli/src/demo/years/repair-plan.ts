import { fillNumbers, type Chance } from '@fettle/provisioning/demo/years/chance'
import { reasons } from '@fettle/provisioning/demo/years/reasons'
import { atMinute, dayMs, dayOf, hourMs } from './china-time.ts'
import type { Visit } from './crew.ts'
import { longestDayMs } from './engineers-day.ts'
import { endOf } from './ending.ts'
import { modeOf, neededFor } from './fault-work.ts'
import { goOut, spreadOf, stay, writeReport } from './going-out.ts'
import type { Fault } from './incidents.ts'
import { visitMoney } from './money-plan.ts'
import type { UsedPart } from './parts-plan.ts'
import type { Planned, Planner } from './planner.ts'
import { inOffice, type Script } from './script.ts'
import type { Reported } from './story.ts'
import { fates } from './targets.ts'

/** What is known about a ticket that waits for somebody to be sent. */
export interface RepairFacts {
  readonly fault: Pick<Fault, 'machine' | 'story' | 'source' | 'alarm'>
  readonly failureModeKey: string | null
  readonly arriveDueMs: number | null
  readonly reporter: string
  readonly fromMs: number
  readonly chance: Chance
}

/** The visits since the ticket was last given to somebody. */
type Round = readonly [Visit, ...Visit[]]

/** Somebody goes there: once, twice, or again because it did not last. Null when nobody can. */
export function repairOnSite(planner: Planner, script: Script, facts: RepairFacts): Planned | null {
  const { fault, chance, reporter, arriveDueMs, failureModeKey } = facts
  const { machine, story } = fault
  const mode = modeOf(story.failureModeKey)
  const isSensor = fault.alarm?.failureModeKey === null
  const workHours = isSensor
    ? chance.between(0.8, 1.6)
    : Math.max(0.8, Number(mode.standardHours) * chance.between(0.85, 1.3) + chance.between(0.4, 1.1))
  const isLong = workHours * hourMs > longestDayMs
  const fate = chance.weighted({
    secondVisit: isLong ? 0 : fates.secondVisit,
    disputed: fates.disputed,
    reopened: fates.reopened,
    done: 1 - fates.secondVisit - fates.disputed - fates.reopened,
  })
  const used: UsedPart[] = []

  const first = repair()
  if (!first) return null
  const rounds: Round[] = [first]
  if (fate === 'disputed') {
    const disputedMs = inOffice(lastOf(first).leaveMs + chance.between(2, 26) * hourMs, chance.integer(5, 80))
    const reason = chance.pick(reasons.dispute)
    script.add(disputedMs, machine.username ?? 'desk', { do: 'step', action: 'dispute', reason })
    const again = repairAgain(disputedMs)
    if (!again) return null
    rounds.push(again)
  }
  let ending = end(rounds.at(-1) ?? first)
  if (fate === 'reopened') {
    const reopenedMs = inOffice(ending.endedMs + chance.between(1, 5) * dayMs, chance.integer(5, 80))
    const by = chance.happens(0.5) ? 'quality' : 'desk'
    script.add(reopenedMs, by, { do: 'step', action: 'reopen', reason: chance.pick(reasons.reopen) })
    const again = repairAgain(reopenedMs)
    if (!again) return null
    rounds.push(again)
    ending = end(again)
  }
  const type = fault.source === 'rework' ? 'complaint' : 'repair'
  const doneMs = lastOf(first).leaveMs
  visitMoney(script, { machine, type, persons: mode.persons, workHours, used, doneMs }, chance)
  return { endedMs: ending.endedMs, restoredMs: doneMs, visits: rounds.flat() }

  function repair(): Round | null {
    const isSplit = isLong || fate === 'secondVisit'
    const workMs = (isSplit ? Math.min(workHours / 2, 7.5) : workHours) * hourMs
    const going = { machine, failureModeKey, arriveDueMs, fromMs: facts.fromMs, workMs }
    const visit = goOut(planner, script, going, chance)
    if (!visit) return null
    const next = isSplit ? comeAgain(visit) : undefined
    if (next === null) return null
    const round: Round = next ? [visit, next] : [visit]
    for (const needed of isSensor ? [] : neededFor(story.failureModeKey, chance)) {
      used.push(planner.parts.use(script, machine, lastOf(round), needed, chance))
    }
    report(round, lastOf(round).leaveMs)
    return round
  }

  /** What was found needs another day: parts have to come, or the work is too long for one. */
  function comeAgain(before: Visit): Visit | null {
    const fromMs = fate === 'secondVisit' ? before.leaveMs + chance.between(1, 4) * dayMs : morningAfter(before)
    const workMs = Math.max(1.2, Math.min(workHours / 2, 8)) * hourMs
    const wish = {
      machine,
      failureModeKey,
      arriveDueMs: null,
      fromMs,
      assignMs: before.leaveMs,
      workMs,
      spreadMinutes: spreadOf(chance),
    }
    const next = planner.crew.comesAgain(before.engineer, wish)
    const why = fate === 'secondVisit' ? reasons.partMissing : reasons.anotherDay
    if (next) stay(script, before, next, why, chance)
    return next
  }

  /** Shorter, and on us: what was fitted is set right. */
  function repairAgain(fromMs: number): Round | null {
    const workMs = Math.min(7, Math.max(1, workHours * 0.6)) * hourMs
    const visit = goOut(planner, script, { machine, failureModeKey, arriveDueMs: null, fromMs, workMs }, chance)
    if (!visit) return null
    report([visit], visit.leaveMs)
    return [visit]
  }

  function end(round: Round) {
    const rewrite = chance.happens(fates.returnedReport) ? (atMs: number) => report(round, atMs) : undefined
    return endOf(script, machine, { doneMs: lastOf(round).leaveMs, onSite: true, ...(rewrite && { rewrite }) }, chance)
  }

  function report(visits: Round, atMs: number): void {
    const written = {
      visits,
      failureModeKey: story.failureModeKey,
      finding: fillNumbers(chance.pick(story.findings), chance),
      work: fillNumbers(chance.pick(story.works), chance),
      outcome: outcomeOf(fault, chance),
      signedBy: reporter,
      atMs,
    }
    writeReport(script, written, chance)
  }
}

/** What an alarm said is confirmed or not; what people say can turn out to be many things. */
function outcomeOf({ alarm }: RepairFacts['fault'], chance: Chance): Reported['outcome'] {
  if (alarm) return alarm.failureModeKey === null ? 'sensor-fault' : 'confirmed'
  return chance.weighted({ confirmed: 0.9, 'operating-conditions': 0.05, misuse: 0.03, 'sensor-fault': 0.02 })
}

const lastOf = (round: Round): Visit => round.at(-1) ?? round[0]

const morningAfter = ({ leaveMs }: Visit): number => atMinute(dayOf(leaveMs) + 1, 7 * 60)
