import type { Position } from '@fettle/contracts/scalars'
import { suggest } from '@fettle/domain/dispatch/suggest'
import { drivingHours, roadKm } from '@fettle/domain/dispatch/distance'
import type { Candidate, DispatchJob } from '@fettle/domain/dispatch/job'
import { branches } from '@fettle/provisioning/demo/branches'
import { certificateNames, engineers, type DemoEngineer } from '@fettle/provisioning/demo/engineers'
import { failureModes } from '@fettle/provisioning/demo/failure-modes'
import { openingStock, vanOf } from '@fettle/provisioning/demo/stock'
import { dayOf, hourMs } from './china-time.ts'
import { createCalendar, earliestDeparture, type Booking, type Errand } from './engineers-day.ts'
import type { KnownMachine } from './known-machines.ts'

/** One going-out of one engineer. */
export interface Visit {
  readonly engineer: DemoEngineer
  readonly departMs: number
  readonly arriveMs: number
  readonly leaveMs: number
  readonly backMs: number
  readonly site: Position
  /** There and back. */
  readonly km: number
  readonly travelHours: number
}

export interface Wish {
  readonly machine: KnownMachine
  readonly failureModeKey: string | null
  readonly arriveDueMs: number | null
  /** Nobody leaves before. */
  readonly fromMs: number
  /** When it is decided who goes. */
  readonly assignMs: number
  readonly workMs: number
  /** Minutes after the opening of the gate. */
  readonly spreadMinutes: number
  /** Who was asked before and cannot come. */
  readonly without?: readonly string[]
  /** Points of the ranking that a dispatcher gives away to have work shared evenly. */
  readonly evenness: number
}

/** Ten engineers and their calendars through the year. */
export interface Crew {
  /** The best of the product's own ranking with the first moment at which he can come; null when nobody can. */
  whoComes(wish: Wish): Visit | null
  /** The same engineer another time; null when he finds no day for it. */
  comesAgain(engineer: DemoEngineer, wish: Omit<Wish, 'without' | 'evenness'>): Visit | null
  book(visits: readonly Visit[]): void
  keepFree(engineerKey: string, booking: Booking): void
}

export function createCrew(): Crew {
  const calendars = new Map(engineers.map(({ key }) => [key, createCalendar()]))

  function calendarOf(key: string) {
    const calendar = calendars.get(key)
    if (!calendar) throw new Error(`there is no engineer ${key}`)
    return calendar
  }

  function visitOf(engineer: DemoEngineer, wish: Pick<Wish, 'machine' | 'fromMs' | 'workMs' | 'spreadMinutes'>) {
    const { machine, fromMs, workMs, spreadMinutes } = wish
    const km = roadKm(engineer.base, machine.site.position)
    const travelMs = drivingHours(km) * hourMs
    const errand: Errand = { tier: machine.customer.tier, nights: machine.nights, spreadMinutes, travelMs, workMs }
    const departMs = earliestDeparture(engineer, calendarOf(engineer.key), errand, fromMs)
    if (departMs === null) return null
    const arriveMs = departMs + travelMs
    const leaveMs = arriveMs + workMs
    const visit: Visit = {
      engineer,
      site: machine.site.position,
      departMs,
      arriveMs,
      leaveMs,
      backMs: leaveMs + travelMs,
      km: 2 * km,
      travelHours: (2 * travelMs) / hourMs,
    }
    return visit
  }

  function whoComes(wish: Wish): Visit | null {
    const { machine, assignMs, without = [], evenness } = wish
    const visits = engineers.flatMap((engineer) => {
      if (without.includes(engineer.key) || engineer.skills[machine.family] === undefined) return []
      return visitOf(engineer, wish) ?? []
    })
    const candidates = visits.map(({ engineer, departMs }) => candidateOf(engineer, departMs))
    const ranking = suggest(jobOf(wish), candidates, new Date(assignMs)).filter(({ eligible }) => eligible)
    // Whoever can keep the promise goes before whoever would do it better.
    const inTime = ranking.filter(({ withinSla }) => withinSla !== false)
    const asked = inTime.length > 0 ? inTime : ranking
    const best = asked[0]?.score ?? 0
    const close = asked
      .filter(({ score }) => score >= best - evenness)
      .toSorted((a, b) => recentVisits(a.engineerId, assignMs) - recentVisits(b.engineerId, assignMs))
    return visits.find(({ engineer }) => engineer.key === close[0]?.engineerId) ?? null
  }

  function recentVisits(engineerKey: string, atMs: number): number {
    return calendarOf(engineerKey).count(dayOf(atMs) - 14, dayOf(atMs) + 7)
  }

  function candidateOf(engineer: DemoEngineer, departMs: number): Candidate {
    const { key, name, level, base, regionCode, workdays, dayStart, dayEnd } = engineer
    const waiting = calendarOf(key).count(dayOf(departMs) - 2, dayOf(departMs))
    return {
      engineerId: key,
      name,
      level,
      base,
      regionCode,
      branch: branchOf(engineer.branchKey),
      skills: Object.entries(engineer.skills).map(([family, skill]) => ({ family, level: skill })),
      certificates: engineer.certificates.map((held) => ({ ...held, name: certificateNames[held.key] })),
      workdays,
      dayStart,
      dayEnd,
      absences: [],
      openTickets: waiting,
      busyUntil: new Date(departMs),
      carried: carriedBy(key),
    }
  }

  return {
    whoComes,
    comesAgain: (engineer, wish) => visitOf(engineer, wish),
    book(visits) {
      for (const { engineer, departMs, backMs } of visits) {
        calendarOf(engineer.key).add({ fromMs: departMs, toMs: backMs })
      }
    },
    keepFree: (engineerKey, booking) => calendarOf(engineerKey).add(booking),
  }
}

function jobOf({ machine, failureModeKey, arriveDueMs }: Wish): DispatchJob {
  const mode = failureModes.find(({ key }) => key === failureModeKey)
  return {
    position: machine.site.position,
    regionCode: machine.site.regionCode,
    branch: branchOf(machine.customer.branchKey),
    tier: machine.customer.tier,
    family: machine.family,
    skillLevel: mode?.skillLevel ?? 1,
    certificates: mode?.certificates ?? [],
    parts: (mode?.parts ?? []).map((part) => ({ ...part, partName: { zh: part.partCode, en: part.partCode } })),
    arriveDueAt: arriveDueMs === null ? null : new Date(arriveDueMs),
  }
}

function branchOf(branchKey: string | null): { id: string; name: string } | null {
  const branch = branches.find(({ key }) => key === branchKey)
  return branch ? { id: branch.key, name: branch.name } : null
}

/** What a van is stocked with in an ordinary week. */
function carriedBy(engineerKey: string): Readonly<Record<string, string>> {
  const onVan = openingStock.filter(({ locationKey }) => locationKey === vanOf(engineerKey))
  return Object.fromEntries(onVan.map(({ partCode, quantity }) => [partCode, quantity]))
}
