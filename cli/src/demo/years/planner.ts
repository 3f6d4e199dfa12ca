import { engineers } from '@fettle/provisioning/demo/engineers'
import { history } from '@fettle/provisioning/demo/history'
import { createChance, type Chance } from '@fettle/provisioning/demo/years/chance'
import { hourMs } from './china-time.ts'
import { timetable } from '../past-repair.ts'
import { createCrew, type Crew, type Visit } from './crew.ts'
import type { KnownMachine } from './known-machines.ts'
import { createPartsPlan, type PartsPlan } from './parts-plan.ts'
import type { Story } from './story.ts'

/** What all tickets of the year share: the engineers' calendars and the numbers on parts. */
export interface Planner {
  readonly crew: Crew
  readonly parts: PartsPlan
  readonly chance: Chance
  /** Points of the ranking that a dispatcher gives away to have repairs shared evenly. */
  readonly evenness: number
}

/** When it is over, and who was out for it; the calendars do not have it yet. */
export interface Planned {
  readonly endedMs: number
  /** When the machine ran again; null where nothing was repaired. */
  readonly restoredMs: number | null
  readonly visits: readonly Visit[]
}

export interface PlannedStory {
  readonly story: Story
  readonly visits: readonly Visit[]
}

export interface PlannerOptions {
  readonly seed: number
  /** When the demonstration was made; its own few repairs count from there. */
  readonly anchorMs: number
  readonly machines: readonly KnownMachine[]
}

export function createPlanner({ seed, anchorMs, machines }: PlannerOptions): Planner {
  const crew = createCrew()
  for (const repair of history) {
    const { departed, reportedDone } = timetable(repair, new Date(anchorMs))
    if (!engineers.some(({ key }) => key === repair.engineerKey)) continue
    const homeMs = (Number(repair.travelHours) / 2) * hourMs
    crew.keepFree(repair.engineerKey, { fromMs: departed.getTime(), toMs: reportedDone.getTime() + homeMs })
  }
  return { crew, parts: createPartsPlan(machines), chance: createChance(seed, 'stories'), evenness: 9 }
}
