import { failureModes } from '@fettle/provisioning/demo/failure-modes'
import { history } from '@fettle/provisioning/demo/history'
import {
  alarmCauses,
  falseAlarmCauses,
  falseAlarmStory,
  type AlarmCause,
} from '@fettle/provisioning/demo/years/alarm-causes'
import type { Chance } from '@fettle/provisioning/demo/years/chance'
import type { FaultStory } from '@fettle/provisioning/demo/years/fault-story'
import { productionStories } from '@fettle/provisioning/demo/years/fault-stories-production'
import { utilityStories } from '@fettle/provisioning/demo/years/fault-stories-utilities'
import {
  maintenanceProgrammes,
  type MaintenanceProgramme,
} from '@fettle/provisioning/demo/years/maintenance-programmes'
import { atMinute, dayText, isHoliday, monthOf, weekdayOf } from './china-time.ts'
import type { KnownMachine } from './known-machines.ts'
import { badBatch } from './money-plan.ts'
import { ruleOf } from './recording.ts'
import { fates, otherSources, targets } from './targets.ts'

interface Incident {
  readonly machine: KnownMachine
  readonly story: FaultStory
  readonly openMs: number
  /** Somebody reports it again. */
  readonly twin: boolean
}

/** Something that somebody reports. */
interface ReportedFault extends Incident {
  readonly source: 'phone' | 'qr' | 'email' | 'rework'
  readonly alarm?: undefined
}

/** Something that the machine reports itself. */
interface RaisedFault extends Incident {
  readonly source: 'alarm'
  readonly alarm: AlarmCause
}

export type Fault = ReportedFault | RaisedFault

/** Planned work. */
export interface Due {
  readonly machine: KnownMachine
  readonly programme: MaintenanceProgramme
  /** The local day on which it is due. */
  readonly day: number
}

export interface Year {
  readonly alarms: readonly Fault[]
  readonly faults: readonly Fault[]
  readonly due: readonly Due[]
}

export const faultStories: readonly FaultStory[] = [...utilityStories, ...productionStories]
export const yearDays = 365
/** A motor is not repaired every week: these are drawn one by one. */
const countedMode = 'AC-01'

/** What goes wrong and what is due in the year before `anchorDay`, in no order; the same for a chance. */
export function drawYear(
  machines: readonly KnownMachine[],
  connected: readonly KnownMachine[],
  anchorDay: number,
  chance: Chance,
): Year {
  const days = daysBefore(anchorDay)
  const planned = Math.round(targets.tickets * targets.sources.preventive)
  const other = Math.round(targets.tickets * targets.sources.other)
  const qr = Math.round(targets.tickets * targets.sources.qr) - countOf('portal') - countOf('qr')
  const phone = targets.tickets - planned - targets.alarmTickets - other - qr - history.length
  const email = Math.round(other * otherSources.email)
  const sources = [
    ...repeated('phone', phone),
    ...repeated('qr', qr),
    ...repeated('email', email),
    ...repeated('rework', other - email),
  ]
  const twins = Math.round(sources.length * fates.twins)
  const reports = sources
    .slice(twins)
    .map((source, place) => ({ source, twin: place % 40 === 7 && place / 40 < twins }))
  const fans = fanFailures(machines, chance.of('fans'))
  return {
    alarms: drawAlarms(connected, days, anchorDay, chance.of('alarms')),
    faults: reports.map((report, place) => faultOf(report, fans[place], machines, days, chance.of(`fault ${place}`))),
    due: Array.from({ length: planned }, (_, place) => dueOf(machines, days, chance.of(`planned ${place}`))),
  }
}

interface Days {
  readonly all: readonly number[]
  readonly due: Sums
  faults(season: FaultStory['season'], nights: boolean): Sums
}

function daysBefore(anchorDay: number): Days {
  const all = Array.from({ length: yearDays }, (_, place) => anchorDay - yearDays + place)
  const faults = new Map<string, Sums>()
  return {
    all,
    due: sumsOf(all, plannedWeight),
    faults(season, nights) {
      const kind = `${season ?? ''} ${nights}`
      const sums = faults.get(kind) ?? sumsOf(all, (day) => faultWeight(day, season, nights))
      faults.set(kind, sums)
      return sums
    },
  }
}

