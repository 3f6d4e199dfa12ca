import { ambientTemperature, type Climate } from '../src/physics/ambient.ts'
import { seededRandom } from '../src/physics/random.ts'
import type { Command, MachineModel } from '../src/models/model.ts'

/** A machine's physics alone, without the fleet around it: failure modes are set by their severity. */
export interface ModelLife {
  value(key: string): number
  values(): Record<string, number>
  /** 0 repairs it. */
  severity(mode: string, severity: number): void
  command(command: Command): void
  /** Acknowledges a trip, until it has been obeyed. */
  reset(): void
  isRunning(): boolean
  isTripped(): boolean
  /** Lives for `seconds`, one at a time, and returns what the signal showed at the end of each. */
  live(seconds: number, key?: string): number[]
  /** The same for several signals at once. */
  record<Key extends string>(seconds: number, keys: readonly Key[]): Record<Key, number[]>
  /** Lives for `days` in steps of a minute and tells of each what the machine showed. */
  eachMinute(days: number, look: (values: Readonly<Record<string, number>>) => void): void
  /** Lives for days in steps of a minute while a failure mode develops from one severity to another. */
  develop(mode: string, days: number, from?: number, to?: number): void
  /** Seconds from now until the condition holds; Infinity when it does not within `limit`. */
  secondsUntil(holds: () => boolean, limit: number): number
}

export interface ModelLifeOptions {
  seed?: number
  at?: number
  command?: Command
  /** Room temperature in °C, constant, or a climate that makes it. */
  ambient?: number | Climate
  severities?: Readonly<Record<string, number>>
}

export const noon = Date.parse('2026-05-12T12:00:00+08:00')
const secondMs = 1_000
const minuteMs = 60_000

export function modelLife<State, Build>(
  model: MachineModel<State, Build>,
  build: Build,
  { seed = 7, at = noon, command: first = 'run', ambient = 26, severities = {} }: ModelLifeOptions = {},
): ModelLife {
  const random = seededRandom(seed)
  const severe = new Map(Object.entries(severities))
  let now = at
  let command = first
  let reset = false
  const ambientC = () => (typeof ambient === 'number' ? ambient : ambientTemperature(ambient, seed, 'site', now))
  const surroundings = () => ({
    at: now,
    ambientC: ambientC(),
    command,
    reset,
    severity: (mode: string) => severe.get(mode) ?? 0,
  })
  let state = model.settled(build, surroundings(), random)

  function step(dtMs: number): void {
    now += dtMs
    state = model.step(build, state, surroundings(), random, dtMs)
    reset &&= model.isTripped(state)
  }

  const values = () => ({ ...model.read(build, state) })
  const value = (key: string) => {
    const found = model.read(build, state)[key]
    if (found === undefined) throw new Error(`no signal ${key}`)
    return found
  }

  function record<Key extends string>(seconds: number, keys: readonly Key[]): Record<Key, number[]> {
    const seen = Object.fromEntries(keys.map((key) => [key, [] as number[]])) as Record<Key, number[]>
    for (let i = 0; i < seconds; i++) {
      step(secondMs)
      if (keys.length === 0) continue
      const shown = values()
      for (const key of keys) seen[key].push(shown[key] as number)
    }
    return seen
  }

  function eachMinute(days: number, look: (values: Readonly<Record<string, number>>) => void): void {
    for (let i = 0; i < days * 24 * 60; i++) {
      step(minuteMs)
      look(values())
    }
  }

  return {
    value,
    values,
    severity: (mode, severity) => void severe.set(mode, severity),
    command: (next) => void (command = next),
    reset: () => void (reset = true),
    isRunning: () => model.isRunning(state),
    isTripped: () => model.isTripped(state),
    live: (seconds, key) => record<string>(seconds, key === undefined ? [] : [key])[key ?? ''] ?? [],
    record,
    eachMinute,
    develop(mode, days, from = 0, to = 1) {
      const steps = Math.round(days * 24 * 60)
      for (let i = 1; i <= steps; i++) {
        severe.set(mode, from + ((to - from) * i) / steps)
        step(minuteMs)
      }
    },
    secondsUntil(holds, limit) {
      for (let i = 0; i <= limit; i++) {
        if (holds()) return i
        step(secondMs)
      }
      return Infinity
    },
  }
}
