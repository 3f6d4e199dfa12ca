import { describe, expect, it } from 'vitest'
import { chillerFaults } from '../src/models/chiller-faults.ts'
import { saturationC, saturationKpa } from '../src/models/chiller-refrigerant.ts'
import { born, builds, first } from './chiller-builds.ts'
import { mean } from './life.ts'

const suzhou = { meanC: 17, seasonalC: 11.5, dailyC: 2, roomRiseC: 1, roomFloorC: 19 }
const minute = 60

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)

describe('R134a', () => {
  it.each([
    [-2, 171],
    [0, 191],
    [44, 1_029],
    [48, 1_151],
  ])('boils at %f °C under %f kPa', (celsius, kpa) => {
    expect(Math.abs(saturationKpa(celsius) - kpa)).toBeLessThan(0.6)
    expect(saturationC(saturationKpa(celsius))).toBeCloseTo(celsius, 6)
  })

  it('has one temperature for each pressure, from a cold night to a tripped machine', () => {
    for (let celsius = -30; celsius <= 80; celsius += 0.7) {
      expect(saturationC(saturationKpa(celsius))).toBeCloseTo(celsius, 6)
      expect(saturationKpa(celsius + 0.7)).toBeGreaterThan(saturationKpa(celsius))
    }
  })
})

describe('a healthy chiller', () => {
  /** The table's normal bands, stretched a little for a cold night and the hottest noon; all lie inside the limits. */
  const bands = [
    ['leaving_water_temperature', 6.5, 7.5],
    ['chilled_water_flow', 160, 180],
    ['evaporating_pressure', 240, 265],
    ['condensing_pressure', 795, 895],
    ['evaporator_approach', 0.8, 2],
    ['condenser_approach', 0.5, 2],
    ['oil_dp', 250, 450],
    ['discharge_temperature', 55, 65],
    ['current', 170, 305],
  ] as const
  const days = [
    ['2026-01-20', 1],
    ['2026-07-20', 2],
  ] as const

  it.each(
    builds.flatMap(([name, build]) => days.map(([day, seed]) => [`${name} on ${day}`, day, seed, build] as const)),
  )('%s keeps its bands and limits for a day', (_, day, seed, build) => {
    const life = born(build, { seed, at: Date.parse(`${day}T00:00:00+08:00`), ambient: suzhou })
    const seen = life.record(86_400, ['run_state', ...bands.map(([key]) => key)])
    expect(new Set(seen.run_state)).toEqual(new Set([2]))
    for (const [key, low, high] of bands) {
      expect(least(seen[key]), key).toBeGreaterThan(low)
      expect(most(seen[key]), key).toBeLessThan(high)
    }
  })

  const limits: Record<string, { low?: number; high?: number }> = {
    leaving_water_temperature: { high: 9 },
    chilled_water_flow: { low: 140 },
    evaporating_pressure: { low: 190 },
    condensing_pressure: { high: 1_030 },
    evaporator_approach: { high: 3 },
    condenser_approach: { high: 3 },
    oil_dp: { low: 200 },
    discharge_temperature: { high: 80 },
    current: { high: 315 },
  }

  it.each(builds.flatMap(([name, build]) => [11, 12].map((seed) => [name, seed, build] as const)))(
    '%s crosses no limit in the two hottest weeks (seed %i)',
    (_, seed, build) => {
      const life = born(build, { seed, at: Date.parse('2026-07-14T00:00:00+08:00'), ambient: suzhou })
      const crossed = new Set<string>()
      life.eachMinute(14, (values) => {
        for (const [key, { low = -Infinity, high = Infinity }] of Object.entries(limits)) {
          const value = values[key] ?? NaN
          if (!(value >= low && value <= high)) crossed.add(key)
        }
        if (values['run_state'] !== 2) crossed.add('run_state')
      })
      expect([...crossed]).toEqual([])
    },
  )

  it('works harder on a hot noon than in a cool night, with a warmer condenser', () => {
    const at = (clock: string, ambient: number) => {
      const life = born(first, { at: Date.parse(`2026-07-20T${clock}:00+08:00`), ambient })
      const seen = life.record(900, ['load', 'current', 'condensing_pressure', 'entering_water_temperature'])
      return Object.values(seen).map(mean)
    }
    const [noon, night] = [at('13:00', 34), at('02:00', 24)]
    noon.forEach((value, i) => expect(value).toBeGreaterThan(night[i]! * 1.02))
  })

  it('condenses no colder than the wet bulb lets its tower', () => {
    const on = (ambient: number) => mean(born(first, { ambient }).live(1_800, 'condensing_pressure'))
    // In the cool the fan holds the basin; near the design wet bulb it runs at full speed and the basin follows the air.
    expect(on(22) - on(20)).toBeLessThan(15)
    expect(on(40) - on(38)).toBeGreaterThan(30)
  })

  it('keeps pressures and water together: the evaporating temperature lies one approach below the leaving water', () => {
    const life = born()
    for (let i = 0; i < 50; i++) {
      life.live(30)
      const below = life.value('leaving_water_temperature') - saturationC(life.value('evaporating_pressure'))
      expect(Math.abs(below - life.value('evaporator_approach'))).toBeLessThan(0.35)
    }
  })
})

