import type { Logger } from '@fettle/platform/logging'
import type { FaultMode } from './faults.ts'
import type { FaultInjection } from './fault-injection.ts'
import { machinesAt, type MachineGroup, type MachineSpec, type SiteSpec } from './fleet/spec.ts'
import { createMachine, type MachineSnapshot, type SimulatedMachine } from './machine.ts'
import { liveThroughOutage, type Reading } from './outage.ts'
import type { FaultEvent, FaultSchedule } from './schedule.ts'
import { fewNearest } from './nearest-names.ts'
import { SimulatorError } from './simulator-error.ts'

/** What can be done to a running fleet by hand. Every command throws SimulatorError when it cannot be carried out. */
export interface FleetCommands {
  snapshot(): MachineSnapshot[]
  inject(deviceKey: string, injection: FaultInjection): MachineSnapshot
  /** Repairs a fault. */
  clear(deviceKey: string, mode: FaultMode): MachineSnapshot
  setRunning(deviceKey: string, running: boolean): MachineSnapshot
  /** Shows a value for a signal at once and until released. */
  forceSignal(deviceKey: string, key: string, value: number): MachineSnapshot
  releaseSignal(deviceKey: string, key: string): MachineSnapshot
}

/** All machines and the time they share, without any wire. */
export interface SimulatedFleet extends FleetCommands {
  machinesIn(group: MachineGroup): readonly SimulatedMachine[]
  /** What the loggers of machines whose link was down at the start had kept until then, by device key. */
  readonly keptBefore: ReadonlyMap<string, readonly Reading[]>
  /** Lets the machines live until `at` (epoch ms) and the schedule happen on its way. */
  advanceTo(at: number): void
}

export interface SimulatedFleetOptions {
  sites: readonly SiteSpec[]
  seed: number
  schedule: FaultSchedule
  /** Epoch ms of the beginning. */
  at: number
  /** Told of a machine that was changed by hand. */
  onChanged: (machine: SimulatedMachine) => void
  logger: Logger
}

const stepMs = 1_000
/** After the computer has slept, this much is caught up with; the rest of the night never happened. */
const maxCatchUpMs = 10 * 60_000

export function createSimulatedFleet(options: SimulatedFleetOptions): SimulatedFleet {
  const { sites, seed, schedule, at: startAt, onChanged, logger } = options
  const machines = new Map<string, SimulatedMachine>()
  const keptBefore = new Map<string, readonly Reading[]>()
  const events = withOutageEnds(schedule, sites)
  for (const site of sites) for (const spec of machinesAt(site)) machines.set(spec.deviceKey, born(site, spec))
  let now = startAt
  let livedMs = 0
  let nextEvent = 0

  function born(site: SiteSpec, spec: MachineSpec): SimulatedMachine {
    const options = { site, spec, seed, at: startAt, ...ambient(schedule, spec) }
    if (!spec.outage) return createMachine(options)
    const { machine, kept } = liveThroughOutage(options, spec.outage)
    keptBefore.set(spec.deviceKey, kept)
    return machine
  }

  function advanceTo(at: number): void {
    if (at < now) now = at // the clock was set back
    now = Math.max(now, at - maxCatchUpMs)
    while (now < at) {
      const dtMs = Math.min(stepMs, at - now)
      now += dtMs
      livedMs += dtMs
      for (const machine of machines.values()) machine.step(now, dtMs)
      happen()
    }
  }

  function happen(): void {
    for (let event = events[nextEvent]; event; event = events[nextEvent]) {
      if (event.atMs > livedMs) return
      nextEvent += 1
      obey(event)
    }
  }

  function obey(event: FaultEvent): void {
    const { deviceKey, inject, clear } = event
    try {
      if (inject) found(deviceKey).inject(inject, now)
      else found(deviceKey).clear(clear)
      logger.info({ deviceKey, ...(inject ?? { repaired: clear }) }, inject ? 'fault begins' : 'fault is repaired')
    } catch (error) {
      // Someone was quicker by hand, for example; the schedule goes on.
      if (!(error instanceof SimulatorError)) throw error
      logger.debug({ deviceKey, err: error }, 'a scheduled event had nothing to do')
    }
  }

  function found(deviceKey: string): SimulatedMachine {
    const machine = machines.get(deviceKey)
    if (machine) return machine
    const there = fewNearest(deviceKey, [...machines.keys()])
    throw new SimulatorError('machine/unknown', `there is no machine ${deviceKey}; there are ${there}`)
  }

  function command(deviceKey: string, change: (machine: SimulatedMachine) => void): MachineSnapshot {
    const machine = found(deviceKey)
    change(machine)
    onChanged(machine)
    return machine.snapshot()
  }

  return {
    advanceTo,
    machinesIn: (group) => group.machines.map(({ deviceKey }) => found(deviceKey)),
    keptBefore,
    snapshot: () => [...machines.values()].map((machine) => machine.snapshot()),
    inject: (deviceKey, injection) => command(deviceKey, (machine) => machine.inject(injection, now)),
    clear: (deviceKey, mode) => command(deviceKey, (machine) => machine.clear(mode)),
    setRunning: (deviceKey, running) => command(deviceKey, (machine) => machine.setRunning(running)),
    forceSignal: (deviceKey, key, value) => command(deviceKey, (machine) => machine.forceSignal(key, value)),
    releaseSignal: (deviceKey, key) => command(deviceKey, (machine) => machine.releaseSignal(key)),
  }
}

function withOutageEnds({ events }: FaultSchedule, sites: readonly SiteSpec[]): FaultEvent[] {
  const ends = sites.flatMap(machinesAt).flatMap(({ deviceKey, outage }): FaultEvent[] => {
    return outage ? [{ atMs: outage.endsAfterMs, deviceKey, clear: 'lost-communication' }] : []
  })
  return [...events, ...ends].toSorted((a, b) => a.atMs - b.atMs)
}

function ambient(schedule: FaultSchedule, { deviceKey }: { deviceKey: string }): { startAmbientC?: number } {
  const startAmbientC = schedule.startAmbientC?.[deviceKey]
  return startAmbientC === undefined ? {} : { startAmbientC }
}
