import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { machiningCentreFaults } from '../src/models/machining-centre-faults.ts'
import { machiningCentre } from '../src/models/machining-centre.ts'
import { seededRandom } from '../src/physics/random.ts'
import { deviation, mean } from './life.ts'
import { build, during, held, judged, live, programNames, programS, worst } from './machining-centre-life.ts'

const linqing = { meanC: 13.5, seasonalC: 13.5, dailyC: 4, roomRiseC: 2.5, roomFloorC: 17 }
const normal: Record<string, readonly [low: number, high: number]> = {
  spindle_temperature: [30, 50],
  air_pressure: [0.55, 0.65],
  lubrication_pulse: [1.5, 2.2],
  unclamp_time: [0.6, 0.9],
  x_backlash: [2, 6],
  z_load: [25, 46],
}

describe('a healthy machine', () => {
  it.each([
    ['a usual build', build],
    ['the least build', worst],
  ])('%s keeps its signals in their normal ranges, and they live', (_, variant) => {
    const seen = live({}, variant).record(4 * 3600, Object.keys(normal))
    for (const [key, [low, high]] of Object.entries(normal)) {
      expect(Math.min(...seen[key]!), key).toBeGreaterThan(low)
      expect(Math.max(...seen[key]!), key).toBeLessThan(high)
      expect(deviation(seen[key]!), key).toBeGreaterThan(0)
    }
  })

  it.each(programNames)(
    'making a %s, cuts with a fifth to two thirds of its spindle and shakes by 0.4 to 1.2 mm/s at 6,000 r/min',
    (program) => {
      const life = live({}, { ...build, program })
      const loads = during(life, programS, 'spindle_load', ({ spindle_load: load = 0 }) => load > 14).sort(
        (a, b) => a - b,
      )
      expect(loads.length).toBeGreaterThan(3600)
      expect(loads[Math.floor(0.02 * loads.length)]).toBeGreaterThan(14)
      expect(loads[Math.floor(0.98 * loads.length)]).toBeLessThan(75)
      const shaking = during(life, programS, 'spindle_vibration', judged)
      expect(shaking.length).toBeGreaterThan(1500)
      expect(Math.min(...shaking)).toBeGreaterThan(0.4)
      expect(Math.max(...shaking)).toBeLessThan(1.2)
    },
  )

  it.each(programNames)(
    'making a %s, has at least one cut at 6,000 r/min that is long enough to be judged',
    (program) => {
      const life = live({}, { ...build, program })
      let [longest, present] = [0, 0]
      for (const rpm of life.live(1800, 'spindle_speed')) {
        present = Math.abs(rpm - 6_000) < 60 ? present + 1 : 0
        longest = Math.max(longest, present)
      }
      expect(longest).toBeGreaterThan(120)
    },
  )

  it.each(
    programNames.flatMap((program, seed) => [
      ['2026-07-20', program, seed] as const,
      ['2026-01-12', program, seed + 10] as const,
    ]),
  )('holds no limit for a day (%s, %s)', (day, program, seed) => {
    const at = Date.parse(`${day}T00:00:00+08:00`)
    const life = live({ seed, ambient: linqing, at }, { ...worst, program })
    expect(held(life, 86_400)).toEqual([])
    expect(life.value('run_hours')).toBe(14_870 + 24)
  })

  it('holds no limit in a week of fast-forward', () => {
    const life = live()
    life.develop('none', 7)
    expect(held(life, 3600)).toEqual([])
    expect(life.value('run_hours')).toBe(14_870 + 7 * 24 + 1)
    expect(life.value('spindle_temperature')).toBeGreaterThan(32)
    expect(life.value('spindle_temperature')).toBeLessThan(42)
  })

  it('changes tools between operations and parts at the end: the spindle stands, and starts with a surge', () => {
    const {
      spindle_speed: rpm,
      spindle_load: load,
      unclamp_time: unclamp,
    } = live().record(3600, ['spindle_speed', 'spindle_load', 'unclamp_time'])
    const stops = rpm.filter((value, i) => value === 0 && rpm[i - 1]! > 0).length
    expect(stops).toBeGreaterThan(25)
    expect(stops).toBeLessThan(45)
    expect(new Set(unclamp).size).toBeGreaterThan(25)
    const standing = rpm.filter((value) => value === 0).length / rpm.length
    expect(standing).toBeGreaterThan(0.08)
    expect(standing).toBeLessThan(0.35)
    expect(new Set(rpm.map((value) => Math.round(value / 200) * 200)).size).toBeGreaterThan(5)
    expect(Math.max(...load)).toBeGreaterThan(68)
    expect(Math.max(...load)).toBeLessThan(100)
    expect(load.every((value, i) => rpm[i]! > 0 || value === 0)).toBe(true)
  })

  it('shakes with its speed', () => {
    const life = live()
    const slow = mean(
      during(life, programS, 'spindle_vibration', ({ spindle_speed: rpm = 0 }) => rpm > 500 && rpm < 700),
    )
    const fast = mean(during(life, programS, 'spindle_vibration', judged))
    expect(fast).toBeGreaterThan(3 * slow)
  })

  it('gives a lubrication pulse every twelve minutes and probes every part', () => {
    const { lubrication_pulse: pulse, x_backlash: backlash } = live().record(6 * 3600, [
      'lubrication_pulse',
      'x_backlash',
    ])
    expect(Math.abs(new Set(pulse).size - 30)).toBeLessThanOrEqual(3)
    expect(new Set(backlash).size).toBeGreaterThan(35)
    expect(new Set(backlash).size).toBeLessThan(50)
  })
})

