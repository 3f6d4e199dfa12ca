import type { Suggestion } from '@fettle/contracts/engineers'
import type { Text } from '@fettle/contracts/scalars'
import { chinaCalendar, type WorkCalendar } from '../sla/work-calendar.ts'
import { availabilityOf } from './availability.ts'
import { drivingHours, roadKm, straightKm } from './distance.ts'
import {
  branchFactors,
  calendarFactor,
  certificateFactors,
  distanceFactor,
  levelFactor,
  loadFactor,
  partsFactors,
  regionFactor,
  skillFactor,
  slaFactors,
  type Factor,
} from './factors.ts'
import type { Candidate, DispatchJob } from './job.ts'

/**
 * Who should take this job (DSP-1), best first, every reason for and against in words. Those who may not or cannot take
 * it come last, nearest first, with what stands in the way. The score is the sum of the factors' points, 0 to 100.
 */
export function suggest(
  job: DispatchJob,
  candidates: readonly Candidate[],
  now: Date,
  calendar: WorkCalendar = chinaCalendar,
): Suggestion[] {
  const nearestKm = Math.min(...candidates.map(({ base }) => straightKm(base, job.position)))
  const nameOf = certificateNames(candidates)
  const suggestions = candidates.map((candidate) => judge(job, candidate, { nearestKm, nameOf, now, calendar }))
  return suggestions.sort(bestFirst)
}

interface Circumstances {
  readonly nearestKm: number
  readonly nameOf: (certificateKey: string) => Text
  readonly now: Date
  readonly calendar: WorkCalendar
}

function judge(
  job: DispatchJob,
  candidate: Candidate,
  { nearestKm, nameOf, now, calendar }: Circumstances,
): Suggestion {
  const straight = straightKm(candidate.base, job.position)
  const road = roadKm(candidate.base, job.position)
  const travelHours = drivingHours(road)
  const availability = availabilityOf(candidate, job, travelHours, now, calendar)
  const arrival =
    availability.kind === 'absent' ? null : new Date(availability.departure.getTime() + travelHours * 3_600_000)
  const factors = [
    skillFactor(job, candidate),
    ...certificateFactors(job, candidate, nameOf, now, calendar),
    ...branchFactors(job, candidate),
    distanceFactor(straight, road, travelHours, straight === nearestKm),
    ...(arrival ? slaFactors(job, arrival) : []),
    ...partsFactors(job, candidate),
    regionFactor(job, candidate),
    loadFactor(candidate),
    calendarFactor(availability, calendar),
    levelFactor(candidate),
  ]
  const who = {
    engineerId: candidate.engineerId,
    name: candidate.name,
    distanceKm: Math.round(road),
    travelHours: travelHours.toFixed(2),
  }
  if (factors.some(isBlock)) {
    // What stands in the way, and how far off he is; how well he would do otherwise no longer matters.
    const shown = factors.filter((factor) => isBlock(factor) || factor.factor === 'distance')
    const ordered = [...shown.filter(isBlock), ...shown.filter((factor) => !isBlock(factor))]
    return {
      ...who,
      eligible: false,
      score: 0,
      earliestArrival: null,
      withinSla: null,
      factors: withoutPoints(ordered),
    }
  }
  return {
    ...who,
    eligible: true,
    score: Math.round(factors.reduce((sum, { points }) => sum + points, 0) * 10) / 10,
    earliestArrival: arrival?.toISOString() ?? null,
    withinSla: arrival && job.arriveDueAt ? arrival <= job.arriveDueAt : null,
    factors,
  }
}

function isBlock({ verdict }: Factor): boolean {
  return verdict === 'blocks'
}

function withoutPoints(factors: readonly Factor[]): Factor[] {
  return factors.map((factor) => ({ ...factor, points: 0 }))
}

function bestFirst(a: Suggestion, b: Suggestion): number {
  if (a.eligible !== b.eligible) return a.eligible ? -1 : 1
  return b.score - a.score || a.distanceKm - b.distanceKm || a.name.localeCompare(b.name)
}

/** A certificate is called as on the card of anyone who has it; where nobody does, by its key. */
function certificateNames(candidates: readonly Candidate[]): (key: string) => Text {
  const names = new Map(candidates.flatMap(({ certificates }) => certificates.map(({ key, name }) => [key, name])))
  return (key) => names.get(key) ?? { zh: `证书 ${key}`, en: `certificate ${key}` }
}
