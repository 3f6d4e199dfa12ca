import { fleet } from '../src/fleet.ts'
import { machinesAt, type MachineSpec } from '../src/fleet/spec.ts'
import { createMachine, type SimulatedMachine } from '../src/machine.ts'

/** A mild spring noon in China; nothing in the physics is special about it. */
export const springNoon = Date.parse('2026-04-15T12:00:00+08:00')

export const compressors = ['AC75-2403-0117', 'AC75-2309-0064', 'AC75-2206-0021', 'AC75-2111-0143']
export const pumps = ['P100-2208-0301', 'P100-2208-0302', 'P100-2208-0303', 'P100-2305-0412']

export interface Life {
  machine: SimulatedMachine
  /** Seconds lived. */
  seconds(): number
  value(key: string): number
  /** Lives for `seconds` and returns what the given signal showed at the end of each one. */
  live(seconds: number, key?: string): number[]
  /** Lives in steps of a minute, for what takes weeks. */
  fastForward(days: number): void
  /** Seconds from now until the condition holds; Infinity when it does not within `limit`. */
  secondsUntil(holds: () => boolean, limit: number): number
  inject: (injection: Parameters<SimulatedMachine['inject']>[0]) => void
}

export interface LifeOptions {
  seed?: number
  at?: number
  startAmbientC?: number
}

export function lifeOf(deviceKey: string, { seed = 7, at = springNoon, startAmbientC }: LifeOptions = {}): Life {
  const found = (spec: MachineSpec) => spec.deviceKey === deviceKey
  const site = fleet.find((candidate) => machinesAt(candidate).some(found))!
  const spec = machinesAt(site).find(found)!
  const machine = createMachine({ site, spec, seed, at, ...(startAmbientC === undefined ? {} : { startAmbientC }) })
  let now = at

  function step(dtMs: number): void {
    now += dtMs
    machine.step(now, dtMs)
  }

  const value = (key: string) => machine.values()[key]!
  return {
    machine,
    seconds: () => (now - at) / 1000,
    value,
    live(seconds, key) {
      const seen: number[] = []
      for (let i = 0; i < seconds; i++) {
        step(1000)
        if (key) seen.push(value(key))
      }
      return seen
    },
    fastForward(days) {
      for (let minute = 0; minute < days * 24 * 60; minute++) step(60_000)
    },
    secondsUntil(holds, limit) {
      for (let i = 0; i <= limit; i++) {
        if (holds()) return i
        step(1000)
      }
      return Infinity
    },
    inject: (injection) => machine.inject(injection, now),
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function deviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}
