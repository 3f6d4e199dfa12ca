import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { injectionMouldingFaults } from '../src/models/injection-moulding-faults.ts'
import { injectionMoulding } from '../src/models/injection-moulding.ts'
import { seededRandom } from '../src/physics/random.ts'
import { build, cycles, easy, held, live, stiff } from './injection-moulding-life.ts'
import { deviation, mean } from './life.ts'

const kunshan = { meanC: 16.5, seasonalC: 12, dailyC: 3.5, roomRiseC: 2.5, roomFloorC: 17 }
const dongguan = { meanC: 23, seasonalC: 6.5, dailyC: 3, roomRiseC: 2.5, roomFloorC: 17 }
const normal: Record<string, readonly [low: number, high: number]> = {
  oil_temperature: [42, 50],
  zone3_temperature: [218, 222],
  heater_duty: [33, 55],
  injection_pressure_peak: [95, 110],
  cushion: [5.3, 6.7],
  cycle_time: [31.5, 32.5],
  holding_pump_speed: [120, 200],
  tie_bar_imbalance: [0.6, 3],
}

describe('a healthy machine', () => {
  it.each([
    ['a usual build', build],
    ['the stiffest build', stiff],
    ['the easiest build', easy],
  ])('%s keeps its signals in their normal ranges, and they live', (_, variant) => {
    const seen = live({}, variant).record(4 * 3600, Object.keys(normal))
    for (const [key, [low, high]] of Object.entries(normal)) {
      expect(Math.min(...seen[key]!), key).toBeGreaterThan(low)
      expect(Math.max(...seen[key]!), key).toBeLessThan(high)
      expect(deviation(seen[key]!), key).toBeGreaterThan(0)
    }
  })

  it.each(
    [1, 2].flatMap((seed) => [
      ['2026-07-20', dongguan, seed, stiff] as const,
      ['2026-01-12', kunshan, seed, stiff] as const,
      ['2026-04-15', kunshan, seed, easy] as const,
    ]),
  )('holds no limit for a day (%s)', (day, ambient, seed, variant) => {
    const life = live({ seed, ambient, at: Date.parse(`${day}T00:00:00+08:00`) }, variant)
    expect(held(life, 86_400)).toEqual([])
  })

  it('holds no limit in a week of fast-forward, which ends as real time does', () => {
    const life = live()
    life.develop('none', 7)
    expect(held(life, 3600)).toEqual([])
    expect(life.value('oil_temperature')).toBeCloseTo(46, -0.5)
    expect(life.value('run_hours')).toBe(21_300 + 7 * 24 + 1)
  })

  it('scatters its cushion by 0.15 mm', () => {
    expect(deviation(cycles(live(), 1500, 'cushion'))).toBeGreaterThan(0.12)
    expect(deviation(cycles(live(), 1500, 'cushion'))).toBeLessThan(0.18)
  })

  it('changes the values of a cycle once in a cycle', () => {
    const seen = live().live(3200, 'cushion')
    const changes = seen.filter((value, i) => i > 0 && value !== seen[i - 1]).length
    expect(changes).toBeGreaterThanOrEqual(98)
    expect(changes).toBeLessThanOrEqual(101)
  })

  it('needs more heat in a cold hall', () => {
    const duty = (ambient: number) => mean(live({ ambient }).live(3600, 'heater_duty'))
    expect(duty(15) - duty(36)).toBeGreaterThan(5)
  })
})

