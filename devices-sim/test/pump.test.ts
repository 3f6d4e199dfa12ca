import { describe, expect, it } from 'vitest'
import { deviation, lifeOf, mean, pumps, springNoon } from './life.ts'

const key = 'P100-2208-0302'
const hour = 3_600_000

describe('a healthy pump', () => {
  it('follows its curve: more flow, less head and more current', () => {
    const night = lifeOf(key, { at: springNoon - 9 * hour })
    const morning = lifeOf(key, { at: springNoon - 4 * hour })
    const measure = (life: typeof night) =>
      Object.fromEntries(['flow', 'outlet_pressure', 'current'].map((signal) => [signal, mean(life.live(900, signal))]))
    const [quiet, busy] = [measure(night), measure(morning)]
    expect(busy.flow! - quiet.flow!).toBeGreaterThan(4)
    expect(busy.current!).toBeGreaterThan(quiet.current! + 0.4)
    expect(busy.outlet_pressure!).toBeLessThan(quiet.outlet_pressure!)
  })

  it.each(pumps)('%s starts within seconds and warms its bearing over an hour', (deviceKey) => {
    const life = lifeOf(deviceKey)
    life.machine.setRunning(false)
    life.live(4 * 3600)
    const cold = life.value('bearing_temperature')
    life.machine.setRunning(true)
    life.live(1)
    expect(life.value('current')).toBeGreaterThan(45)
    life.live(40)
    expect(life.value('flow')).toBeGreaterThan(80)
    expect(life.value('current')).toBeLessThan(37)
    expect(life.value('bearing_temperature') - cold).toBeLessThan(3)
    life.live(2 * 3600)
    expect(life.value('bearing_temperature') - cold).toBeGreaterThan(18)
  })

  it.each(pumps)('%s, stopped, neither flows, draws current nor shakes, and cools with 40 minutes', (deviceKey) => {
    const life = lifeOf(deviceKey)
    life.machine.setRunning(true)
    life.live(3 * 3600)
    life.machine.setRunning(false)
    life.live(30)
    const hot = life.value('bearing_temperature')
    for (let minute = 0; minute < 40; minute++) {
      life.live(60)
      expect(life.value('flow')).toBe(0)
      expect(life.value('current')).toBe(0)
      expect(life.value('vibration')).toBeLessThan(0.2)
      expect(life.value('run_state')).toBeLessThan(2) // the standby pump is ready, the others are off
    }
    const after40 = life.value('bearing_temperature')
    life.live(10 * 3600)
    const room = life.value('bearing_temperature')
    const left = (after40 - room) / (hot - room)
    expect(left).toBeGreaterThan(0.3)
    expect(left).toBeLessThan(0.47)
  })
})

describe('P-03, cavitation', () => {
  it.each([1, 2, 3, 4, 5])('shows on suction, flow, vibration and current within minutes (seed %i)', (seed) => {
    const life = lifeOf(key, { seed })
    const signals = ['flow', 'vibration', 'current', 'inlet_pressure'] as const
    const measure = () => {
      const seen = Object.fromEntries(signals.map((signal) => [signal, [] as number[]]))
      for (let second = 0; second < 300; second++) {
        life.live(1)
        for (const signal of signals) seen[signal]!.push(life.value(signal))
      }
      return (signal: (typeof signals)[number]) => seen[signal]!
    }
    const before = measure()
    life.inject({ mode: 'P-03' })
    expect(life.secondsUntil(() => life.value('inlet_pressure') < -20, 600)).toBeLessThan(240)
    life.live(60)
    const after = measure()
    const change = (signal: (typeof signals)[number]) => mean(after(signal)) / mean(before(signal)) - 1
    expect(mean(after('inlet_pressure'))).toBeLessThan(-20)
    expect(change('flow')).toBeGreaterThan(-0.15)
    expect(change('flow')).toBeLessThan(-0.05)
    expect(deviation(after('flow'))).toBeGreaterThan(2 * deviation(before('flow')))
    expect(mean(after('vibration')) - mean(before('vibration'))).toBeGreaterThan(2)
    expect(mean(after('vibration')) - mean(before('vibration'))).toBeLessThan(3)
    expect(change('current')).toBeGreaterThan(-0.1)
    expect(change('current')).toBeLessThan(-0.06)
  })

  it('is over within minutes after the strainer is cleaned', () => {
    const life = lifeOf(key)
    life.inject({ mode: 'P-03', progress: 1 })
    life.live(300)
    life.machine.clear('P-03')
    life.live(180)
    expect(life.value('inlet_pressure')).toBeGreaterThan(10)
    expect(life.value('vibration')).toBeLessThan(2.8)
    expect(life.value('flow')).toBeGreaterThan(85)
  })
})

describe('P-01, the bearing wears', () => {
  const steady = (progress: number | undefined, signal: string) => {
    const life = lifeOf(key)
    if (progress !== undefined) life.inject({ mode: 'P-01', progress })
    life.live(2 * 3600)
    return mean(life.live(600, signal))
  }

  it.each([
    [0, 2.1],
    [0.63, 4.6],
    [0.7, 5.1],
    [1, 8.5],
  ])('at progress %f vibrates near %f mm/s', (progress, expected) => {
    expect(Math.abs(steady(progress, 'vibration') - expected)).toBeLessThan(0.45)
  })

  it('shows in the kurtosis first: 3 to 6 while vibration is still inside its limit', () => {
    expect(steady(undefined, 'kurtosis')).toBeCloseTo(3.05, 1)
    expect(steady(0.4, 'kurtosis')).toBeGreaterThan(5.7)
    expect(steady(0.4, 'kurtosis')).toBeLessThan(6.4)
    expect(steady(0.4, 'vibration')).toBeLessThan(5.1)
  })

  it('heats the bearing by 15 K, late', () => {
    const healthy = steady(undefined, 'bearing_temperature')
    expect(steady(0.55, 'bearing_temperature') - healthy).toBeLessThan(1)
    expect(steady(1, 'bearing_temperature') - healthy).toBeGreaterThan(12)
    expect(steady(1, 'bearing_temperature') - healthy).toBeLessThan(17)
  })

  it('takes 6 to 10 weeks of running and waits while the pump stands still', () => {
    const life = lifeOf(key)
    life.inject({ mode: 'P-01' })
    const progress = () => life.machine.snapshot().faults[0]!.progress
    life.fastForward(14)
    const afterTwoWeeks = progress()
    expect(afterTwoWeeks).toBeGreaterThan(14 / 70 - 0.01)
    expect(afterTwoWeeks).toBeLessThan(14 / 42 + 0.01)
    life.machine.setRunning(false)
    life.fastForward(7)
    expect(progress() - afterTwoWeeks).toBeLessThan(0.001)
  })

  it('shows nothing on the standby pump', () => {
    const [healthy, faulty] = [lifeOf('P100-2208-0303'), lifeOf('P100-2208-0303')]
    faulty.inject({ mode: 'P-01', progress: 1 })
    faulty.inject({ mode: 'P-03', progress: 1 })
    healthy.live(900)
    faulty.live(900)
    expect(faulty.machine.values()).toEqual(healthy.machine.values())
  })
})
