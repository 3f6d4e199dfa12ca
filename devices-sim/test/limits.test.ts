import { expect, it } from 'vitest'
import { fleet } from '../src/fleet.ts'
import { machinesAt, type Model } from '../src/fleet/spec.ts'
import { compressors, lifeOf, pumps, type Life } from './life.ts'

interface Limit {
  high?: number
  low?: number
  /** Seconds that it must hold before it counts. */
  holdS: number
}

/** First-step limits of the demonstration. */
const limits: Readonly<Record<Model, Readonly<Record<string, Limit>>>> = {
  AC75: {
    discharge_pressure: { low: 0.55, high: 0.85, holdS: 10 },
    discharge_temperature: { high: 100, holdS: 15 },
    separator_dp: { high: 0.08, holdS: 10 },
    current: { high: 150, holdS: 300 },
    motor_vibration: { high: 4.5, holdS: 60 },
    airend_vibration: { high: 9, holdS: 60 },
    inlet_vacuum: { high: 5, holdS: 10 },
    dew_point: { high: 10, holdS: 15 },
    specific_power: { high: 7.2, holdS: 300 },
  },
  IM280: {
    oil_temperature: { high: 55, holdS: 15 },
    zone3_temperature: { low: 215, high: 225, holdS: 15 },
    heater_duty: { high: 80, holdS: 300 },
    injection_pressure_peak: { high: 125, holdS: 10 },
    cushion: { low: 5, high: 7, holdS: 300 },
    cycle_time: { high: 34, holdS: 300 },
    holding_pump_speed: { high: 300, holdS: 300 },
    tie_bar_imbalance: { high: 5, holdS: 300 },
  },
  VMC850: {
    spindle_load: { high: 100, holdS: 30 },
    spindle_temperature: { high: 60, holdS: 15 },
    spindle_vibration: { high: 1.8, holdS: 60 },
    air_pressure: { low: 0.5, holdS: 10 },
    lubrication_pulse: { low: 1.2, holdS: 10 },
    unclamp_time: { high: 1.2, holdS: 300 },
    x_backlash: { high: 10, holdS: 300 },
    z_load: { high: 80, holdS: 300 },
  },
  CH1000: {
    leaving_water_temperature: { high: 9, holdS: 15 },
    chilled_water_flow: { low: 140, holdS: 300 },
    evaporating_pressure: { low: 190, holdS: 10 },
    condensing_pressure: { high: 1_030, holdS: 10 },
    evaporator_approach: { high: 3, holdS: 1_800 },
    condenser_approach: { high: 3, holdS: 1_800 },
    oil_dp: { low: 200, holdS: 10 },
    discharge_temperature: { high: 80, holdS: 15 },
    current: { high: 315, holdS: 300 },
  },
  P100: {
    flow: { low: 75, holdS: 300 },
    outlet_pressure: { low: 0.42, holdS: 10 },
    inlet_pressure: { low: -10, holdS: 10 },
    current: { low: 25, high: 40, holdS: 300 },
    vibration: { high: 5.1, holdS: 60 },
    kurtosis: { high: 4.5, holdS: 300 },
    bearing_temperature: { high: 75, holdS: 15 },
    seal_leak: { high: 20, holdS: 300 },
  },
}

const running = fleet.flatMap(machinesAt).filter(({ initially }) => initially === 'run')
const keysOf = (...models: readonly Model[]) =>
  running.flatMap(({ deviceKey, model }) => (models.includes(model) ? [deviceKey] : []))

/** The hottest and an autumn day; the compressors of the first site begin the hot one in a room of 36 °C. */
const days = [
  ...[...keysOf('AC75', 'P100'), 'CH1000-2108-0009'].map((key) => [key, '2026-07-20', 11] as const),
  ...keysOf('AC75', 'IM280', 'VMC850').map((key) => [key, '2026-11-22', 12] as const),
]

/** Lives and tells which signals held a limit for their delay, with the longest time in seconds that each was outside. */
function violations(life: Life, seconds: number): Record<string, number> {
  const ofModel = limits[life.machine.spec.model]
  const outsideFor: Record<string, number> = {}
  const held: Record<string, number> = {}
  for (let second = 0; second < seconds; second++) {
    life.live(1)
    for (const [signal, value] of Object.entries(life.machine.values())) {
      const limit = ofModel[signal]
      if (!limit) continue
      const outside = value > (limit.high ?? Infinity) || value < (limit.low ?? -Infinity)
      const since = outside ? (outsideFor[signal] ?? 0) + 1 : 0
      outsideFor[signal] = since
      if (since >= limit.holdS) held[signal] = Math.max(held[signal] ?? 0, since)
    }
  }
  return held
}

it.each(days)('%s keeps all its limits for a day (%s, seed %i)', (key, day, seed) => {
  const at = Date.parse(`${day}T00:00:00+08:00`)
  const life = lifeOf(key, { seed, at, ...(seed === 11 && key.startsWith('AC75') ? { startAmbientC: 36 } : {}) })
  expect(violations(life, 86_400)).toEqual({})
  expect(life.machine.snapshot().tripped).toBe(false)
})

it.each(compressors)('%s, started cold, holds no limit but low discharge pressure, for up to 6 minutes', (key) => {
  const life = lifeOf(key)
  life.machine.setRunning(false)
  life.live(8 * 3600)
  life.machine.setRunning(true)
  const { discharge_pressure: low, ...others } = violations(life, 3600)
  expect(others).toEqual({})
  expect(low).toBeGreaterThan(60)
  expect(low).toBeLessThan(360)
})

it.each(pumps)('%s, started cold, holds no limit', (key) => {
  const life = lifeOf(key)
  life.machine.setRunning(false)
  life.live(8 * 3600)
  life.machine.setRunning(true)
  expect(violations(life, 3600)).toEqual({})
})
