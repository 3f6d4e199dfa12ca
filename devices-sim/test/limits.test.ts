import { expect, it } from 'vitest'
import { compressors, lifeOf, pumps, type Life } from './life.ts'

/** First-step limits of the demonstration, with the seconds that one must hold before it counts. */
const limits: Record<string, { high?: number; low?: number; holdS: number }> = {
  discharge_pressure: { low: 0.55, high: 0.85, holdS: 10 },
  discharge_temperature: { high: 100, holdS: 15 },
  separator_dp: { high: 0.08, holdS: 10 },
  motor_vibration: { high: 4.5, holdS: 60 },
  airend_vibration: { high: 9, holdS: 60 },
  inlet_vacuum: { high: 5, holdS: 10 },
  dew_point: { high: 10, holdS: 15 },
  specific_power: { high: 7.2, holdS: 300 },
  flow: { low: 75, holdS: 300 },
  outlet_pressure: { low: 0.42, holdS: 10 },
  inlet_pressure: { low: -10, holdS: 10 },
  vibration: { high: 5.1, holdS: 60 },
  kurtosis: { high: 4.5, holdS: 300 },
  bearing_temperature: { high: 75, holdS: 15 },
  seal_leak: { high: 20, holdS: 300 },
}

function limitOf(model: 'compressor' | 'pump', key: string) {
  if (key !== 'current') return limits[key]
  return model === 'compressor' ? { high: 150, holdS: 300 } : { low: 25, high: 40, holdS: 300 }
}

/** The hottest and an autumn day; the compressors of the first site begin it in a room of 36 °C. */
const days = [
  ['2026-07-20', 11],
  ['2026-11-22', 12],
] as const
const running = [...compressors, ...pumps].filter((key) => key !== 'AC75-2111-0143' && key !== 'P100-2208-0303')

/** Lives and tells which signals held a limit for their delay, with the longest time in seconds that each was outside. */
function violations(key: string, life: Life, seconds: number): Record<string, number> {
  const model = compressors.includes(key) ? 'compressor' : 'pump'
  const outsideFor: Record<string, number> = {}
  const held: Record<string, number> = {}
  for (let second = 0; second < seconds; second++) {
    life.live(1)
    for (const [signal, value] of Object.entries(life.machine.values())) {
      const limit = limitOf(model, signal)
      if (!limit) continue
      const outside = value > (limit.high ?? Infinity) || value < (limit.low ?? -Infinity)
      const since = outside ? (outsideFor[signal] ?? 0) + 1 : 0
      outsideFor[signal] = since
      if (since >= limit.holdS) held[signal] = Math.max(held[signal] ?? 0, since)
    }
  }
  return held
}

it.each(days.flatMap(([day, seed]) => running.map((key) => [key, day, seed] as const)))(
  '%s keeps all its limits for a day (%s, seed %i)',
  (key, day, seed) => {
    const at = Date.parse(`${day}T00:00:00+08:00`)
    const life = lifeOf(key, { seed, at, ...(seed === 11 ? { startAmbientC: 36 } : {}) })
    expect(violations(key, life, 86_400)).toEqual({})
    expect(life.machine.snapshot().tripped).toBe(false)
  },
)

it.each(compressors)('%s, started cold, holds no limit but low discharge pressure, for up to 6 minutes', (key) => {
  const life = lifeOf(key)
  life.machine.setRunning(false)
  life.live(8 * 3600)
  life.machine.setRunning(true)
  const { discharge_pressure: low, ...others } = violations(key, life, 3600)
  expect(others).toEqual({})
  expect(low).toBeGreaterThan(60)
  expect(low).toBeLessThan(360)
})

it.each(pumps)('%s, started cold, holds no limit', (key) => {
  const life = lifeOf(key)
  life.machine.setRunning(false)
  life.live(8 * 3600)
  life.machine.setRunning(true)
  expect(violations(key, life, 3600)).toEqual({})
})
