import { describe, expect, it } from 'vitest'
import { machiningCentreFaults } from '../src/models/machining-centre-faults.ts'
import { mean } from './life.ts'
import { during, held, judged, live, moving, programS, roughing, turningFree } from './machining-centre-life.ts'
import type { ModelLife } from './model-life.ts'

it('no failure mode shows anything on a stopped machine', () => {
  const [healthy, faulty] = [live({ command: 'stop' }), live({ command: 'stop' })]
  for (const mode of Object.keys(machiningCentreFaults)) faulty.severity(mode, 1)
  for (let minute = 0; minute < 60; minute++) {
    healthy.live(60)
    faulty.live(60)
    expect(faulty.values()).toEqual(healthy.values())
  }
})

/** Develops a mode over its shortest time, and returns what was measured at each tenth of the way. */
function tenths(life: ModelLife, mode: keyof typeof machiningCentreFaults, measure: () => number): number[] {
  const days = machiningCentreFaults[mode].developsMs[0] / 86_400_000
  return Array.from({ length: 11 }, (_, tenth) => {
    if (tenth > 0) life.develop(mode, days / 10, (tenth - 1) / 10, tenth / 10)
    return measure()
  })
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const rising = (path: readonly number[], slack: number) => path.slice(1).every((value, i) => value > path[i]! - slack)

describe('VMC-01, the spindle bearings wear', () => {
  it('lifts vibration at 6,000 r/min from 0.8 over 1.8 to 2.8 mm/s in weeks, faster and faster', () => {
    const life = live()
    const path = tenths(life, 'VMC-01', () => mean(during(life, 3600, 'spindle_vibration', judged)))
    expect(Math.abs(path[0]! - 0.8)).toBeLessThan(0.1)
    expect(Math.abs(path[7]! - 1.8)).toBeLessThan(0.2)
    expect(Math.abs(path[10]! - 2.8)).toBeLessThan(0.15)
    expect(rising(path, 0.02)).toBe(true)
    expect(path[10]! - path[9]!).toBeGreaterThan(2 * (path[1]! - path[0]!))
    expect(held(life, 3600)).toEqual(['spindle_vibration'])
  })

  it('costs 12 °C and 5 percent of turning load, both late', () => {
    const measure = (severity: number) => {
      const life = live({ severities: { 'VMC-01': severity } })
      const idle = median(during(life, programS, 'spindle_load', turningFree))
      return { idle, warm: mean(life.live(3 * 3600, 'spindle_temperature')) }
    }
    const [healthy, half, worn] = [measure(0), measure(0.5), measure(1)]
    expect(Math.abs(half.warm - healthy.warm)).toBeLessThan(0.8)
    expect(Math.abs(half.idle - healthy.idle)).toBeLessThan(0.4)
    expect(worn.warm - healthy.warm).toBeGreaterThan(10.5)
    expect(worn.warm - healthy.warm).toBeLessThan(13.5)
    expect(worn.idle - healthy.idle).toBeGreaterThan(4)
    expect(worn.idle - healthy.idle).toBeLessThan(6)
  })

  it('shakes nothing while the spindle stands', () => {
    const life = live({ severities: { 'VMC-01': 1 } })
    const standing = during(life, 3600, 'spindle_vibration', ({ spindle_speed: rpm = 0 }) => rpm === 0)
    expect(standing.toSorted((a, b) => a - b)[Math.floor(standing.length / 2)]).toBeLessThan(0.2)
    life.command('idle')
    life.live(15)
    expect(life.value('spindle_vibration')).toBeLessThan(0.2)
  })
})

describe('VMC-02, the drawbar loses its force', () => {
  it('takes the unclamp time from 0.8 to 1.4 s in weeks', () => {
    const life = live()
    const path = tenths(life, 'VMC-02', () => mean(life.live(1800, 'unclamp_time')))
    expect(Math.abs(path[0]! - 0.8)).toBeLessThan(0.03)
    expect(Math.abs(path[5]! - 1.1)).toBeLessThan(0.05)
    expect(Math.abs(path[10]! - 1.4)).toBeLessThan(0.04)
    expect(rising(path, 0)).toBe(true)
    expect(held(life, 3600)).toEqual(['unclamp_time'])
  })

  it('chatters in heavy cuts and nowhere else', () => {
    const [healthy, weak] = [live(), live({ severities: { 'VMC-02': 1 } })]
    const heavy = (life: ModelLife) => mean(during(life, programS, 'spindle_vibration', roughing))
    const light = (life: ModelLife) => mean(during(life, programS, 'spindle_vibration', judged))
    const more = heavy(weak) - heavy(healthy)
    expect(more).toBeGreaterThan(0.6)
    expect(more).toBeLessThan(1.2)
    expect(Math.abs(light(weak) - light(healthy))).toBeLessThan(0.05)
  })
})

describe('VMC-03, compressed air is lost', () => {
  it.each(machiningCentreFaults['VMC-03'].developsMs)(
    'falls from 0.60 to 0.48 MPa within %i ms, and recovers',
    (developsMs) => {
      const life = live()
      const before = mean(life.live(600, 'air_pressure'))
      const seconds = developsMs / 1000
      const path = Array.from({ length: seconds }, (_, second) => {
        life.severity('VMC-03', (second + 1) / seconds)
        return life.live(1, 'air_pressure')[0]!
      })
      const after = mean(life.live(120, 'air_pressure'))
      expect(Math.abs(before - 0.6)).toBeLessThan(0.012)
      expect(Math.abs(after - 0.48)).toBeLessThan(0.012)
      expect(path[Math.floor(seconds / 2)]).toBeLessThan(before - 0.03)
      expect(held(life, 60)).toEqual(['air_pressure'])
      life.severity('VMC-03', 0)
      life.live(20)
      expect(mean(life.live(60, 'air_pressure'))).toBeGreaterThan(0.58)
    },
  )

  it('shows on a machine that is ready, too, and slows its tool changes a little', () => {
    expect(mean(live({ command: 'idle', severities: { 'VMC-03': 1 } }).live(60, 'air_pressure'))).toBeLessThan(0.5)
    const unclamp = (severity: number) =>
      mean(live({ severities: { 'VMC-03': severity } }).live(programS, 'unclamp_time'))
    expect(unclamp(1) - unclamp(0)).toBeGreaterThan(0.05)
    expect(unclamp(1)).toBeLessThan(1)
  })
})

describe('VMC-04, the ball screw support wears', () => {
  it('opens the backlash from 4 to 12 µm in weeks', () => {
    const life = live()
    const path = tenths(life, 'VMC-04', () => mean(life.live(3600, 'x_backlash')))
    expect(Math.abs(path[0]! - 4)).toBeLessThan(0.4)
    expect(Math.abs(path[5]! - 7.7)).toBeLessThan(0.6)
    expect(Math.abs(path[10]! - 12)).toBeLessThan(0.4)
    expect(rising(path, 0.1)).toBe(true)
    expect(held(life, 3600)).toEqual(['x_backlash'])
  })

  it('costs 10 percent of axis load, late', () => {
    const load = (severity: number) =>
      mean(during(live({ severities: { 'VMC-04': severity } }), programS, 'z_load', moving))
    expect(Math.abs(load(0.5) - load(0))).toBeLessThan(0.5)
    expect(Math.abs(load(1) - load(0) - 10)).toBeLessThan(0.8)
  })
})

describe('VMC-05, lubrication fails', () => {
  it('drops the pulse from 1.8 to below 1.0 MPa and lifts the axis load by 5 to 10 in days', () => {
    const life = live()
    const loads: number[] = []
    const path = tenths(life, 'VMC-05', () => {
      loads.push(mean(during(life, 1800, 'z_load', moving)))
      return life.value('lubrication_pulse')
    })
    expect(Math.abs(path[0]! - 1.8)).toBeLessThan(0.12)
    expect(path[10]).toBeLessThan(1)
    expect(path[10]).toBeGreaterThan(0.6)
    expect(rising(path.toReversed(), 0.1)).toBe(true)
    expect(loads[10]! - loads[0]!).toBeGreaterThan(5)
    expect(loads[10]! - loads[0]!).toBeLessThan(10)
    expect(loads[2]! - loads[0]!).toBeLessThan(1.5)
    expect(held(life, 3600)).toEqual(['lubrication_pulse'])
  })
})

it('no mode moves what is none of its business', () => {
  const keys = [
    'spindle_temperature',
    'air_pressure',
    'lubrication_pulse',
    'unclamp_time',
    'x_backlash',
    'z_load',
  ] as const
  const own: Record<string, readonly string[]> = {
    'VMC-01': ['spindle_temperature'],
    'VMC-02': ['unclamp_time'],
    'VMC-03': ['air_pressure', 'unclamp_time'],
    'VMC-04': ['x_backlash', 'z_load'],
    'VMC-05': ['lubrication_pulse', 'z_load'],
  }
  const tolerance = {
    spindle_temperature: 0.7,
    air_pressure: 0.006,
    lubrication_pulse: 0.04,
    unclamp_time: 0.02,
    x_backlash: 0.3,
    z_load: 0.7,
  }
  const healthy = live().record(4 * 3600, keys)
  for (const [mode, moved] of Object.entries(own)) {
    const faulty = live({ severities: { [mode]: 1 } }).record(4 * 3600, keys)
    for (const key of keys.filter((candidate) => !moved.includes(candidate))) {
      expect(Math.abs(mean(faulty[key]) - mean(healthy[key])), `${mode} on ${key}`).toBeLessThan(tolerance[key])
    }
  }
})
