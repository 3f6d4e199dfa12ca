import { describe, expect, it } from 'vitest'
import { pumpFaults } from '../src/models/pump-faults.ts'
import type { PumpBuild } from '../src/models/pump-laws.ts'
import { pump } from '../src/models/pump.ts'
import { mean } from './life.ts'
import { modelLife, type ModelLifeOptions } from './model-life.ts'

const town: PumpBuild = {
  demandM3PerH: 96,
  nightShare: 0.92,
  tankKpa: 36,
  vibration: 2.1,
  sealLeakMlPerH: 2.3,
  headFactor: 0.994,
  currentFactor: 1.012,
  bearingRiseK: 27,
  runHours: 25_866,
}
const process: PumpBuild = {
  demandM3PerH: 93.5,
  nightShare: 0.985,
  tankKpa: 33,
  vibration: 1.75,
  sealLeakMlPerH: 0.8,
  headFactor: 1.006,
  currentFactor: 1.006,
  bearingRiseK: 24,
  runHours: 26_118,
}
const pumps = [
  ['a town pump', town],
  ['a process pump', process],
] as const
const everyPump = pumps.flatMap(([name, build]) => [1, 2, 3].map((seed) => [name, seed, build] as const))
const dayMs = 86_400_000
const measured = [
  'flow',
  'outlet_pressure',
  'inlet_pressure',
  'current',
  'vibration',
  'kurtosis',
  'bearing_temperature',
  'seal_leak',
] as const
type Means = Record<(typeof measured)[number], number>

const born = (build: PumpBuild, options: ModelLifeOptions = {}) => modelLife(pump, build, options)

/** Means of ten minutes, two hours after the mode has come so far, beside those of a healthy twin. */
function compare(build: PumpBuild, mode: string, severity: number, seed: number): { before: Means; after: Means } {
  const [healthy, faulty] = [born(build, { seed }), born(build, { seed })]
  faulty.severity(mode, severity)
  const [before, after] = [healthy, faulty].map((life) => {
    life.live(2 * 3_600)
    const seen = life.record(600, measured)
    return Object.fromEntries(measured.map((key) => [key, mean(seen[key])])) as Means
  })
  return { before: before!, after: after! }
}

/** What the table does not name must not move: shares of the healthy value. */
function expectUnmoved({ before, after }: { before: Means; after: Means }, keys: readonly (typeof measured)[number][]) {
  for (const key of keys) expect(Math.abs(after[key] - before[key]), key).toBeLessThan(0.01 * before[key])
}

describe('P-02, the mechanical seal leaks', () => {
  it.each(everyPump)('%s: from a few to 60 mL/h, nothing else moves (seed %i)', (_, seed, build) => {
    const means = compare(build, 'P-02', 1, seed)
    expect(means.before.seal_leak).toBeLessThan(5)
    expect(Math.abs(means.after.seal_leak - 60)).toBeLessThan(3)
    expectUnmoved(means, ['flow', 'outlet_pressure', 'inlet_pressure', 'current', 'vibration', 'bearing_temperature'])
  })

  it('grows faster and faster over 1 to 6 weeks', () => {
    expect(pumpFaults['P-02'].developsMs.map((ms) => ms / dayMs)).toEqual([7, 42])
    const life = born(town)
    const leaks = [0, 1, 2].map((third) => {
      life.develop('P-02', 7, third / 3, (third + 1) / 3)
      return mean(life.live(600, 'seal_leak'))
    })
    expect(leaks[0]).toBeGreaterThan(5)
    expect(leaks[1]! - leaks[0]!).toBeGreaterThan(5)
    expect(leaks[2]! - leaks[1]!).toBeGreaterThan(leaks[1]! - leaks[0]!)
    life.severity('P-02', 0)
    life.live(3_600)
    expect(life.value('seal_leak')).toBeLessThan(5)
  })
})

describe('P-04, the shaft is misaligned', () => {
  it.each(everyPump)('%s: vibration steps up by 1.5–3 mm/s, the bearing warms by 6 K (seed %i)', (_, seed, build) => {
    const means = compare(build, 'P-04', 1, seed)
    const step = means.after.vibration - means.before.vibration
    expect(step).toBeGreaterThan(1.5)
    expect(step).toBeLessThan(3)
    expect(Math.abs(means.after.bearing_temperature - means.before.bearing_temperature - 6)).toBeLessThan(0.5)
    // Twice the speed is a pure tone: nothing for the kurtosis, which tells it from a bearing.
    expectUnmoved(means, ['kurtosis', 'flow', 'outlet_pressure', 'current'])
  })

  it('is there within seconds of the start after the service, and stays', () => {
    expect('developsMs' in pumpFaults['P-04']).toBe(false)
    const life = born(town)
    const before = mean(life.live(300, 'vibration'))
    life.command('stop')
    life.live(3_600)
    life.severity('P-04', 1)
    life.live(600)
    expect(life.value('vibration')).toBeLessThan(0.2)
    life.command('run')
    life.live(30)
    const first = mean(life.live(60, 'vibration'))
    expect(first - before).toBeGreaterThan(1.5)
    life.live(3_600)
    expect(Math.abs(mean(life.live(300, 'vibration')) - first)).toBeLessThan(0.3)
  })
})

