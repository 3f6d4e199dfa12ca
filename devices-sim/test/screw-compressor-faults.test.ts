import { describe, expect, it } from 'vitest'
import { screwCompressorFaults } from '../src/models/screw-compressor-faults.ts'
import type { ScrewCompressorBuild } from '../src/models/screw-compressor-laws.ts'
import { screwCompressor } from '../src/models/screw-compressor.ts'
import { mean } from './life.ts'
import { modelLife, noon, type ModelLife, type ModelLifeOptions } from './model-life.ts'

const clean: ScrewCompressorBuild = {
  demandM3PerMin: 11.3,
  nightShare: 0.9,
  receiverM3: 5,
  loadAtMpa: 0.66,
  unloadAtMpa: 0.8,
  coolerKwPerK: 1.13,
  motorVibration: 2.1,
  airendVibration: 5,
  filterKpa: 2,
  separatorMpa: 0.03,
  currentFactor: 1,
  runHours: 20_000,
}
/** The plant draws a little more than the machine makes: it never unloads, and its signals are those of full load. */
const busy = { ...clean, demandM3PerMin: 13.6 }
const seeds = [1, 2, 3]
const dayMs = 86_400_000
const measured = [
  'discharge_pressure',
  'discharge_temperature',
  'separator_dp',
  'current',
  'airend_vibration',
  'inlet_vacuum',
  'specific_power',
] as const
type Means = Record<(typeof measured)[number], number>

const born = (build: ScrewCompressorBuild, options: ModelLifeOptions = {}) => modelLife(screwCompressor, build, options)

function steady(life: ModelLife): Means {
  life.live(2 * 3_600)
  const seen = life.record(900, measured)
  return Object.fromEntries(measured.map((key) => [key, mean(seen[key])])) as Means
}

/** A machine under full load with the mode so far on, beside its healthy twin. */
function compare(mode: string, severity: number, seed: number, ambient = 35): { before: Means; after: Means } {
  const [healthy, faulty] = [born(busy, { seed, ambient }), born(busy, { seed, ambient })]
  faulty.severity(mode, severity)
  return { before: steady(healthy), after: steady(faulty) }
}

describe('AC-02, the oil separator clogs', () => {
  it.each(seeds)('Δp .03 to .08 MPa, current 4 percent up (seed %i)', (seed) => {
    const { before, after } = compare('AC-02', 1, seed)
    expect(Math.abs(before.separator_dp - 0.031)).toBeLessThan(0.004)
    expect(after.separator_dp).toBeGreaterThan(0.078)
    expect(after.separator_dp).toBeLessThan(0.098)
    expect(Math.abs(after.current / before.current - 1.04)).toBeLessThan(0.005)
    expect(after.discharge_temperature).toBeCloseTo(before.discharge_temperature, 0)
    expect(after.inlet_vacuum).toBeCloseTo(before.inlet_vacuum, 1)
  })

  it('takes 3 to 6 months, and a new element is a new beginning', () => {
    expect(screwCompressorFaults['AC-02'].developsMs.map((ms) => ms / dayMs)).toEqual([90, 180])
    const life = born(busy)
    const drops = [0, 1, 2, 3].map((quarter) => {
      life.develop('AC-02', 3, quarter / 4, (quarter + 1) / 4)
      return mean(life.live(600, 'separator_dp'))
    })
    expect(drops).toEqual([...drops].sort((a, b) => a - b))
    expect(drops[1]).toBeGreaterThan(0.05)
    expect(drops[1]).toBeLessThan(0.07)
    life.severity('AC-02', 0)
    life.live(60)
    expect(mean(life.live(300, 'separator_dp'))).toBeLessThan(0.04)
  })
})

describe('AC-03, the cooler gathers dust', () => {
  it.each(seeds)('discharge minus ambient goes from 52 to 65 K (seed %i)', (seed) => {
    const { before, after } = compare('AC-03', 1, seed)
    expect(Math.abs(before.discharge_temperature - 35 - 52)).toBeLessThan(1)
    expect(Math.abs(after.discharge_temperature - 35 - 65)).toBeLessThan(1.5)
    expect(after.current).toBeCloseTo(before.current, 0)
    expect(after.separator_dp).toBeCloseTo(before.separator_dp, 2)
  })

  it('is worst at noon: a cool night hides most of it', () => {
    const rise = (ambient: number) => {
      const { before, after } = compare('AC-03', 1, 4, ambient)
      return after.discharge_temperature - before.discharge_temperature
    }
    expect(rise(35)).toBeGreaterThan(12)
    expect(rise(18)).toBeLessThan(7)
  })

  it('takes 4 to 10 weeks', () => {
    expect(screwCompressorFaults['AC-03'].developsMs.map((ms) => ms / dayMs)).toEqual([28, 70])
    const life = born(busy, { ambient: 35 })
    const noons = [0, 1, 2, 3].map((quarter) => {
      life.develop('AC-03', 7, quarter / 4, (quarter + 1) / 4)
      return mean(life.live(600, 'discharge_temperature'))
    })
    expect(noons).toEqual([...noons].sort((a, b) => a - b))
    expect(life.isTripped()).toBe(false)
  })
})

