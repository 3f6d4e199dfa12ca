import { describe, expect, it } from 'vitest'
import { injectionMouldingFaults } from '../src/models/injection-moulding-faults.ts'
import { build, cycles, held, live, loose } from './injection-moulding-life.ts'
import { deviation, mean } from './life.ts'
import type { ModelLife } from './model-life.ts'

describe('no failure mode', () => {
  it('shows anything on a stopped machine', () => {
    for (const variant of [build, loose]) {
      const [healthy, faulty] = [live({ command: 'stop' }, variant), live({ command: 'stop' }, variant)]
      for (const mode of Object.keys(injectionMouldingFaults)) faulty.severity(mode, 1)
      for (let minute = 0; minute < 60; minute++) {
        healthy.live(60)
        faulty.live(60)
        expect(faulty.values()).toEqual(healthy.values())
      }
    }
  })

  it.each(['IM-03', 'IM-04', 'IM-05', 'IM-06'] as const)('develops fast where the catalogue says weeks: %s', (mode) => {
    const [shortest, longest] = injectionMouldingFaults[mode].developsMs
    expect(shortest).toBeGreaterThanOrEqual(21 * 86_400_000)
    expect(longest).toBeGreaterThan(shortest)
    expect(longest).toBeLessThanOrEqual(84 * 86_400_000)
  })
})

describe('IM-01, a heater burns out', () => {
  it.each([15, 24, 36])(
    'in a hall of %i °C, zone 3 falls by 2 to 3 °C a minute while its duty goes to the full',
    (ambient) => {
      const life = live({ ambient })
      life.live(300)
      life.severity('IM-01', 1)
      life.live(60)
      const from = life.value('zone3_temperature')
      life.live(240)
      const perMinute = (life.value('zone3_temperature') - from) / 4
      expect(perMinute).toBeLessThan(-2)
      expect(perMinute).toBeGreaterThan(-3)
      expect(life.value('heater_duty')).toBeGreaterThan(97)
      expect(mean(cycles(life, 5, 'injection_pressure_peak'))).toBeGreaterThan(103)
    },
  )

  it('ends in a stop before the screw turns in cold melt, and production goes on after the repair', () => {
    const life = live()
    life.severity('IM-01', 1)
    const trippedS = life.secondsUntil(() => life.isTripped(), 3600)
    expect(trippedS).toBeGreaterThan(9 * 60)
    expect(trippedS).toBeLessThan(18 * 60)
    expect(life.value('run_state')).toBe(3)
    life.live(600)
    expect(life.isTripped()).toBe(true)
    life.severity('IM-01', 0)
    life.reset()
    life.live(10)
    expect(life.value('run_state')).toBe(0)
    expect(life.secondsUntil(() => life.value('run_state') === 2, 3600)).toBeLessThan(3600)
    expect(held(life, 1800)).toEqual([])
  })

  it('makes no cold machine ready', () => {
    const life = live({ command: 'stop', severities: { 'IM-01': 1 } })
    life.command('run')
    expect(life.secondsUntil(() => life.value('run_state') !== 0, 3 * 3600)).toBe(Infinity)
  })
})

