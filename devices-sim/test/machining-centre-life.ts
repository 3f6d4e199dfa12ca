import type { MachiningCentreBuild } from '../src/models/machining-centre-laws.ts'
import { programs, type ProgramName } from '../src/models/machining-centre-programs.ts'
import { machiningCentre } from '../src/models/machining-centre.ts'
import { violations, type HeldLimit } from './held-limits.ts'
import { modelLife, type ModelLife, type ModelLifeOptions } from './model-life.ts'

export const build: MachiningCentreBuild = {
  program: 'bearingHousing',
  loadingS: 45,
  loadFactor: 1,
  vibration: 0.7,
  spindleRiseK: 14,
  airMpa: 0.605,
  lubricationMpa: 1.8,
  lubricationMinutes: 12,
  unclampS: 0.8,
  backlashUm: 4,
  zHoldPct: 28.5,
  runHours: 14_870,
}
/** The ends of what the builds may be, as far as limits are concerned. */
export const worst: MachiningCentreBuild = {
  ...build,
  loadingS: 35,
  loadFactor: 1.06,
  vibration: 0.9,
  spindleRiseK: 16,
  airMpa: 0.59,
  lubricationMpa: 1.7,
  unclampS: 0.82,
  backlashUm: 5,
  zHoldPct: 30,
}
export const programNames = Object.keys(programs) as ProgramName[]

export const live = (options: ModelLifeOptions = {}, variant = build) =>
  modelLife(machiningCentre, variant, { ambient: 24, ...options })

const limits: Readonly<Record<string, HeldLimit>> = {
  spindle_load: { high: 100, holdS: 30 },
  spindle_temperature: { high: 60, holdS: 15 },
  spindle_vibration: { high: 1.8, holdS: 60 },
  air_pressure: { low: 0.5, holdS: 10 },
  lubrication_pulse: { low: 1.2, holdS: 10 },
  unclamp_time: { high: 1.2, holdS: 300 },
  x_backlash: { high: 10, holdS: 300 },
  z_load: { high: 80, holdS: 300 },
}

export const held = (life: ModelLife, seconds: number) => violations(life, seconds, limits)

/** What signals showed at every second of the given time while a condition held. */
export function during(
  life: ModelLife,
  seconds: number,
  key: string,
  holds: (values: Record<string, number>) => boolean,
) {
  const seen: number[] = []
  for (let second = 0; second < seconds; second++) {
    life.live(1)
    const values = life.values()
    if (holds(values)) seen.push(values[key]!)
  }
  return seen
}

/** At the speed at which vibration is judged. */
export const judged = ({ spindle_speed: rpm = 0 }: Record<string, number>) => Math.abs(rpm - 6_000) < 60
export const roughing = ({ spindle_load: load = 0, spindle_speed: rpm = 0 }: Record<string, number>) =>
  load > 45 && rpm < 3_000
/** The spindle turns without cutting. */
export const turningFree = ({ spindle_load: load = 0, spindle_speed: rpm = 0 }: Record<string, number>) =>
  rpm > 2_000 && load < 18
export const moving = ({ z_load: z = 0, spindle_speed: rpm = 0 }: Record<string, number>) => rpm > 500 && z > 0
/** Long enough for many parts of every program. */
export const programS = 2 * 3600