describe('starting and stopping', () => {
  it.each([
    ['in winter', 15],
    ['in summer', 36],
  ])('%s, homes, warms its cold spindle by steps without a cut, then machines, and holds no limit', (_, ambient) => {
    const life = live({ command: 'stop', ambient }, worst)
    const cold = life.value('spindle_temperature')
    life.command('run')
    life.live(20)
    expect(life.value('run_state')).toBe(1)
    expect(life.value('air_pressure')).toBeGreaterThan(0.55)
    life.live(30)
    expect(life.value('run_state')).toBe(2)
    const { spindle_speed: rpm, spindle_load: load } = life.record(700, ['spindle_speed', 'spindle_load'])
    expect(rpm.at(100)).toBeCloseTo(1_500, -1)
    expect(rpm.at(650)).toBeCloseTo(6_000, -2)
    expect(load.filter((value) => value > 12).length).toBeLessThan(12)
    expect(held(life, 2 * 3600)).toEqual([])
    expect(life.value('spindle_temperature') - cold).toBeGreaterThan(8)
  })

  it('needs no warm-up after a short pause', () => {
    const life = live()
    life.command('idle')
    life.live(300)
    life.command('run')
    expect(life.live(25, 'spindle_speed').every((rpm) => rpm === 0)).toBe(true)
    life.live(120)
    expect(life.value('z_load')).toBeGreaterThan(30)
  })

  it('without a program, is ready: nothing turns, the axes hold, the spindle cools to its jacket', () => {
    const life = live()
    life.live(600)
    life.command('idle')
    life.live(10)
    const kept = life.values()
    for (let minute = 0; minute < 120; minute++) {
      life.live(60)
      expect(life.value('run_state')).toBe(1)
      expect(life.value('spindle_speed')).toBe(0)
      expect(life.value('spindle_load')).toBe(0)
      expect(life.value('spindle_vibration')).toBeLessThan(0.2)
      expect(life.value('z_load')).toBeGreaterThan(25)
      for (const key of ['unclamp_time', 'lubrication_pulse', 'x_backlash', 'run_hours']) {
        expect(life.value(key), key).toBe(kept[key])
      }
    }
    expect(life.isRunning()).toBe(false)
    expect(life.value('spindle_temperature')).toBeLessThan(24.5)
    expect(held(life, 60)).toEqual([])
  })

  it('stopped, carries no load, shakes no more within seconds and cools with 40 minutes', () => {
    const life = live({ ambient: 18 })
    expect(life.secondsUntil(() => judged(life.values()), 3600)).toBeLessThan(3600)
    life.command('stop')
    life.live(15)
    const hot = life.value('spindle_temperature')
    const {
      spindle_vibration: shaking,
      spindle_load: load,
      z_load: z,
    } = life.record(2400, ['spindle_vibration', 'spindle_load', 'z_load'])
    expect(Math.max(...shaking)).toBeLessThan(0.2)
    expect(Math.max(...load, ...z)).toBe(0)
    expect(life.value('run_state')).toBe(0)
    const left = (life.value('spindle_temperature') - 18) / (hot - 18)
    expect(left).toBeGreaterThan(0.3)
    expect(left).toBeLessThan(0.45)
  })
})

it('shows possible values whatever is done to it, in steps of any length', () => {
  const command = fc.constantFrom('run' as const, 'idle' as const, 'stop' as const)
  const action = fc.record({
    command,
    mode: fc.constantFrom(...Object.keys(machiningCentreFaults)),
    severity: fc.double({ min: 0, max: 1, noNaN: true }),
    dtMs: fc.integer({ min: 1, max: 90_000 }),
    steps: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(action, { maxLength: 12 }), command, (actions, first) => {
      const random = seededRandom(4)
      const severities: Record<string, number> = {}
      const around = { at: 0, ambientC: 28, reset: false, severity: (name: string) => severities[name] ?? 0 }
      let state = machiningCentre.settled(build, { ...around, command: first }, random)
      for (const { command, mode, severity, dtMs, steps } of actions) {
        severities[mode] = severity
        for (let i = 0; i < steps; i++) {
          state = machiningCentre.step(build, state, { ...around, command }, random, dtMs)
          const shown = machiningCentre.read(build, state)
          for (const { key } of machiningCentre.signals) {
            expect(Number.isFinite(shown[key]), key).toBe(true)
            expect(shown[key], key).toBeGreaterThanOrEqual(0)
          }
          expect(shown['run_state']).toBe({ stop: 0, idle: 1, run: shown['run_state'] === 1 ? 1 : 2 }[command])
          expect(shown['spindle_load']).toBeLessThanOrEqual(command === 'run' ? 115 : 0)
          expect(shown['spindle_speed']).toBeLessThan(8_000)
          expect(shown['spindle_temperature']).toBeLessThan(75)
          expect(shown['spindle_vibration']).toBeLessThan(6)
          if (command === 'stop') expect(shown['z_load']).toBe(0)
        }
      }
    }),
    { numRuns: 60 },
  )
})
