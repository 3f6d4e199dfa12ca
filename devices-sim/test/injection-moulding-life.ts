import type { InjectionMouldingBuild } from '../src/models/injection-moulding-laws.ts'
import { injectionMoulding } from '../src/models/injection-moulding.ts'
import { violations, type HeldLimit } from './held-limits.ts'
import { modelLife, type ModelLife, type ModelLifeOptions } from './model-life.ts'

export const build: InjectionMouldingBuild = {
  cycleS: 32,
  peakMpa: 102,
  cushionMm: 6,
  holdingRpm: 150,
  imbalancePct: 2,
  heaterKPerMin: 7.2,
  shearKPerMin: 2.1,
  coolerKwPerK: 0.62,
  coolingWaterC: 25,
  thermocouple: 'screwed',
  runHours: 21_300,
}
/** The ends of what the builds may be, as far as limits are concerned. */
export const stiff: InjectionMouldingBuild = {
  ...build,
  cycleS: 32.1,
  peakMpa: 106,
  cushionMm: 6.05,
  holdingRpm: 165,
  imbalancePct: 2.2,
  heaterKPerMin: 7.1,
  shearKPerMin: 2,
  coolerKwPerK: 0.58,
  coolingWaterC: 26,
  thermocouple: 'bayonet',
}
export const easy: InjectionMouldingBuild = {
  ...build,
  cycleS: 31.9,
  peakMpa: 98,
  cushionMm: 5.95,
  holdingRpm: 135,
  imbalancePct: 1.2,
  heaterKPerMin: 7.3,
  shearKPerMin: 2.2,
  coolerKwPerK: 0.66,
  coolingWaterC: 24,
}
export const loose: InjectionMouldingBuild = { ...build, thermocouple: 'bayonet' }

export const live = (options: ModelLifeOptions = {}, variant = build) =>
  modelLife(injectionMoulding, variant, { ambient: 24, ...options })

const limits: Readonly<Record<string, HeldLimit>> = {
  oil_temperature: { high: 55, holdS: 15 },
  zone3_temperature: { low: 215, high: 225, holdS: 15 },
  heater_duty: { high: 80, holdS: 300 },
  injection_pressure_peak: { high: 125, holdS: 10 },
  cushion: { low: 5, high: 7, holdS: 300 },
  cycle_time: { high: 34, holdS: 300 },
  holding_pump_speed: { high: 300, holdS: 300 },
  tie_bar_imbalance: { high: 5, holdS: 300 },
}

export const held = (life: ModelLife, seconds: number) => violations(life, seconds, limits)

/** The next values of a signal that the machine takes once a cycle. */
export function cycles(life: ModelLife, count: number, key: string): number[] {
  return Array.from({ length: count }, () => life.live(32, key).at(-1)!)
}