describe('IM-02, the thermocouple drifts', () => {
  it('aged: the reading steps by 15 °C, the duty answers, and the melt that is really hotter takes a twentieth off the pressure', () => {
    const life = live()
    life.live(600)
    const pressure = mean(cycles(life, 60, 'injection_pressure_peak'))
    const duty = mean(life.live(900, 'heater_duty'))
    life.severity('IM-02', 1)
    const { zone3_temperature: zone, heater_duty: answer } = life.record(300, ['zone3_temperature', 'heater_duty'])
    expect(Math.min(...zone)).toBeLessThan(208)
    expect(Math.min(...zone)).toBeGreaterThan(204)
    expect(zone.findIndex((value) => value < 210)).toBeLessThan(60)
    expect(Math.max(...answer)).toBeGreaterThan(95)
    life.live(1500)
    expect(mean(life.live(1800, 'heater_duty')) - duty).toBeGreaterThan(4)
    const change = mean(cycles(life, 60, 'injection_pressure_peak')) / pressure - 1
    expect(change).toBeLessThan(-0.04)
    expect(change).toBeGreaterThan(-0.06)
  })

  it('aged, but not far enough: nothing steps', () => {
    const life = live()
    life.severity('IM-02', 0.4)
    expect(held(life, 3600)).toEqual([])
  })

  it.each([1, 2, 3])('loose: the reading swings by 8 °C to both sides at irregular times (seed %i)', (seed) => {
    const life = live({ seed }, loose)
    life.severity('IM-02', 1)
    life.live(900)
    const zone = life.live(3 * 3600, 'zone3_temperature')
    const sorted = zone.toSorted((a, b) => a - b)
    const [low, high] = [0.02, 0.98].map((share) => sorted[Math.floor(share * sorted.length)]! - 220)
    expect(low).toBeLessThan(-5.5)
    expect(low).toBeGreaterThan(-10)
    expect(high).toBeGreaterThan(5.5)
    expect(high).toBeLessThan(10)
    expect(Math.abs(mean(zone) - 220)).toBeLessThan(1.5)
    expect(held(life, 1800)).toContain('zone3_temperature')
  })

  it('loose: the swings grow as the contact wears, and end with the repair', () => {
    const swing = (severity: number) => {
      const life = live({}, loose)
      life.severity('IM-02', severity)
      life.live(900)
      return deviation(life.live(3600, 'zone3_temperature'))
    }
    expect(swing(0.3)).toBeGreaterThan(2 * swing(0))
    expect(swing(1)).toBeGreaterThan(2 * swing(0.3))
    const life = live({}, loose)
    life.severity('IM-02', 1)
    life.live(1800)
    life.severity('IM-02', 0)
    life.live(1800)
    expect(held(life, 3600)).toEqual([])
  })
})

/** Develops a mode over its shortest time, and returns what a signal was at each tenth of the way. */
function tenths(life: ModelLife, mode: string, days: number, measure: () => number): number[] {
  return Array.from({ length: 11 }, (_, tenth) => {
    if (tenth > 0) life.develop(mode, days / 10, (tenth - 1) / 10, tenth / 10)
    return measure()
  })
}

const weeks = (mode: 'IM-03' | 'IM-04' | 'IM-05' | 'IM-06') => injectionMouldingFaults[mode].developsMs[0] / 86_400_000

describe('IM-03, the check ring wears', () => {
  it('takes the cushion from 6 to 3 mm in weeks and scatters it four times as much', () => {
    const life = live()
    const scatter: number[] = []
    const path = tenths(life, 'IM-03', weeks('IM-03'), () => {
      const seen = cycles(life, 200, 'cushion')
      scatter.push(deviation(seen))
      return mean(seen)
    })
    expect(Math.abs(path[0]! - 6)).toBeLessThan(0.1)
    expect(Math.abs(path[5]! - 4.75)).toBeLessThan(0.2)
    expect(Math.abs(path[10]! - 3)).toBeLessThan(0.2)
    expect(path.slice(1).every((value, i) => value < path[i]! + 0.1)).toBe(true)
    expect(scatter[0]).toBeLessThan(0.2)
    expect(scatter[10]).toBeGreaterThan(0.5)
    expect(scatter[10]).toBeLessThan(0.7)
    expect(held(life, 4 * 3600)).toEqual(['cushion'])
  })
})

describe('IM-04, the oil cooler scales', () => {
  it('lifts the oil from 46 to 56 °C in weeks and costs a second of the cycle', () => {
    const life = live()
    const before = mean(cycles(life, 100, 'cycle_time'))
    const path = tenths(life, 'IM-04', weeks('IM-04'), () => mean(life.live(900, 'oil_temperature')))
    expect(Math.abs(path[0]! - 46)).toBeLessThan(0.7)
    expect(path[5]).toBeGreaterThan(48)
    expect(path[5]).toBeLessThan(52)
    expect(Math.abs(path[10]! - 56)).toBeLessThan(0.7)
    expect(path.slice(1).every((value, i) => value > path[i]! - 0.2)).toBe(true)
    const longer = mean(cycles(life, 100, 'cycle_time')) - before
    expect(longer).toBeGreaterThan(0.8)
    expect(longer).toBeLessThan(1.15)
    expect(held(life, 3600)).toEqual(['oil_temperature'])
  })

  it('is over within the hour after an acid wash', () => {
    const life = live({ severities: { 'IM-04': 1 } })
    expect(life.value('oil_temperature')).toBeGreaterThan(54)
    life.severity('IM-04', 0)
    life.live(3600)
    expect(life.value('oil_temperature')).toBeLessThan(47.5)
  })
})