describe('AC-05, the inlet valve sticks', () => {
  it.each(seeds)('shut: pressure under 0.6 MPa while the motor draws 60 A (seed %i)', (seed) => {
    const life = born(clean, { seed })
    life.live(300)
    life.severity('AC-05', 1)
    const seconds = life.secondsUntil(() => life.value('discharge_pressure') < 0.6, 900)
    expect(seconds).toBeLessThan(180)
    expect(life.value('run_state')).toBe(2) // the controller asks for air
    life.live(30)
    expect(Math.abs(mean(life.live(120, 'current')) - 60)).toBeLessThan(3)
    expect(life.value('discharge_pressure')).toBeLessThan(0.5)
    life.severity('AC-05', 0)
    expect(life.secondsUntil(() => life.value('discharge_pressure') > 0.65, 900)).toBeLessThan(900)
  })

  it.each(seeds)('open: pressure overshoots to 0.87 MPa, where the safety valve blows (seed %i)', (seed) => {
    const life = born({ ...clean, demandM3PerMin: 10.5, valveSticks: 'open' }, { seed })
    life.severity('AC-05', 1)
    expect(life.secondsUntil(() => life.value('discharge_pressure') > 0.85, 3_600)).toBeLessThan(1_800)
    life.live(300)
    const { discharge_pressure: pressure, current } = life.record(600, ['discharge_pressure', 'current'])
    expect(Math.abs(mean(pressure) - 0.87)).toBeLessThan(0.01)
    expect(Math.max(...pressure)).toBeLessThan(0.9)
    expect(Math.min(...current)).toBeGreaterThan(130)
    life.severity('AC-05', 0)
    life.live(600)
    expect(life.value('discharge_pressure')).toBeLessThan(0.81)
  })
})

describe('AC-06, the air filter clogs', () => {
  it.each(seeds)('vacuum 2 to 6 kPa, specific power 4 percent up (seed %i)', (seed) => {
    const { before, after } = compare('AC-06', 1, seed)
    expect(Math.abs(before.inlet_vacuum - 2)).toBeLessThan(0.3)
    expect(Math.abs(after.inlet_vacuum - 6)).toBeLessThan(0.3)
    const more = after.specific_power / before.specific_power - 1
    expect(more).toBeGreaterThan(0.03)
    expect(more).toBeLessThan(0.05)
    expect(after.separator_dp).toBeCloseTo(before.separator_dp, 2)
  })

  it('takes 4 to 8 weeks', () => {
    expect(screwCompressorFaults['AC-06'].developsMs.map((ms) => ms / dayMs)).toEqual([28, 56])
    const life = born(busy)
    const vacua = [0, 1, 2, 3].map((quarter) => {
      life.develop('AC-06', 7, quarter / 4, (quarter + 1) / 4)
      return mean(life.live(600, 'inlet_vacuum'))
    })
    expect(vacua.map((kpa) => Math.round(kpa))).toEqual([3, 4, 5, 6])
  })
})

describe('idling', () => {
  it('runs unloaded against a shut line, at pressure and without making air', () => {
    const life = born(clean, { command: 'idle' })
    const {
      run_state: states,
      current,
      discharge_pressure: pressure,
    } = life.record(3 * 3_600, ['run_state', 'current', 'discharge_pressure'])
    expect(new Set(states)).toEqual(new Set([1]))
    expect(Math.abs(mean(current) - 60)).toBeLessThan(3)
    expect(Math.min(...pressure)).toBeGreaterThan(clean.loadAtMpa)
    life.command('run')
    expect(life.secondsUntil(() => life.value('run_state') === 2, 600)).toBeLessThan(300)
    life.command('idle')
    life.live(1_200)
    expect(life.value('run_state')).toBe(1)
  })

  it('fills its receiver first when it starts empty', () => {
    const life = born(clean, { command: 'stop' })
    life.command('idle')
    expect(life.secondsUntil(() => life.value('discharge_pressure') > 0.78, 900)).toBeLessThan(300)
    life.live(120)
    expect(life.value('run_state')).toBe(1)
  })
})

describe('a stopped compressor', () => {
  it('shows no failure mode at all', () => {
    const [healthy, faulty] = [born(clean, { command: 'stop' }), born(clean, { command: 'stop' })]
    for (const mode of Object.keys(screwCompressorFaults)) faulty.severity(mode, 1)
    for (let i = 0; i < 30; i++) {
      for (const life of [healthy, faulty]) life.live(60)
      expect(faulty.values()).toEqual(healthy.values())
    }
  })

  it.each(Object.keys(screwCompressorFaults))('%s goes quiet with the machine', (mode) => {
    const life = born({ ...clean, valveSticks: 'open' }, { at: noon })
    life.severity(mode, 1)
    life.live(90)
    life.command('stop')
    life.live(60)
    const seen = life.record(900, ['current', 'separator_dp', 'inlet_vacuum', 'specific_power', 'airend_vibration'])
    const { airend_vibration: shaking, ...others } = seen
    for (const [key, values] of Object.entries(others)) expect(new Set(values), key).toEqual(new Set([0]))
    expect(Math.max(...shaking)).toBeLessThan(0.2)
  })
})
