import { describe, expect, it } from 'vitest'
import { chillerFaults } from '../src/models/chiller-faults.ts'
import { saturationC } from '../src/models/chiller-refrigerant.ts'
import { born, builds, first } from './chiller-builds.ts'
import { deviation, mean } from './life.ts'
import type { ModelLife } from './model-life.ts'

const dayMs = 86_400_000
const minute = 60

const measured = [
  'leaving_water_temperature',
  'entering_water_temperature',
  'chilled_water_flow',
  'evaporating_pressure',
  'condensing_pressure',
  'evaporator_approach',
  'condenser_approach',
  'oil_dp',
  'discharge_temperature',
  'current',
] as const

/** Means of half an hour, at the usual daytime load. */
function steady(life: ModelLife) {
  const seen = life.record(1_800, measured)
  return Object.fromEntries(measured.map((key) => [key, mean(seen[key])])) as Record<(typeof measured)[number], number>
}

/** A machine in a steady state with a mode as far on as given, and its healthy twin. */
function compare(mode: string, severity: number, build = first, seed = 7) {
  const [healthy, faulty] = [born(build, { seed }), born(build, { seed })]
  faulty.severity(mode, severity)
  for (const life of [healthy, faulty]) life.live(3_600)
  return { before: steady(healthy), after: steady(faulty) }
}

describe('CH-01, the condenser scales', () => {
  it.each([1, 2, 3])('approach 1.4 to 4 K, condensing +70–100 kPa, current 6 to 8 percent up (seed %i)', (seed) => {
    const { before, after } = compare('CH-01', 1, { ...first, processKw: 735 }, seed)
    expect(before.condenser_approach).toBeCloseTo(1.4, 0)
    expect(Math.abs(after.condenser_approach - 4)).toBeLessThan(0.45)
    const rise = after.condensing_pressure - before.condensing_pressure
    expect(rise).toBeGreaterThan(70)
    expect(rise).toBeLessThan(100)
    expect(after.current / before.current).toBeGreaterThan(1.06)
    expect(after.current / before.current).toBeLessThan(1.08)
    expect(after.leaving_water_temperature).toBeCloseTo(before.leaving_water_temperature, 1)
    expect(Math.abs(after.evaporator_approach - before.evaporator_approach)).toBeLessThan(0.1)
  })

  it('grows over its months', () => {
    expect(chillerFaults['CH-01'].developsMs.map((ms) => ms / dayMs)).toEqual([90, 180])
    const life = born()
    const approaches = [0, 1, 2].map((third) => {
      life.develop('CH-01', 5, third / 3, (third + 1) / 3)
      return mean(life.live(900, 'condenser_approach'))
    })
    expect(approaches).toEqual([...approaches].sort((a, b) => a - b))
    expect(approaches[2]).toBeGreaterThan(3.2)
    life.severity('CH-01', 0)
    life.live(1_800)
    expect(mean(life.live(300, 'condenser_approach'))).toBeLessThan(2)
  })
})

describe('CH-02, refrigerant leaks', () => {
  const busy = { ...first, processKw: 780 }

  it('ends with evaporating near 190 kPa, approach 5 K, discharge +10 K and water at 9 °C', () => {
    const { before, after } = compare('CH-02', 1, busy)
    expect(Math.abs(before.evaporating_pressure - 252)).toBeLessThan(2)
    expect(Math.abs(after.evaporating_pressure - 190)).toBeLessThan(3)
    expect(Math.abs(before.evaporator_approach - 1.8)).toBeLessThan(0.3)
    expect(Math.abs(after.evaporator_approach - 5)).toBeLessThan(0.4)
    expect(Math.abs(after.discharge_temperature - before.discharge_temperature - 10)).toBeLessThan(1)
    expect(Math.abs(after.leaving_water_temperature - 9)).toBeLessThan(0.5)
  })

  it('takes 2 to 8 weeks; the approach shows first, the water only when nothing is left to unload', () => {
    expect(chillerFaults['CH-02'].developsMs.map((ms) => ms / dayMs)).toEqual([14, 56])
    const life = born(busy, { ambient: 26 })
    const noons: Record<(typeof measured)[number], number>[] = []
    for (let fifth = 0; fifth < 5; fifth++) {
      life.develop('CH-02', 3, fifth / 5, (fifth + 1) / 5)
      noons.push(steady(life))
    }
    const series = (key: (typeof measured)[number]) => noons.map((noon) => noon[key])
    const pressures = series('evaporating_pressure')
    expect(pressures).toEqual([...pressures].sort((a, b) => b - a))
    expect(series('evaporator_approach')[2]).toBeGreaterThan(3)
    expect(
      series('leaving_water_temperature')
        .slice(0, 4)
        .every((celsius) => celsius < 7.3),
    ).toBe(true)
    expect(series('leaving_water_temperature')[4]).toBeGreaterThan(8)
    expect(life.isTripped()).toBe(false)
  })
})

describe('CH-03, chilled water runs short', () => {
  it.each([1, 2, 3])('flow 172 to below 140, ΔT 5 to over 6 K, evaporating falls (seed %i)', (seed) => {
    const { before, after } = compare('CH-03', 1, { ...first, processKw: 860 }, seed)
    const difference = (means: typeof before) => means.entering_water_temperature - means.leaving_water_temperature
    expect(Math.abs(before.chilled_water_flow - 172)).toBeLessThan(2)
    expect(after.chilled_water_flow).toBeLessThan(135)
    expect(after.chilled_water_flow).toBeGreaterThan(120)
    expect(Math.abs(difference(before) - 5)).toBeLessThan(0.3)
    expect(difference(after)).toBeGreaterThan(6)
    expect(after.evaporating_pressure).toBeLessThan(before.evaporating_pressure - 2.5)
    expect(after.evaporating_pressure).toBeGreaterThan(190)
  })
})