describe('IM-05, the pump leaks inside', () => {
  it('lets it hold at 350 instead of 150 r/min after weeks, and warms the oil by 4 °C', () => {
    const life = live()
    const oil: number[] = []
    const path = tenths(life, 'IM-05', weeks('IM-05'), () => {
      oil.push(mean(life.live(900, 'oil_temperature')))
      return mean(cycles(life, 50, 'holding_pump_speed'))
    })
    expect(Math.abs(path[0]! - 150)).toBeLessThan(6)
    expect(Math.abs(path[10]! - 350)).toBeLessThan(12)
    expect(path.slice(1).every((value, i) => value > path[i]!)).toBe(true)
    expect(oil[10]! - oil[0]!).toBeGreaterThan(3)
    expect(oil[10]! - oil[0]!).toBeLessThan(5)
    expect(held(life, 3600)).toEqual(['holding_pump_speed'])
  })
})

describe('IM-06, the clamp is uneven', () => {
  it('spreads the tie bars from 2 to 7 percent in weeks and costs 0.3 s of the cycle', () => {
    const life = live()
    const before = mean(cycles(life, 200, 'cycle_time'))
    const path = tenths(life, 'IM-06', weeks('IM-06'), () => mean(cycles(life, 50, 'tie_bar_imbalance')))
    expect(Math.abs(path[0]! - 2)).toBeLessThan(0.2)
    expect(Math.abs(path[10]! - 7)).toBeLessThan(0.2)
    expect(path.slice(1).every((value, i) => value > path[i]!)).toBe(true)
    const longer = mean(cycles(life, 200, 'cycle_time')) - before
    expect(longer).toBeGreaterThan(0.2)
    expect(longer).toBeLessThan(0.4)
    expect(held(life, 3600)).toEqual(['tie_bar_imbalance'])
  })
})

it('no mode moves what is none of its business', () => {
  const untouched: Record<string, readonly string[]> = {
    'IM-03': [
      'oil_temperature',
      'zone3_temperature',
      'heater_duty',
      'injection_pressure_peak',
      'cycle_time',
      'tie_bar_imbalance',
      'holding_pump_speed',
    ],
    'IM-04': ['zone3_temperature', 'heater_duty', 'injection_pressure_peak', 'cushion', 'tie_bar_imbalance'],
    'IM-05': ['zone3_temperature', 'heater_duty', 'injection_pressure_peak', 'cushion', 'tie_bar_imbalance'],
    'IM-06': ['zone3_temperature', 'oil_temperature', 'injection_pressure_peak', 'cushion', 'holding_pump_speed'],
  }
  const tolerance: Record<string, number> = {
    oil_temperature: 0.4,
    zone3_temperature: 0.2,
    heater_duty: 1.5,
    injection_pressure_peak: 0.6,
    cycle_time: 0.05,
    tie_bar_imbalance: 0.1,
    holding_pump_speed: 3,
    cushion: 0.1,
  }
  for (const [mode, keys] of Object.entries(untouched)) {
    const averages = (severities: Record<string, number>) => {
      const life = live({ severities })
      life.live(60)
      return life.record(3 * 3600, keys)
    }
    const [healthy, faulty] = [averages({}), averages({ [mode]: 1 })]
    for (const key of keys) {
      const moved = Math.abs(mean(faulty[key]!) - mean(healthy[key]!))
      expect(moved, `${mode} on ${key}`).toBeLessThan(tolerance[key]!)
    }
  }
})