const countOf = (source: 'portal' | 'qr') => history.filter((repair) => repair.source === source).length
const repeated = (source: ReportedFault['source'], count: number) => Array.from({ length: count }, () => source)

/** The last days have their telemetry, in which nothing like this is to be seen. */
const quietDays = 9
/** Its story is told live. */
const openingMachine = 'AC75-2403-0117'

function drawAlarms(connected: readonly KnownMachine[], days: Days, anchorDay: number, chance: Chance): Fault[] {
  const machines = connected.filter(({ asset }) => asset.key !== openingMachine)
  return Array.from({ length: targets.alarmTickets }, (_, place) => {
    const isFalse = place < fates.falseAlarms
    const [machine, alarm] = drawCause(machines, isFalse ? falseAlarmCauses : alarmCauses, chance)
    const suspected = ruleOf(alarm.ruleKey).failureModeKey
    const story = alarm.failureModeKey === null ? falseAlarmStory(suspected) : storyOf(alarm.failureModeKey)
    let day = drawDay(days.all, days.faults(story.season, machine.nights), chance)
    while (day > anchorDay - quietDays) day -= 7
    const openMs = atMinute(day, minuteOfReport(machine, chance))
    return { source: 'alarm', machine, story, openMs, twin: false, alarm } as const
  })
}

function drawCause(machines: readonly KnownMachine[], causes: readonly AlarmCause[], chance: Chance) {
  for (;;) {
    const machine = chance.pick(machines)
    const possible = causes.filter(
      ({ ruleKey }) => ruleOf(ruleKey).modelKey === machine.asset.modelKey && isNear(machine, ruleKey),
    )
    if (possible.length === 0) continue
    const weights = Object.fromEntries(possible.map(({ ruleKey, weight }) => [ruleKey, weight]))
    const ruleKey = chance.weighted(weights)
    const cause = possible.find((candidate) => candidate.ruleKey === ruleKey)
    if (cause) return [machine, cause] as const
  }
}

/** Around Suzhou nobody is an electrician and knows compressors. */
function isNear({ site }: KnownMachine, ruleKey: string): boolean {
  return !(ruleKey.startsWith('AC75') && site.regionCode.startsWith('32'))
}

type Report = Pick<ReportedFault, 'source' | 'twin'>

function faultOf(
  report: Report,
  given: KnownMachine | undefined,
  machines: readonly KnownMachine[],
  days: Days,
  chance: Chance,
): Fault {
  const machine = given ?? chance.pick(machines)
  const story = given ? storyOf(countedMode) : drawStory(machine, chance)
  const day = drawDay(days.all, days.faults(story.season, machine.nights), chance)
  return { ...report, machine, story, openMs: atMinute(day, minuteOfReport(machine, chance)) }
}

/** By the catalogue's priors, of what can happen to this model. */
function drawStory(machine: KnownMachine, chance: Chance): FaultStory {
  const modes = failureModes.filter(
    ({ key, modelKey }) =>
      modelKey === machine.asset.modelKey &&
      key !== countedMode &&
      faultStories.some((told) => told.failureModeKey === key),
  )
  return storyOf(chance.weighted(Object.fromEntries(modes.map(({ key, prior }) => [key, prior]))))
}

function storyOf(failureModeKey: string): FaultStory {
  const found = faultStories.find((told) => told.failureModeKey === failureModeKey)
  if (!found) throw new Error(`nobody tells of ${failureModeKey}`)
  return found
}