describe('P-05, impeller and wear rings are worn', () => {
  it.each(everyPump)('%s: flow and head 5–12 percent down, current 3–8 (seed %i)', (_, seed, build) => {
    const means = compare(build, 'P-05', 1, seed)
    const lost = (key: keyof Means) => 1 - means.after[key] / means.before[key]
    const head = ({ outlet_pressure, inlet_pressure }: Means) => outlet_pressure - inlet_pressure / 1_000
    expect(lost('flow')).toBeGreaterThan(0.05)
    expect(lost('flow')).toBeLessThan(0.12)
    expect(1 - head(means.after) / head(means.before)).toBeGreaterThan(0.05)
    expect(1 - head(means.after) / head(means.before)).toBeLessThan(0.12)
    expect(lost('current')).toBeGreaterThan(0.03)
    expect(lost('current')).toBeLessThan(0.08)
    expectUnmoved(means, ['kurtosis', 'bearing_temperature'])
  })

  it('takes 4 to 9 months, month by month', () => {
    expect(pumpFaults['P-05'].developsMs.map((ms) => ms / dayMs)).toEqual([120, 270])
    const flows = [0, 0.25, 0.5, 0.75, 1].map((severity) => compare(town, 'P-05', severity, 5).after.flow)
    expect(flows).toEqual([...flows].sort((a, b) => b - a))
  })
})

describe('P-06, the pump runs dry', () => {
  it.each(everyPump)('%s: no flow, and from 34 to 19 A within seconds (seed %i)', (_, seed, build) => {
    const life = born(build, { seed })
    life.live(60)
    expect(Math.abs(mean(life.live(60, 'current')) - 34)).toBeLessThan(1.2)
    life.severity('P-06', 1)
    const seconds = life.secondsUntil(() => life.value('flow') < 1 && life.value('current') < 20, 60)
    expect(seconds).toBeGreaterThan(2)
    expect(seconds).toBeLessThan(20)
    life.live(20)
    expect(new Set(life.live(120, 'flow'))).toEqual(new Set([0]))
    expect(Math.abs(mean(life.live(120, 'current')) - 19)).toBeLessThan(0.6)
    expect(life.value('outlet_pressure')).toBeLessThan(0.36)
    expect(life.value('vibration')).toBeGreaterThan(1) // it still turns
    life.severity('P-06', 0)
    life.live(60)
    expect(life.value('flow')).toBeGreaterThan(85)
    expect(life.value('current')).toBeGreaterThan(32)
  })
})

describe('a pump that does not turn', () => {
  it.each(['stop', 'idle'] as const)('told to %s shows no failure mode at all', (command) => {
    const [healthy, faulty] = [born(town, { command }), born(town, { command })]
    for (const mode of Object.keys(pumpFaults)) faulty.severity(mode, 1)
    for (let i = 0; i < 30; i++) {
      for (const life of [healthy, faulty]) life.live(60)
      expect(faulty.values()).toEqual(healthy.values())
    }
  })

  it.each(Object.keys(pumpFaults))('%s goes quiet with the pump', (mode) => {
    const life = born(town)
    life.severity(mode, 1)
    life.live(300)
    life.command('stop')
    life.live(60)
    const seen = life.record(600, ['flow', 'current', 'vibration', 'kurtosis', 'run_state'])
    expect(new Set([...seen.flow, ...seen.current, ...seen.run_state])).toEqual(new Set([0]))
    expect(seen.vibration.every((value) => value < 0.2)).toBe(true)
    expect(Math.abs(mean(seen.kurtosis) - 3)).toBeLessThan(0.2)
  })

  it('stands by in run state 1, and starts from there', () => {
    const life = born(town, { command: 'idle' })
    life.live(120)
    expect(life.values()).toMatchObject({ run_state: 1, flow: 0, current: 0 })
    expect(life.value('vibration')).toBeLessThan(0.2)
    expect(life.isRunning()).toBe(false)
    const hours = life.value('run_hours')
    life.live(3 * 3_600)
    expect(life.value('run_hours')).toBe(hours)
    life.command('run')
    life.live(60)
    expect(life.value('run_state')).toBe(2)
    expect(life.value('flow')).toBeGreaterThan(85)
    life.command('idle')
    life.live(60)
    expect(life.values()).toMatchObject({ run_state: 1, flow: 0, current: 0 })
  })
})
