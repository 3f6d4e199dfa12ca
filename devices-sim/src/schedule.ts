import type { FaultMode } from './faults.ts'
import type { FaultInjection } from './fault-injection.ts'
import { machinesAt, type MachineSpec, type Model, type SiteSpec } from './fleet/spec.ts'
import { signalsOf } from './models/catalogue.ts'
import { hourMs, minuteMs } from './models/model.ts'
import { seededRandom, seedFor, type Random } from './physics/random.ts'
import { chances, communication, type Chance } from './schedule-chances.ts'

/** Something that happens to a machine `atMs` after the simulation's start. */
export type FaultEvent = { atMs: number; deviceKey: string } & (
  { inject: FaultInjection; clear?: never } | { clear: FaultMode; inject?: never }
)

export interface FaultSchedule {
  /** In order of time. */
  events: readonly FaultEvent[]
  /** Machines whose room begins at another temperature than the season's, °C. */
  startAmbientC?: Readonly<Record<string, number>>
}

export const noFaults: FaultSchedule = { events: [] }

/** Nothing happens in the first half hour, so that a visitor can get to know the healthy fleet. */
const quietMs = 30 * minuteMs
/** Mean running time of one machine between two faults. A demonstration's rate: real machines take months. */
const meanGapMs = 22 * hourMs

export interface ScheduleOptions {
  sites: readonly SiteSpec[]
  seed: number
  horizonMs: number
}

/** Faults and repairs of the running machines within the horizon: never two at once on a machine, always the same for a seed. */
export function seededSchedule({ sites, seed, horizonMs }: ScheduleOptions): FaultSchedule {
  const running = sites.flatMap(machinesAt).filter((machine) => machine.initially === 'run')
  const events = running.flatMap((machine) =>
    eventsOf(machine, seededRandom(seedFor(seed, `schedule/${machine.deviceKey}`)), horizonMs),
  )
  return { events: events.toSorted((a, b) => a.atMs - b.atMs) }
}

const openingMachine = 'AC75-2403-0117'

/**
 * The demonstration: at second 15, in a room of 36 °C, the cooling fan of the first compressor dies; it waits for a visitor
 * to have it repaired, while the rest of the fleet follows the seed.
 */
export function demoSchedule(options: ScheduleOptions): FaultSchedule {
  const others = seededSchedule(options).events.filter((event) => event.deviceKey !== openingMachine)
  return {
    events: [{ atMs: 15_000, deviceKey: openingMachine, inject: { mode: 'AC-01' } }, ...others],
    startAmbientC: { [openingMachine]: 36 },
  }
}

function eventsOf(machine: MachineSpec, random: Random, horizonMs: number): FaultEvent[] {
  const { deviceKey, model } = machine
  const events: FaultEvent[] = []
  let atMs = quietMs + exponential(random, meanGapMs)
  while (atMs < horizonMs) {
    const chance = weighted(random, chances[model])
    events.push({ atMs, deviceKey, inject: injection(chance, model, random) })
    const mendedMs = atMs + Math.round(between(random, chance.lastsMs))
    if (mendedMs < horizonMs) events.push({ atMs: mendedMs, deviceKey, clear: chance.mode })
    atMs = mendedMs + hourMs + exponential(random, meanGapMs)
  }
  return events
}

function injection({ mode, progress }: Chance, model: Model, random: Random): FaultInjection {
  if (progress) return { mode, progress: between(random, progress) }
  return mode === 'stuck-sensor' ? { mode, signal: measuredSignal(model, random) } : { mode }
}

/** A sensor can stick; the controller's own state and hour counter cannot. */
function measuredSignal(model: Model, random: Random): string {
  const measured = signalsOf[model].map(({ key }) => key).filter((key) => !key.startsWith('run_'))
  return measured[Math.floor(random.next() * measured.length)] ?? 'current'
}

function weighted(random: Random, choices: readonly Chance[]): Chance {
  let left = random.next() * choices.reduce((sum, { weight }) => sum + weight, 0)
  return choices.find(({ weight }) => (left -= weight) < 0) ?? communication
}

function exponential(random: Random, mean: number): number {
  return Math.round(-mean * Math.log(1 - random.next()))
}

function between(random: Random, [low, high]: readonly [number, number]): number {
  return low + (high - low) * random.next()
}