/** Five motors of the bad delivery and as many others as make nine with those that are known. */
function fanFailures(machines: readonly KnownMachine[], chance: Chance): KnownMachine[] {
  const before = history.filter(({ failureModeKey }) => failureModeKey === countedMode).length
  const isBad = ({ asset }: KnownMachine) =>
    asset.installedParts.some(({ partCode, batch }) => partCode === badBatch.partCode && batch === badBatch.batch)
  // Where an electrician with the skill is within reach.
  const near = machines.filter(({ asset, site }) => asset.modelKey === 'AC75' && /^(37|13|44)/.test(site.regionCode))
  const draw = (candidates: KnownMachine[], count: number) =>
    candidates
      .map((machine) => ({ machine, place: chance.next() }))
      .toSorted((a, b) => a.place - b.place)
      .slice(0, count)
      .map(({ machine }) => machine)
  return [
    ...draw(near.filter(isBad), targets.fanFailuresOfBadBatch),
    ...draw(
      near.filter((machine) => !isBad(machine)),
      targets.fanFailures - targets.fanFailuresOfBadBatch - before,
    ),
  ]
}

function dueOf(machines: readonly KnownMachine[], days: Days, chance: Chance): Due {
  const firstDay = dayText(days.all[0] ?? 0)
  // While the maker still answers for a machine, its maintenance is not sold.
  const machine = chance.pick(machines.filter(({ asset }) => asset.warrantyUntil < firstDay))
  const ofModel = maintenanceProgrammes.filter(({ modelKey }) => modelKey === machine.asset.modelKey)
  const title = chance.weighted(Object.fromEntries(ofModel.map((programme) => [programme.title.zh, programme.weight])))
  const programme = ofModel.find((candidate) => candidate.title.zh === title)
  if (!programme) throw new Error(`there is no programme ${title}`)
  const day = drawDay(days.all, days.due, chance)
  return { machine, programme, day }
}

/** Weights of the year's days, added up, so that a day is found by halving. */
type Sums = readonly number[]

const sumsOf = (days: readonly number[], weightOf: (day: number) => number): Sums => {
  let sum = 0
  return days.map((day) => (sum += weightOf(day)))
}

function drawDay(days: readonly number[], sums: Sums, chance: Chance): number {
  const aim = chance.next() * (sums.at(-1) ?? 0)
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > aim) high = middle
    else low = middle + 1
  }
  return days[low] ?? days[0] ?? 0
}

const weekdayWeights = [1.2, 1.05, 1, 1, 1, 0.55, 0.18]
/** Heat is hard on what cools, the end of the year on everything that is worn. */
const summer = [0.45, 0.45, 0.6, 0.8, 1.1, 1.7, 2.1, 2, 1.4, 0.8, 0.55, 0.45]
const winter = [1.5, 1.4, 1.1, 0.9, 0.8, 0.8, 0.8, 0.8, 0.9, 1, 1.2, 1.5]
const ordinary = [0.92, 0.85, 1, 1, 1.02, 1.1, 1.15, 1.12, 1.02, 0.98, 1, 1]

function faultWeight(day: number, season: FaultStory['season'], nights: boolean): number {
  const months = season === 'summer' ? summer : season === 'winter' ? winter : ordinary
  const weekday = weekdayWeights[weekdayOf(day) - 1] ?? 1
  const restful = weekdayOf(day) === 7 && !nights ? 0.1 : 1
  const quiet = isHoliday(day) ? (nights ? 0.5 : 0.05) : 1
  return (months[monthOf(day) - 1] ?? 1) * weekday * restful * quiet
}

/** Planned work is done before the heat and before the year's end, never on a Sunday or a holiday. */
function plannedWeight(day: number): number {
  if (weekdayOf(day) === 7 || isHoliday(day)) return 0
  const months = [0.9, 0.5, 1.3, 1.3, 1.2, 0.9, 0.7, 0.7, 1, 1.2, 1.2, 1]
  return (months[monthOf(day) - 1] ?? 1) * (weekdayOf(day) === 6 ? 0.6 : 1)
}

/** When the day shift begins and after the meal most is noticed; at night only where somebody works. */
function minuteOfReport({ nights }: KnownMachine, chance: Chance): number {
  if (nights && chance.happens(0.16)) return chance.between(0, 24 * 60)
  return chance.happens(0.55) ? chance.between(7.6 * 60, 11.6 * 60) : chance.between(12.9 * 60, 17.6 * 60)
}