describe('CH-04, the oil differential falls', () => {
  it('350 to 180 kPa over 2 to 6 weeks as the filter clogs, and nothing else moves', () => {
    expect(chillerFaults['CH-04'].developsMs.map((ms) => ms / dayMs)).toEqual([14, 42])
    const life = born()
    const before = steady(life)
    life.develop('CH-04', 7, 0, 0.5)
    const half = mean(life.live(600, 'oil_dp'))
    life.develop('CH-04', 7, 0.5, 1)
    const after = steady(life)
    expect(Math.abs(before.oil_dp - 350)).toBeLessThan(12)
    expect(half).toBeGreaterThan(255)
    expect(half).toBeLessThan(280)
    expect(Math.abs(after.oil_dp - 180)).toBeLessThan(10)
    expect(Math.abs(after.condensing_pressure - before.condensing_pressure)).toBeLessThan(15)
  })

  it('within minutes when the oil is lost at once', () => {
    const life = born()
    life.live(60)
    life.severity('CH-04', 1)
    const seconds = life.secondsUntil(() => life.value('oil_dp') < 200, 900)
    expect(seconds).toBeGreaterThan(60)
    expect(seconds).toBeLessThan(5 * minute)
  })
})

describe('CH-05, the cooling tower fan stands still', () => {
  it.each([1, 2, 3, 4].flatMap((seed) => builds.map(([name, build]) => [name, seed, build] as const)))(
    '%s: condensing 860 to 1,030 kPa in 3–6 min, cooling water +1 K a minute or somewhat more (seed %i)',
    (_, seed, build) => {
      const life = born(build, { seed, ambient: 27 })
      life.live(120)
      life.severity('CH-05', 1)
      const to860 = life.secondsUntil(() => life.value('condensing_pressure') >= 860, 600)
      expect(to860).toBeLessThan(180)
      const waterOf = () => saturationC(life.value('condensing_pressure')) - life.value('condenser_approach')
      const from = waterOf()
      const to1030 = life.secondsUntil(() => life.value('condensing_pressure') >= 1_030, 900)
      expect(to1030).toBeGreaterThan(3 * minute)
      expect(to1030).toBeLessThan(6 * minute)
      const perMinute = ((waterOf() - from) / to1030) * minute
      expect(perMinute).toBeGreaterThan(0.8)
      expect(perMinute).toBeLessThan(1.8)
    },
  )

  it('then unloads, the chilled water warms, and at last the high-pressure switch opens', () => {
    const life = born()
    life.severity('CH-05', 1)
    expect(life.secondsUntil(() => life.value('condensing_pressure') > 1_150, 1_800)).toBeLessThan(900)
    expect(life.secondsUntil(() => life.value('leaving_water_temperature') > 9, 1_800)).toBeLessThan(900)
    expect(life.value('load')).toBeLessThan(60)
    expect(life.secondsUntil(() => life.isTripped(), 3 * 3_600)).toBeLessThan(3 * 3_600)
    expect(life.values()).toMatchObject({ run_state: 3, current: 0, load: 0 })
    life.reset()
    life.live(60)
    expect(life.isTripped()).toBe(true) // still above the switch's reset pressure
    life.severity('CH-05', 0)
    life.live(900)
    expect(life.value('run_state')).toBe(2)
    life.live(2 * 3_600)
    expect(life.value('leaving_water_temperature')).toBeLessThan(7.5)
    expect(life.value('condensing_pressure')).toBeLessThan(900)
  })
})

describe('CH-06, a pressure sensor sticks', () => {
  it.each([...builds, ['one with a bad oil sensor', { ...first, weakSensor: 'oil_dp' }] as const])(
    '%s: its weak sensor shows one value for hours while the load moves and the others do',
    (_, build) => {
      const life = born(build)
      life.live(60)
      life.severity('CH-06', 1)
      life.live(2)
      const keys = ['evaporating_pressure', 'condensing_pressure', 'oil_dp', 'load'] as const
      const seen = life.record(3_600, keys)
      expect(deviation(seen.load)).toBeGreaterThan(0.3)
      for (const key of keys) expect(new Set(seen[key]).size === 1, key).toBe(key === build.weakSensor)
      life.severity('CH-06', 0)
      expect(new Set(life.live(60, build.weakSensor)).size).toBeGreaterThan(10)
    },
  )
})

describe('a stopped chiller', () => {
  it('shows no failure mode at all', () => {
    const [healthy, faulty] = [born(first, { command: 'stop' }), born(first, { command: 'stop' })]
    for (const mode of Object.keys(chillerFaults)) faulty.severity(mode, 1)
    for (let i = 0; i < 20; i++) {
      for (const life of [healthy, faulty]) life.live(minute)
      expect(faulty.values()).toEqual(healthy.values())
    }
  })

  it.each(Object.keys(chillerFaults))(
    '%s keeps quiet in a machine that was stopped: no current, flow, oil, load',
    (mode) => {
      const life = born()
      life.severity(mode, 1)
      life.live(120)
      life.command('stop')
      life.live(minute)
      const stopped = life.record(1_800, ['current', 'chilled_water_flow', 'oil_dp', 'load', 'condenser_approach'])
      for (const [key, values] of Object.entries(stopped)) expect(new Set(values), key).toEqual(new Set([0]))
    },
  )
})
