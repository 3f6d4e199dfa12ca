import { tierPlans } from '../sla/tiers.ts'
import { atLocalMinute, localDay, localMinute, localWeekday, type WorkCalendar } from '../sla/work-calendar.ts'
import type { Candidate, DispatchJob } from './job.ts'

export type Availability =
  | { readonly kind: 'absent'; readonly until: string; readonly reason: string }
  /** `on-call`: outside his hours, but the tier is served around the clock. */
  | { readonly kind: 'on-duty' | 'on-call' | 'later'; readonly departure: Date }

const searchDays = 21

/**
 * When an engineer can set out so as to arrive within his working hours; a tier that is served around the clock calls
 * him out at any hour. Someone absent today is not asked.
 */
export function availabilityOf(
  candidate: Candidate,
  job: Pick<DispatchJob, 'tier'>,
  travelHours: number,
  now: Date,
  calendar: WorkCalendar,
): Availability {
  const from = candidate.busyUntil !== null && candidate.busyUntil > now ? candidate.busyUntil : now
  const absence = absenceOn(candidate, localDay(calendar, from))
  if (absence) return { kind: 'absent', until: absence.endsOn, reason: absence.reason }

  const [start, end] = [minuteOf(candidate.dayStart), minuteOf(candidate.dayEnd)]
  const isWorkingDay = (at: Date) =>
    candidate.workdays.includes(localWeekday(calendar, at)) && !absenceOn(candidate, localDay(calendar, at))
  const isOnDuty = isWorkingDay(from) && localMinute(calendar, from) >= start && localMinute(calendar, from) < end
  if (tierPlans[job.tier].hours.kind === 'always') return { kind: isOnDuty ? 'on-duty' : 'on-call', departure: from }

  const arrivesInTime = localMinute(calendar, from) + travelHours * 60 <= end
  if (isOnDuty && arrivesInTime) return { kind: 'on-duty', departure: from }
  for (let days = 0; days < searchDays; days++) {
    const departure = atLocalMinute(calendar, from, start, days)
    if (departure >= from && isWorkingDay(departure)) return { kind: 'later', departure }
  }
  return { kind: 'absent', until: localDay(calendar, atLocalMinute(calendar, from, 0, searchDays)), reason: '' }
}

function absenceOn({ absences }: Candidate, day: string): Candidate['absences'][number] | undefined {
  return absences.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn)
}

/** Minutes since midnight of `08:30`. */
function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
