import type { FaultInjection, FaultMode } from './faults.ts'
import type { MachineSpec, SiteSpec } from './fleet.ts'
import { hourMs, minuteMs } from './models/model.ts'
import { pump } from './models/pump.ts'
import { screwCompressor } from './models/screw-compressor.ts'
import { seededRandom, seedFor, type Random } from './physics/random.ts'

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
const meanGapMs = 9 * hourMs

/** What may happen to a model, how often relative to the others, how far on it begins, and how long until it is mended. */
interface Chance {
  mode: FaultMode
  weight: number
  progress?: readonly [number, number]
  lastsMs: readonly [number, number]
}

const communication: Chance = { mode: 'lost-communication', weight: 4, lastsMs: [5 * minuteMs, hourMs] }
const sensor: Chance = { mode: 'stuck-sensor', weight: 2, lastsMs: [3 * hourMs, 10 * hourMs] }

const chances: Readonly<Record<MachineSpec['model'], readonly Chance[]>> = {
  AC75: [
    { mode: 'AC-01', weight: 2, lastsMs: [2.5 * hourMs, 5 * hourMs] },
    { mode: 'AC-04', weight: 1, progress: [0.6, 0.9], lastsMs: [24 * hourMs, 72 * hourMs] },
    sensor,
    communication,
  ],
  P100: [
    { mode: 'P-03', weight: 2, lastsMs: [hourMs, 4 * hourMs] },
    { mode: 'P-01', weight: 1, progress: [0.5, 0.85], lastsMs: [24 * hourMs, 72 * hourMs] },
    sensor,
    communication,
  ],
}

export interface ScheduleOptions {
  sites: readonly SiteSpec[]
  seed: number
  horizonMs: number
}

/** Faults and repairs of the running machines within the horizon: never two at once on a machine, always the same for a seed. */
export function seededSchedule({ sites, seed, horizonMs }: ScheduleOptions): FaultSchedule {
  const running = sites.flatMap((site) => site.machines).filter((machine) => machine.initially === 'run')
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

function injection({ mode, progress }: Chance, model: MachineSpec['model'], random: Random): FaultInjection {
  if (progress) return { mode, progress: between(random, progress) }
  return mode === 'stuck-sensor' ? { mode, signal: measuredSignal(model, random) } : { mode }
}

/** A sensor can stick; the controller's own state and hour counter cannot. */
function measuredSignal(model: MachineSpec['model'], random: Random): string {
  const { signals } = model === 'AC75' ? screwCompressor : pump
  const measured = signals.map(({ key }) => key).filter((key) => !key.startsWith('run_'))
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
