import { fillNumbers } from '@fettle/provisioning/demo/years/chance'
import { reasons } from '@fettle/provisioning/demo/years/reasons'
import { atMinute, dayOf, hourMs, minuteMs, minuteOf, weekdayOf } from './china-time.ts'
import { endOf } from './ending.ts'
import { stay, travel, appoint, spreadOf, writeReport } from './going-out.ts'
import type { Due } from './incidents.ts'
import { visitMoney } from './money-plan.ts'
import type { PlannedStory, Planner } from './planner.ts'
import { createScript, inOffice, usernameOf } from './script.ts'
import { fates } from './targets.ts'
import type { Visit } from './crew.ts'

/**
 * Planned work: on a day that is still free, released by the system shortly before. Promises of arrival run from the release,
 * so whoever is promised hours gets his on the morning itself. Null when nobody finds a day.
 */
export function planMaintenance(planner: Planner, due: Due, key: string): PlannedStory | null {
  const chance = planner.chance.of(key)
  const { machine, programme, day } = due
  const script = createScript()
  const workHours = chance.between(...programme.hours) * 1.1
  const isSplit = workHours > 3 && chance.happens(fates.maintenanceOverTwoDays)
  const workMs = (isSplit ? workHours * 0.6 : workHours) * hourMs
  const fromMs = atMinute(day, 6.5 * 60)
  const going = { machine, failureModeKey: null, arriveDueMs: null, fromMs, assignMs: fromMs, workMs }
  const wish = { ...going, spreadMinutes: spreadOf(chance) }
  // What can be planned goes to whoever has the fewest visits.
  const visit = planner.crew.whoComes({ ...wish, evenness: 100 })
  if (!visit) return null

  const releasedMs = releaseOf(visit)
  const username = usernameOf(visit.engineer.key)
  const number = numberOf(machine.asset.name)
  script.add(releasedMs, 'Fettle', {
    do: 'open',
    type: programme.type,
    source: 'preventive',
    priority: 'normal',
    title: `${number}${programme.title.zh}`,
    englishTitle: `${number}${programme.title.en}`,
    description: '',
    failureModeKey: null,
    reporterName: null,
    reporterPhone: null,
  })
  const dispatchedMs = releasedMs + chance.between(1, 5) * minuteMs
  script.add(dispatchedMs, 'dispatcher', { do: 'step', action: 'to-dispatch' })
  script.add(dispatchedMs + 2 * minuteMs, 'dispatcher', { do: 'assign', engineerKey: visit.engineer.key })
  script.add(dispatchedMs + 5 * minuteMs, username, { do: 'step', action: 'accept' })
  appoint(script, username, dispatchedMs + 8 * minuteMs, visit)
  travel(script, username, visit, chance)
  const visits: [Visit, ...Visit[]] = [visit]
  if (isSplit) {
    const tomorrowMs = atMinute(dayOf(visit.leaveMs) + 1, 7 * 60)
    const rest = {
      ...wish,
      fromMs: tomorrowMs,
      assignMs: visit.leaveMs,
      workMs: Math.max(1, workHours * 0.55) * hourMs,
    }
    const next = planner.crew.comesAgain(visit.engineer, rest)
    if (!next) return null
    stay(script, visit, next, reasons.anotherDay, chance)
    visits.push(next)
  }
  const last = visits.at(-1) ?? visit
  const used = Object.entries(programme.parts).map(([partCode, quantity]) =>
    planner.parts.use(script, machine, last, { partCode, quantity }, chance),
  )
  const written = {
    visits,
    failureModeKey: null,
    finding: fillNumbers(chance.pick(programme.findings), chance),
    work: fillNumbers(chance.pick(programme.works), chance),
    outcome: 'confirmed',
    signedBy: machine.site.access.contactName,
    atMs: last.leaveMs,
  } as const
  writeReport(script, written, chance)
  const { endedMs } = endOf(script, machine, { doneMs: last.leaveMs, onSite: true }, chance)
  const done = { machine, type: programme.type, persons: 1, workHours, used, doneMs: last.leaveMs }
  visitMoney(script, done, chance)
  const { asset, companyKey } = machine
  const about = { key, openedMs: releasedMs, endedMs, assetKey: asset.key, companyKey, tickets: 1 }
  return { story: { ...about, scenes: script.scenes() }, visits }

  /** Never later than the engineer can still be told. */
  function releaseOf({ departMs, arriveMs }: Visit): number {
    const latestMs = departMs - 20 * minuteMs
    const { tier } = machine.customer
    if (tier === 'platinum' || tier === 'gold') {
      return Math.min(latestMs, Math.max(arriveMs - 3 * hourMs, atMinute(dayOf(arriveMs), 6.1 * 60)))
    }
    const before = weekdayOf(dayOf(arriveMs)) === 1 ? 2 : 1
    const afternoonMs = atMinute(dayOf(arriveMs) - before, chance.between(14 * 60, 16.6 * 60))
    return Math.min(latestMs, minuteOf(afternoonMs) < 17 * 60 ? inOffice(afternoonMs) : afternoonMs)
  }
}

/** What the customer has painted on a machine, before its name in any language: `2# `, `A3 `, or nothing. */
function numberOf(name: string): string {
  return /^[A-Z]?\d+#? /.exec(name)?.[0] ?? ''
}