describe('starting and stopping', () => {
  it.each([
    ['in winter', 15],
    ['in summer', 36],
  ])(
    '%s, a cold machine heats for about an hour without telling that it is ready, and then holds no limit',
    (_, ambient) => {
      const life = live({ command: 'stop', ambient }, stiff)
      expect(life.value('heater_duty')).toBe(0)
      life.command('run')
      life.live(600)
      expect(life.value('run_state')).toBe(0)
      expect(life.isRunning()).toBe(false)
      expect(life.value('heater_duty')).toBeGreaterThan(98)
      const readyS = 600 + life.secondsUntil(() => life.value('run_state') > 0, 7200)
      expect(readyS).toBeGreaterThan(40 * 60)
      expect(readyS).toBeLessThan(75 * 60)
      expect(held(life, 2 * 3600)).toEqual([])
      expect(life.value('run_state')).toBe(2)
    },
  )

  it('warms its oil for most of an hour', () => {
    const life = live({ command: 'stop', ambient: 20 })
    life.command('run')
    expect(life.secondsUntil(() => life.value('run_state') === 2, 7200)).toBeLessThan(7200)
    const from = life.value('oil_temperature')
    expect(from).toBeLessThan(24)
    life.live(600)
    expect(life.value('oil_temperature') - from).toBeGreaterThan(5)
    expect(life.value('oil_temperature') - from).toBeLessThan(12)
    life.live(3600)
    expect(life.value('oil_temperature')).toBeGreaterThan(44)
  })

  it.each([
    ['in winter', 15],
    ['in summer', 36],
  ])(
    '%s, idle between orders, it keeps its heat, moves nothing and holds no limit, going there and back',
    (_, ambient) => {
      const life = live({ ambient }, stiff)
      life.live(600)
      life.command('idle')
      life.live(2)
      const kept = life.values()
      expect(kept['run_state']).toBe(1)
      expect(life.isRunning()).toBe(false)
      expect(held(life, 2 * 3600)).toEqual([])
      expect(life.value('zone3_temperature')).toBeCloseTo(220, -0.5)
      expect(life.value('oil_temperature')).toBeLessThan(42)
      for (const key of ['cushion', 'cycle_time', 'injection_pressure_peak', 'holding_pump_speed', 'run_hours']) {
        expect(life.value(key), key).toBe(kept[key])
      }
      life.command('run')
      expect(held(life, 3600)).toEqual([])
      expect(life.value('run_state')).toBe(2)
    },
  )

  it('that has stood idle for hours is like one that went idle', () => {
    const life = live({ command: 'idle' })
    expect(life.value('run_state')).toBe(1)
    expect(held(life, 3600)).toEqual([])
  })

  it('stopped, heats no more, keeps the values of the last cycle and cools with 40 minutes', () => {
    const life = live()
    life.live(300)
    life.command('stop')
    life.live(1)
    const hot = life.values()
    expect(hot['run_state']).toBe(0)
    expect(life.live(2400, 'heater_duty').every((duty) => duty === 0)).toBe(true)
    for (const key of ['oil_temperature', 'zone3_temperature']) {
      const left = (life.value(key) - 24) / (hot[key]! - 24)
      expect(left, key).toBeGreaterThan(0.3)
      expect(left, key).toBeLessThan(0.43)
    }
    for (const key of ['cushion', 'cycle_time', 'injection_pressure_peak', 'holding_pump_speed', 'tie_bar_imbalance']) {
      expect(life.value(key), key).toBe(hot[key])
    }
  })
})

it('shows possible values whatever is done to it, in steps of any length', () => {
  const command = fc.constantFrom('run' as const, 'idle' as const, 'stop' as const)
  const mode = fc.constantFrom(...Object.keys(injectionMouldingFaults))
  const action = fc.record({
    command,
    mode,
    severity: fc.double({ min: 0, max: 1, noNaN: true }),
    reset: fc.boolean(),
    dtMs: fc.integer({ min: 1, max: 90_000 }),
    steps: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(action, { maxLength: 12 }), command, (actions, first) => {
      const random = seededRandom(4)
      const severities: Record<string, number> = {}
      const around = { at: 0, ambientC: 28, severity: (name: string) => severities[name] ?? 0 }
      let state = injectionMoulding.settled(build, { ...around, command: first, reset: false }, random)
      for (const { command, mode, severity, reset, dtMs, steps } of actions) {
        severities[mode] = severity
        for (let i = 0; i < steps; i++) {
          state = injectionMoulding.step(build, state, { ...around, command, reset }, random, dtMs)
          const shown = injectionMoulding.read(build, state)
          for (const { key } of injectionMoulding.signals) expect(Number.isFinite(shown[key]), key).toBe(true)
          expect(shown['heater_duty']).toBeGreaterThanOrEqual(0)
          expect(shown['heater_duty']).toBeLessThanOrEqual(command === 'stop' ? 0 : 100)
          expect(shown['zone3_temperature']).toBeGreaterThan(26)
          expect(shown['zone3_temperature']).toBeLessThan(250)
          expect(shown['oil_temperature']).toBeLessThan(72)
          expect(shown['cushion']).toBeGreaterThan(0)
          expect(shown['run_state'] === 2).toBe(injectionMoulding.isRunning(state))
          expect(shown['run_state'] === 3).toBe(injectionMoulding.isTripped(state))
        }
      }
    }),
    { numRuns: 60 },
  )
})
