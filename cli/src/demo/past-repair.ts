import { assets } from '@fettle/provisioning/demo/assets'
import { customers } from '@fettle/provisioning/demo/customers'
import { engineers } from '@fettle/provisioning/demo/engineers'
import { reportedAt, type DemoPastRepair } from '@fettle/provisioning/demo/past-repair'

/** When each step of a past repair was taken. */
export interface Timetable {
  reported: Date
  toDispatch: Date
  assigned: Date
  accepted: Date
  appointed: Date
  departed: Date
  arrived: Date
  reportedDone: Date
  confirmed: Date
  reviewed: Date
  closed: Date
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** China has one zone and no daylight saving. */
const zoneMs = 8 * hourMs

/** Nobody begins a repair that would end later than this, local hour, or on a day off, unless the contract is round the clock. */
const latestEndHour = 19
const firstArrivalHour = 9

/**
 * A plausible day's work for a repair of the history: answered within minutes, there on the same day where the day is long
 * enough, otherwise in the next morning that the engineer works. The hours driven go half there, half back.
 */
export function timetable(repair: DemoPastRepair, now: Date): Timetable {
  const reported = reportedAt(repair, now)
  const after = (from: Date, ms: number) => new Date(from.getTime() + ms)
  const workMs = Number(repair.workHours) * hourMs
  const oneWayMs = (Number(repair.travelHours) / 2) * hourMs
  // Differs from repair to repair and is the same in every demonstration.
  const pace = 1 + (repair.daysAgo % 7) / 10
  const toDispatch = after(reported, 6 * pace * minuteMs)
  const assigned = after(toDispatch, 9 * pace * minuteMs)
  const accepted = after(assigned, 7 * pace * minuteMs)
  const appointed = after(accepted, 11 * pace * minuteMs)
  const arrived = arrivalAfter(after(appointed, 35 * pace * minuteMs + oneWayMs), workMs, repair)
  const reportedDone = after(arrived, workMs + 6 * minuteMs)
  return {
    reported,
    toDispatch,
    assigned,
    accepted,
    appointed,
    arrived,
    reportedDone,
    departed: after(arrived, -oneWayMs),
    confirmed: after(reportedDone, 14 * pace * minuteMs),
    reviewed: after(reportedDone, 20 * pace * hourMs),
    closed: after(reportedDone, 27 * pace * hourMs),
  }
}

function arrivalAfter(earliest: Date, workMs: number, repair: DemoPastRepair): Date {
  const workdays = isRoundTheClock(repair) ? [1, 2, 3, 4, 5, 6, 7] : workdaysOf(repair)
  let day = Math.floor((earliest.getTime() + zoneMs) / dayMs)
  for (let tries = 0; tries < 14; tries++, day++) {
    const midnight = day * dayMs - zoneMs
    const arrival = Math.max(earliest.getTime(), midnight + firstArrivalHour * hourMs)
    const fits = arrival + workMs <= midnight + latestEndHour * hourMs
    if (fits && workdays.includes(isoWeekday(day))) return new Date(arrival)
  }
  throw new Error(`nobody finds a day for the repair of ${repair.assetKey} ${repair.daysAgo} days ago`)
}

/** Monday 1 to Sunday 7; day 0 was a Thursday. */
const isoWeekday = (day: number) => ((day + 3) % 7) + 1

function workdaysOf({ engineerKey }: DemoPastRepair): readonly number[] {
  return engineers.find(({ key }) => key === engineerKey)?.workdays ?? []
}

function isRoundTheClock({ assetKey }: DemoPastRepair): boolean {
  const asset = assets.find(({ key }) => key === assetKey)
  return customers.find(({ key }) => key === asset?.customerKey)?.tier === 'platinum'
}
