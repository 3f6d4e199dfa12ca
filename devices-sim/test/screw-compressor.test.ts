import { describe, expect, it } from 'vitest'
import { compressors, deviation, lifeOf, mean } from './life.ts'

const running = compressors.filter((key) => key !== 'AC75-2111-0143')

describe('a healthy compressor', () => {
  it.each(running)('%s loads and unloads between 0.65 and 0.80 MPa, as its motor shows', (key) => {
    const life = lifeOf(key)
    const seen = new Set<number>()
    const idle: number[] = []
    const loaded: number[] = []
    for (let second = 0; second < 3600; second++) {
      const before = life.value('run_state')
      life.live(1)
      const state = life.value('run_state')
      seen.add(state)
      expect(life.value('discharge_pressure')).toBeGreaterThan(0.645)
      expect(life.value('discharge_pressure')).toBeLessThan(0.81)
      // A change of state takes the valve some seconds; judge the current before and after, not during it.
      if (state !== before) life.live(8)
      else (state === 2 ? loaded : idle).push(life.value('current'))
    }
    expect(seen).toEqual(new Set([1, 2]))
    expect(Math.min(...loaded)).toBeGreaterThan(130)
    expect(Math.max(...loaded)).toBeLessThan(143)
    expect(Math.min(...idle)).toBeGreaterThan(55)
    expect(Math.max(...idle)).toBeLessThan(65)
  })

  it('draws more current the higher it compresses, and no air passes its filter while unloaded', () => {
    const life = lifeOf('AC75-2206-0021')
    life.secondsUntil(() => life.value('run_state') === 1, 3600)
    life.live(10)
    expect(life.value('inlet_vacuum')).toBeLessThan(0.4)
    life.secondsUntil(() => life.value('run_state') === 2, 3600)
    life.live(10)
    const low = mean(life.live(20, 'current'))
    expect(life.value('inlet_vacuum')).toBeGreaterThan(1)
    life.secondsUntil(() => life.value('discharge_pressure') > 0.77, 3600)
    expect(mean(life.live(10, 'current'))).toBeGreaterThan(low + 2)
  })

  it('runs warmer in a warmer room, once the thermostat is open', () => {
    const at = (startAmbientC: number) => {
      const life = lifeOf('AC75-2403-0117', { startAmbientC })
      return mean(life.live(1800, 'discharge_temperature'))
    }
    const [cool, warm, hot] = [at(18), at(32), at(36)]
    expect(cool).toBeGreaterThan(78)
    expect(hot - warm).toBeGreaterThan(3)
    expect(hot - warm).toBeLessThan(5)
    expect(warm - cool).toBeLessThan(13) // the thermostat takes part of the 14 K away
  })

  it('shows noise without a period: neighbouring seconds are alike, hours are not', () => {
    const life = lifeOf('AC75-2309-0064')
    const shaking = life.live(7200, 'airend_vibration')
    const steps = shaking.slice(1).map((value, i) => value - shaking[i]!)
    expect(deviation(shaking)).toBeGreaterThan(0.1)
    expect(new Set(steps.map((step) => step.toFixed(2))).size).toBeGreaterThan(20)
  })
})

describe('start and stop', () => {
  it('comes up cold: surge, unloaded run, then pressure and temperature in minutes, without ever exceeding a limit', () => {
    const life = lifeOf('AC75-2111-0143')
    life.machine.setRunning(true)
    life.live(2)
    expect(life.value('run_state')).toBe(1)
    expect(life.value('current')).toBeGreaterThan(120)
    life.live(12)
    expect(life.value('current')).toBeGreaterThan(55)
    expect(life.value('current')).toBeLessThan(65)
    const untilLine = life.secondsUntil(() => life.value('discharge_pressure') >= 0.55, 900)
    expect(untilLine).toBeGreaterThan(60)
    expect(untilLine).toBeLessThan(360)
    const untilWarm = life.secondsUntil(() => life.value('discharge_temperature') >= 78, 3600)
    expect(life.seconds()).toBeGreaterThan(5 * 60)
    expect(untilWarm).toBeLessThan(20 * 60)
    expect(Math.max(...life.live(3600, 'discharge_temperature'))).toBeLessThan(96)
  })

  it.each(compressors)('%s, stopped, draws nothing, shakes under 0.2 mm/s and cools with 40 minutes', (key) => {
    const life = lifeOf(key)
    life.machine.setRunning(true)
    life.live(1800)
    life.machine.setRunning(false)
    life.live(15)
    expect(life.value('run_state')).toBe(0)
    const [room, hot] = [life.value('ambient_temperature'), life.value('discharge_temperature')]
    for (let minute = 0; minute < 40; minute++) {
      life.live(60)
      expect(life.value('current')).toBe(0)
      expect(life.value('motor_vibration')).toBeLessThan(0.2)
      expect(life.value('airend_vibration')).toBeLessThan(0.2)
    }
    const left = (life.value('discharge_temperature') - room) / (hot - room)
    expect(left).toBeGreaterThan(0.32)
    expect(left).toBeLessThan(0.42) // 1/e = 0.37
  })

  it('counts hours only while it runs', () => {
    const life = lifeOf('AC75-2206-0021')
    const before = life.value('run_hours')
    life.live(2 * 3600)
    life.machine.setRunning(false)
    life.live(3 * 3600)
    expect(life.value('run_hours')).toBe(before + 2)
  })
})