describe('start, idling and stop', () => {
  const outside = (seen: readonly number[], isOutside: (value: number) => boolean) => seen.filter(isOutside).length

  it('circulates water, starts its compressor, and cools the plant within the hour', () => {
    const life = born(first, { command: 'stop' })
    expect(life.values()).toMatchObject({ run_state: 0, current: 0, chilled_water_flow: 0, load: 0, oil_dp: 0 })
    life.command('run')
    life.live(40)
    expect(life.value('run_state')).toBe(1)
    expect(life.value('chilled_water_flow')).toBeGreaterThan(160)
    expect(life.value('current')).toBe(0)
    expect(life.secondsUntil(() => life.isRunning(), 120)).toBeLessThan(30)
    expect(life.value('current')).toBeGreaterThan(500) // star-delta
    life.live(20)
    expect(life.value('load')).toBeLessThan(35)
    const start = life.record(3_600, ['condensing_pressure', 'current', 'evaporating_pressure', 'oil_dp', 'run_state'])
    expect(life.value('leaving_water_temperature')).toBeLessThan(7.5)
    // A start crosses no limit but the water's own, which begins as warm as the room.
    expect(outside(start.condensing_pressure, (kpa) => kpa > 1_030)).toBe(0)
    expect(outside(start.current, (amps) => amps > 315)).toBe(0)
    expect(outside(start.evaporating_pressure, (kpa) => kpa < 190)).toBe(0)
    expect(outside(start.oil_dp, (kpa) => kpa < 200)).toBe(0)
    expect(new Set(start.run_state)).toEqual(new Set([2]))
  })

  it.each(['idle', 'stop'] as const)('told to %s, draws nothing and cools with 40 minutes', (command) => {
    const life = born()
    life.live(600)
    life.command(command)
    life.live(10)
    const [hot, pressed] = [life.value('discharge_temperature'), life.value('condensing_pressure')]
    const idle = command === 'idle'
    for (let i = 0; i < 40; i++) {
      life.live(minute)
      expect(life.values()).toMatchObject({ current: 0, load: 0, oil_dp: 0, run_state: idle ? 1 : 0 })
      expect(life.value('chilled_water_flow') > 150).toBe(idle)
      if (idle) expect(life.value('leaving_water_temperature')).toBeLessThan(8.5)
    }
    const left = (life.value('discharge_temperature') - 26) / (hot - 26)
    expect(left).toBeGreaterThan(0.32)
    expect(left).toBeLessThan(0.42)
    expect(life.value('condensing_pressure')).toBeLessThan(pressed - 100)
  })

  it('rests before it starts again, and counts hours only while its compressor runs', () => {
    const life = born()
    life.command('stop')
    life.live(5)
    life.command('run')
    expect(life.secondsUntil(() => life.isRunning(), 900)).toBeGreaterThan(285)
    const hours = life.value('run_hours')
    life.live(3_600)
    life.command('idle')
    life.live(3 * 3_600)
    expect(life.value('run_hours')).toBe(hours + 1)
  })

  it('cycles off when the plant takes less than its least load, and on again', () => {
    const life = born({ ...first, processKw: 90, freshAirKwPerK: 0 })
    expect(life.secondsUntil(() => life.value('run_state') === 1, 3_600)).toBeLessThan(3_600)
    expect(life.value('leaving_water_temperature')).toBeLessThan(6)
    const off = life.secondsUntil(() => life.value('run_state') === 2, 4 * 3_600)
    expect(off).toBeGreaterThan(300)
    expect(off).toBeLessThan(4 * 3_600)
    expect(Math.max(...life.live(3_600, 'leaving_water_temperature'))).toBeLessThan(9)
  })

  it('gives finite values whatever happens to it', () => {
    const life = born()
    for (const mode of Object.keys(chillerFaults)) {
      life.severity(mode, 1)
      for (const command of ['run', 'idle', 'stop', 'run'] as const) {
        life.command(command)
        life.live(400)
        for (const [key, value] of Object.entries(life.values())) expect(Number.isFinite(value), key).toBe(true)
      }
    }
  })
})
