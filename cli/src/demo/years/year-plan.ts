import { companies as companiesOf, type DemoCompany } from '@fettle/provisioning/demo/years/companies'
import { createChance } from '@fettle/provisioning/demo/years/chance'
import { atMinute, dayMs, dayOf } from './china-time.ts'
import { planFault } from './fault-plan.ts'
import { drawYear, type Fault } from './incidents.ts'
import { connectedMachines, machinesOfCompanies } from './known-machines.ts'
import { planMaintenance } from './maintenance-plan.ts'
import { createPlanner, type PlannedStory } from './planner.ts'
import type { Story } from './story.ts'
import { targets } from './targets.ts'

export interface YearPlan {
  readonly companies: readonly DemoCompany[]
  /** In order of opening. */
  readonly stories: readonly Story[]
}

export interface YearPlanOptions {
  readonly seed: number
  /** The moment at which the demonstration was made; everything is over before. */
  readonly anchorMs: number
  /** Called now and then, so that planning a year keeps nobody waiting. */
  readonly pause?: () => Promise<void>
}

const storiesBetweenPauses = 25

/** So many times a ticket is put a week earlier until somebody has time for it and it is over before the anchor. */
const attempts = 8

/**
 * Twelve months of a service company, as commands that are still to be called. It is a pure function of seed and anchor, so a
 * part of it can be made today and the rest tomorrow. Faults find their engineers in order of time; planned work takes the
 * days that they leave.
 */
export async function planYear({ seed, anchorMs, pause }: YearPlanOptions): Promise<YearPlan> {
  const companies = companiesOf(seed)
  const machines = machinesOfCompanies(companies)
  const connected = connectedMachines()
  const planner = createPlanner({ seed, anchorMs, machines: [...machines, ...connected] })
  const { alarms, faults, due } = drawYear(machines, connected, dayOf(anchorMs), createChance(seed, 'year'))
  const remoteShare = remoteShareOf([...faults, ...alarms])
  const stories: Story[] = []

  function take(plan: (weeksEarlier: number) => PlannedStory | null): void {
    for (let weeks = 0; weeks < attempts; weeks++) {
      const planned = plan(weeks)
      if (!planned || lastMoment(planned.story) > anchorMs) continue
      planner.crew.book(planned.visits)
      stories.push(withoutFuture(planned.story, anchorMs))
      return
    }
    throw new Error('a year without a free day: there are too few engineers for its tickets')
  }

  const inOrder = [...alarms, ...faults].toSorted((a, b) => a.openMs - b.openMs)
  for (const [place, fault] of inOrder.entries()) {
    const key = `fault ${place}`
    const plan = (weeks: number, unknown: boolean) =>
      planFault(planner, shifted(fault, weeks), { key, remoteShare, unknown })
    take((weeks) => plan(weeks, false) ?? plan(weeks, true))
    if (place % storiesBetweenPauses === 0) await pause?.()
  }
  const dueInOrder = due.toSorted((a, b) => a.day - b.day)
  for (const [place, work] of dueInOrder.entries()) {
    take((weeks) => planMaintenance(planner, { ...work, day: work.day - weeks * 7 }, `planned ${place}`))
    if (place % storiesBetweenPauses === 0) await pause?.()
  }
  return { companies, stories: stories.toSorted((a, b) => a.openedMs - b.openedMs || (a.key < b.key ? -1 : 1)) }
}

const shifted = (fault: Fault, weeks: number): Fault => ({ ...fault, openMs: fault.openMs - weeks * 7 * dayMs })

/** Some failures cannot be talked away; the others must make up for them. */
function remoteShareOf(faults: readonly Fault[]): number {
  const possible = faults.filter(({ story, source, twin }) => story.remote.length > 0 && source !== 'rework' && !twin)
  return Math.min(0.9, (targets.remote * faults.length) / possible.length)
}

/** Old parts may still be under way when the demonstration begins; everything else must be over. */
function lastMoment({ endedMs, scenes }: Story): number {
  const own = scenes.filter(({ deed }) => deed.do !== 'move-stock')
  return Math.max(endedMs, ...own.map(({ atMs }) => atMs))
}

function withoutFuture(story: Story, anchorMs: number): Story {
  return { ...story, scenes: story.scenes.filter(({ atMs }) => atMs <= anchorMs) }
}

/** Local midnight of the day on which a demonstration was made. */
export const anchorOf = (seededAt: Date): number => atMinute(dayOf(seededAt.getTime()), 0)
