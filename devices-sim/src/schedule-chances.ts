import type { FaultMode } from './faults.ts'
import type { Model } from './fleet/spec.ts'
import { hourMs, minuteMs } from './models/model.ts'

/** What may happen to a model, how often relative to the others, how far on it begins, and how long until it is mended. */
export interface Chance {
  mode: FaultMode
  weight: number
  /** Where a slow fault has come already; a quick one develops from its beginning. */
  progress?: readonly [number, number]
  lastsMs: readonly [number, number]
}

export const communication: Chance = { mode: 'lost-communication', weight: 4, lastsMs: [5 * minuteMs, hourMs] }
const sensor: Chance = { mode: 'stuck-sensor', weight: 2, lastsMs: [3 * hourMs, 10 * hourMs] }

const quick = (mode: FaultMode, weight: number, ...lastsH: readonly [number, number]): Chance => {
  return { mode, weight, lastsMs: [lastsH[0] * hourMs, lastsH[1] * hourMs] }
}
const slow = (mode: FaultMode, weight: number, ...progress: readonly [number, number]): Chance => {
  return { mode, weight, progress, lastsMs: [24 * hourMs, 72 * hourMs] }
}

export const chances: Readonly<Record<Model, readonly Chance[]>> = {
  AC75: [
    quick('AC-01', 2, 2.5, 5),
    slow('AC-04', 1, 0.6, 0.9),
    slow('AC-06', 1, 0.6, 0.95),
    slow('AC-03', 1, 0.5, 0.9),
    sensor,
    communication,
  ],
  IM280: [
    quick('IM-01', 2, 1.5, 4),
    quick('IM-02', 1, 2, 6),
    slow('IM-03', 1, 0.5, 0.85),
    slow('IM-04', 1, 0.6, 0.9),
    slow('IM-06', 1, 0.5, 0.9),
    sensor,
    communication,
  ],
  VMC850: [
    quick('VMC-03', 2, 0.5, 3),
    slow('VMC-01', 1, 0.5, 0.85),
    slow('VMC-02', 1, 0.5, 0.85),
    slow('VMC-05', 1, 0.4, 0.8),
    sensor,
    communication,
  ],
  CH1000: [
    quick('CH-03', 2, 2, 6),
    quick('CH-05', 1, 1, 4),
    slow('CH-01', 1, 0.5, 0.9),
    slow('CH-02', 1, 0.4, 0.8),
    sensor,
    communication,
  ],
  P100: [quick('P-03', 2, 1, 4), slow('P-01', 1, 0.5, 0.85), slow('P-02', 1, 0.4, 0.8), sensor, communication],
}
