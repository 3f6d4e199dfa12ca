import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compressors, lifeOf, pumps } from './life.ts'

const all = [...compressors, ...pumps]

describe('a life', () => {
  it('is decided by its seed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.integer({ min: 0, max: 1e9 }), (key, seed) => {
        const [a, b] = [lifeOf(key, { seed }), lifeOf(key, { seed })]
        for (let i = 0; i < 5; i++) {
          a.live(30)
          b.live(30)
          expect(a.machine.values()).toEqual(b.machine.values())
        }
      }),
      { numRuns: 20 },
    )
  })

  it('differs between seeds and between machines', () => {
    const at = (key: string, seed: number) => lifeOf(key, { seed }).live(60, 'current').join()
    expect(new Set([at(all[0]!, 1), at(all[0]!, 2), at(all[1]!, 1), at(all[2]!, 1)]).size).toBe(4)
  })

  it('begins warm where the machine runs: the first hour is like the second', () => {
    const life = lifeOf('AC75-2206-0021')
    const first = Math.min(...life.live(3600, 'discharge_temperature'))
    expect(Math.min(...life.live(3600, 'discharge_temperature')) - first).toBeLessThan(1.5)
    expect(lifeOf('AC75-2111-0143').value('discharge_temperature')).toBeLessThan(40)
  })

  it('gives finite, rounded values whatever is done to it', () => {
    const action = fc.constantFrom('run', 'stop', 'AC-01', 'AC-04', 'stuck-sensor', 'clear')
    fc.assert(
      fc.property(fc.array(fc.tuple(action, fc.integer({ min: 1, max: 900 })), { maxLength: 12 }), (actions) => {
        const life = lifeOf('AC75-2403-0117')
        for (const [what, seconds] of actions) {
          if (what === 'run' || what === 'stop') life.machine.setRunning(what === 'run')
          else if (what === 'stuck-sensor') life.inject({ mode: what, signal: 'current' })
          else if (what !== 'clear') life.inject({ mode: what })
          else for (const { mode } of life.machine.snapshot().faults) life.machine.clear(mode)
          life.live(seconds)
          for (const [key, value] of Object.entries(life.machine.values())) {
            expect(Number.isFinite(value), key).toBe(true)
            expect(String(value).length, `${key} ${value}`).toBeLessThan(9)
          }
          expect(life.value('discharge_temperature')).toBeLessThan(113)
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a stuck sensor', () => {
  it('shows one value while the others move, and moves again after the repair', () => {
    const life = lifeOf('AC75-2309-0064')
    life.live(5)
    const frozen = life.value('airend_vibration')
    life.inject({ mode: 'stuck-sensor', signal: 'airend_vibration' })
    expect(new Set(life.live(900, 'airend_vibration'))).toEqual(new Set([frozen]))
    expect(new Set(life.live(60, 'motor_vibration')).size).toBeGreaterThan(5)
    life.machine.clear('stuck-sensor')
    expect(new Set(life.live(60, 'airend_vibration')).size).toBeGreaterThan(5)
  })

  it('does not keep a machine from tripping: the trip has a contact of its own', () => {
    const life = lifeOf('AC75-2403-0117', { startAmbientC: 36 })
    life.inject({ mode: 'stuck-sensor', signal: 'discharge_temperature' })
    life.inject({ mode: 'AC-01' })
    expect(life.secondsUntil(() => life.value('run_state') === 3, 400)).toBeLessThan(300)
    expect(life.value('discharge_temperature')).toBeLessThan(97)
  })
})

it('a forced signal shows its value at once, until released', () => {
  const life = lifeOf('P100-2305-0412')
  life.machine.forceSignal('vibration', 12.5)
  expect(life.value('vibration')).toBe(12.5)
  expect(new Set(life.live(30, 'vibration'))).toEqual(new Set([12.5]))
  expect(life.machine.snapshot().forced).toEqual({ vibration: 12.5 })
  life.machine.releaseSignal('vibration')
  expect(life.value('vibration')).toBeLessThan(3)
})

describe('commands that cannot be carried out', () => {
  const { machine, inject } = lifeOf('P100-2208-0301')
  it.each([
    ['a fault of another model', () => inject({ mode: 'AC-01' }), 'fault/wrong-model'],
    ['a stuck sensor without its signal', () => inject({ mode: 'stuck-sensor' }), 'fault/signal-missing'],
    ['a stuck sensor that does not exist', () => inject({ mode: 'stuck-sensor', signal: 'x' }), 'signal/unknown'],
    ['a signal on another fault', () => inject({ mode: 'P-01', signal: 'flow' }), 'fault/signal-unexpected'],
    ['progress beyond the end', () => inject({ mode: 'P-01', progress: 1.1 }), 'fault/progress-invalid'],
    ['progress that is no number', () => inject({ mode: 'P-01', progress: NaN }), 'fault/progress-invalid'],
    ['time before the beginning', () => inject({ mode: 'P-01', elapsedMs: -1 }), 'fault/progress-invalid'],
    ['both progress and time', () => inject({ mode: 'P-01', progress: 0, elapsedMs: 1 }), 'fault/progress-invalid'],
    [
      'progress of what is there at once',
      () => inject({ mode: 'lost-communication', progress: 0.5 }),
      'fault/progress-invalid',
    ],
    ['slower than by itself', () => inject({ mode: 'P-01', overMs: 71 * 86_400_000 }), 'fault/over-invalid'],
    ['over no number', () => inject({ mode: 'P-01', overMs: NaN }), 'fault/over-invalid'],
    ['both scales of time', () => inject({ mode: 'P-01', elapsedMs: 1, overMs: 60_000 }), 'fault/over-invalid'],
    ['repairing what is not broken', () => machine.clear('P-03'), 'fault/not-active'],
    ['forcing an unknown signal', () => machine.forceSignal('x', 1), 'signal/unknown'],
    ['releasing what is not forced', () => machine.releaseSignal('flow'), 'signal/not-forced'],
  ])('%s', (_, act, code) => {
    expect(act).toThrow(expect.objectContaining({ code }))
    expect(machine.snapshot().faults).toEqual([])
  })
})

it('a slow fault can begin after a number of days', () => {
  const life = lifeOf('P100-2208-0301')
  life.inject({ mode: 'P-01', elapsedMs: 40 * 86_400_000 })
  const { progress } = life.machine.snapshot().faults[0]!
  expect(progress).toBeGreaterThan(40 / 70)
  expect(progress).toBeLessThan(40 / 42)
})

it('a slow fault can be squeezed into minutes of running time, from where it begins', () => {
  const life = lifeOf('P100-2208-0301')
  life.inject({ mode: 'P-01', overMs: 600_000, progress: 0.5 })
  const progress = () => life.machine.snapshot().faults[0]!.progress
  life.live(150)
  expect(progress()).toBeCloseTo(0.75, 5)
  life.machine.setRunning(false)
  life.live(600)
  expect(progress()).toBeLessThan(0.77) // it stands still: nothing wears
  life.machine.setRunning(true)
  life.live(160)
  expect(progress()).toBe(1)
  life.live(60)
  expect(life.value('vibration')).toBeGreaterThan(7)
})