describe('AC-01, the cooling fan stands still', () => {
  it.each(running.flatMap((key) => [1, 2, 3].map((seed) => [key, seed] as const)))(
    '%s heats by 5 to 8 K a minute while the room stays as it is (seed %i)',
    (key, seed) => {
      const life = lifeOf(key, { seed, startAmbientC: 34 })
      life.secondsUntil(() => life.value('run_state') === 2 && life.value('discharge_pressure') < 0.69, 3600)
      const room = life.value('ambient_temperature')
      life.inject({ mode: 'AC-01' })
      life.live(10) // the fan runs down
      const from = life.value('discharge_temperature')
      life.live(60)
      const rise = life.value('discharge_temperature') - from
      expect(rise).toBeGreaterThan(4.8)
      expect(rise).toBeLessThan(8.2)
      expect(Math.abs(life.value('ambient_temperature') - room)).toBeLessThan(0.8)
    },
  )

  it.each([1, 2, 3, 4, 5])('from 95 °C trips within 2 to 4 minutes, and the pressure sags (seed %i)', (seed) => {
    const life = lifeOf('AC75-2403-0117', { seed, startAmbientC: 36 })
    life.live(15)
    expect(life.value('discharge_temperature')).toBeGreaterThan(94)
    expect(life.value('discharge_temperature')).toBeLessThan(96.5)
    life.inject({ mode: 'AC-01' })
    const toLimit = life.secondsUntil(() => life.value('discharge_temperature') >= 100, 300)
    expect(toLimit).toBeGreaterThan(30)
    expect(toLimit).toBeLessThan(65)
    const toTrip = life.secondsUntil(() => life.value('run_state') === 3, 300)
    expect(toLimit + toTrip).toBeGreaterThan(120)
    expect(toLimit + toTrip).toBeLessThan(240)
    const pressure = life.value('discharge_pressure')
    life.live(90)
    expect(life.value('current')).toBe(0)
    expect(life.value('discharge_pressure')).toBeLessThan(pressure - 0.15)
  })

  it('stays tripped however often it is started hot, and restarts by itself once repaired and cool enough', () => {
    const life = lifeOf('AC75-2403-0117', { startAmbientC: 36 })
    life.inject({ mode: 'AC-01' })
    life.secondsUntil(() => life.value('run_state') === 3, 600)
    life.live(600)
    expect(life.value('run_state')).toBe(3)
    life.machine.clear('AC-01')
    life.secondsUntil(() => life.value('run_state') === 2, 900)
    expect(life.value('discharge_temperature')).toBeLessThan(105)
    life.live(45 * 60)
    expect(life.value('run_state')).toBeGreaterThan(0)
    expect(life.value('discharge_temperature')).toBeLessThan(97)
  })

  it('shows nothing on a stopped machine', () => {
    const [healthy, faulty] = [lifeOf('AC75-2111-0143'), lifeOf('AC75-2111-0143')]
    faulty.inject({ mode: 'AC-01' })
    faulty.inject({ mode: 'AC-04', progress: 1 })
    healthy.live(600)
    faulty.live(600)
    expect(faulty.machine.values()).toEqual(healthy.machine.values())
  })
})

describe('AC-04, the airend bearings wear', () => {
  it('takes 3 to 8 weeks of running, accelerating from 5 over 9 to 11 mm/s, with warmth at the end', () => {
    const life = lifeOf('AC75-2403-0117')
    life.inject({ mode: 'AC-04' })
    const weekly: number[] = []
    const progress = () => life.machine.snapshot().faults[0]!.progress
    let weeks = 0
    while (progress() < 1 && weeks < 10) {
      weekly.push(mean(life.live(300, 'airend_vibration')))
      life.fastForward(7)
      weeks += 1
    }
    expect(weeks).toBeGreaterThanOrEqual(3)
    expect(weeks).toBeLessThanOrEqual(9)
    const last = mean(life.live(600, 'airend_vibration'))
    expect(weekly[0]).toBeCloseTo(5.1, 0)
    expect(last).toBeGreaterThan(10)
    expect(last).toBeLessThan(12)
    const gains = [...weekly.slice(1), last].map((value, i) => value - weekly[i]!)
    expect(gains.at(-1)).toBeGreaterThan(gains[0]!)
  })

  it.each([
    [0, 5.1, 0.5],
    [0.5, 6.2, 0.6],
    [0.87, 9, 0.7],
    [1, 11.1, 0.7],
  ])('at progress %f the airend shakes near %f mm/s', (progress, expected, tolerance) => {
    const life = lifeOf('AC75-2403-0117')
    life.inject({ mode: 'AC-04', progress })
    life.live(120)
    expect(Math.abs(mean(life.live(300, 'airend_vibration')) - expected)).toBeLessThan(tolerance)
  })

  it('adds 3 to 6 K late, none early, and only to the airend', () => {
    const at = (progress: number | undefined, key: string) => {
      const life = lifeOf('AC75-2403-0117', { startAmbientC: 36 })
      if (progress !== undefined) life.inject({ mode: 'AC-04', progress })
      life.live(3600)
      return mean(life.live(1800, key))
    }
    const healthy = at(undefined, 'discharge_temperature')
    expect(Math.abs(at(0.5, 'discharge_temperature') - healthy)).toBeLessThan(0.3)
    const late = at(1, 'discharge_temperature') - healthy
    expect(late).toBeGreaterThan(3)
    expect(late).toBeLessThan(6)
    expect(at(1, 'motor_vibration')).toBeCloseTo(at(undefined, 'motor_vibration'), 5)
  })

  it('is gone soon after the overhaul', () => {
    const life = lifeOf('AC75-2309-0064')
    life.inject({ mode: 'AC-04', progress: 0.9 })
    life.live(120)
    expect(life.value('airend_vibration')).toBeGreaterThan(9)
    life.machine.clear('AC-04')
    life.live(180)
    expect(life.value('airend_vibration')).toBeLessThan(7)
  })
})
