import type { Outage } from './fleet/spec.ts'
import { createMachine, type MachineOptions, type SimulatedMachine } from './machine.ts'
import type { Values } from './models/model.ts'

/** What a machine's controller showed at a time. */
export interface Reading {
  /** Epoch ms. */
  at: number
  values: Values
}

const stepMs = 5_000

/**
 * A machine whose link went down before the simulation's start, and that has lived on: as it is at `options.at`, and what
 * its own logger has kept since, one reading every five seconds.
 */
export function liveThroughOutage(
  options: MachineOptions,
  { sinceMs }: Outage,
): { machine: SimulatedMachine; kept: Reading[] } {
  const { at: endsAt } = options
  const beganAt = endsAt - sinceMs
  const machine = createMachine({ ...options, at: beganAt })
  machine.inject({ mode: 'lost-communication' }, beganAt)
  const kept: Reading[] = []
  for (let at = beganAt + stepMs; at <= endsAt; at += stepMs) {
    machine.step(at, stepMs)
    if (at < endsAt) kept.push({ at, values: machine.values() }) // the present is the first of the simulation's own
  }
  return { machine, kept }
}
