import { accounts } from '@fettle/provisioning/demo/accounts'
import type { Tier } from '@fettle/contracts/customers'
import { atMinute, dayOf, isHoliday, minuteMs, minuteOf, weekdayOf } from './china-time.ts'
import type { Deed, Scene } from './story.ts'

/** Collects what happens to a ticket; the scenes come out in order of time, those of one moment as they were written. */
export interface Script {
  add(atMs: number, by: string, deed: Deed): void
  scenes(): Scene[]
}

export function createScript(): Script {
  const written: Scene[] = []
  return {
    add: (atMs, by, deed) => void written.push({ atMs: Math.round(atMs), by, deed }),
    scenes: () => written.toSorted((a, b) => a.atMs - b.atMs),
  }
}

/** The account of an engineer. */
export function usernameOf(engineerKey: string): string {
  const username = accounts.find((account) => account.engineerKey === engineerKey)?.username
  if (username === undefined) throw new Error(`the engineer ${engineerKey} has no account`)
  return username
}

const deskOpens = 8 * 60
const deskCloses = 20 * 60

/** The first moment from `ms` on at which somebody sits at the desk; for those who pay for it, at once. */
export function whenDeskAnswers(ms: number, tier: Tier): number {
  if (tier === 'platinum') return ms
  if (minuteOf(ms) < deskOpens) return atMinute(dayOf(ms), deskOpens) + 3 * minuteMs
  return minuteOf(ms) < deskCloses ? ms : atMinute(dayOf(ms) + 1, deskOpens) + 3 * minuteMs
}

const officeOpens = 8.5 * 60
const officeCloses = 17.5 * 60

/** The first moment from `ms` on within office hours; `minutes` spreads what would all fall on the opening. */
export function inOffice(ms: number, minutes = 0): number {
  const isOfficeDay = (day: number) => weekdayOf(day) <= 6 && !isHoliday(day)
  const today = dayOf(ms)
  const isNow = minuteOf(ms) >= officeOpens && minuteOf(ms) < officeCloses
  if (isOfficeDay(today) && isNow) return ms
  let day = isOfficeDay(today) && minuteOf(ms) < officeOpens ? today : today + 1
  while (!isOfficeDay(day)) day++
  return atMinute(day, officeOpens + minutes)
}
