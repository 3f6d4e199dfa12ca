import { describe, expect, it } from 'vitest'
import { faultKinds, faultModesOf, type FaultMode } from '../src/faults.ts'
import { fleet } from '../src/fleet.ts'
import { machinesAt, withoutOutages } from '../src/fleet/spec.ts'
import { signalsOf } from '../src/models/catalogue.ts'
import { lifeOf } from './life.ts'

const machines = fleet.flatMap(machinesAt)

describe('the fleet', () => {
  it('has 18 machines of five models, as the demonstration opens', () => {
    expect(machines).toHaveLength(18)
    expect(new Set(machines.map(({ deviceKey }) => deviceKey)).size).toBe(18)
    const count = (key: 'model' | 'initially') => {
      const counts: Record<string, number> = {}
      for (const machine of machines) counts[machine[key]] = (counts[machine[key]] ?? 0) + 1
      return counts
    }
    expect(count('model')).toEqual({ AC75: 4, IM280: 4, VMC850: 4, CH1000: 2, P100: 4 })
    expect(count('initially')).toEqual({ run: 14, idle: 2, stop: 2 })
    expect(machines.filter(({ outage }) => outage).map(({ deviceKey }) => deviceKey)).toEqual(['CH1000-2108-0009'])
    expect(
      withoutOutages(fleet)
        .flatMap(machinesAt)
        .filter(({ outage }) => outage),
    ).toEqual([])
  })

  it('has no two units with one number behind a Modbus gateway, and no two machines that are alike', () => {
    for (const { groups } of fleet) {
      const units = groups.flatMap((group) => group.machines.flatMap((each) => ('unitId' in each ? each.unitId : [])))
      expect(new Set(units).size).toBe(units.length)
    }
    expect(new Set(machines.map(({ build }) => JSON.stringify(build))).size).toBe(18)
  })

  it.each(machines.map(({ deviceKey, model, initially }) => [deviceKey, model, initially] as const))(
    '%s measures what a %s does, and begins as it is to (%s)',
    (key, model, initially) => {
      const life = lifeOf(key)
      expect(Object.keys(life.machine.values())).toEqual(signalsOf[model].map(({ key: signal }) => signal))
      expect(life.machine.snapshot().running).toBe(initially === 'run')
      if (initially !== 'run') expect(life.value('run_state')).toBe(initially === 'idle' ? 1 : 0)
      life.live(60)
      expect(life.machine.snapshot()).toMatchObject({ running: initially === 'run', tripped: false })
    },
  )

  it('goes back to idle where it came from, when it is stopped', () => {
    const life = lifeOf('P100-2208-0303')
    life.machine.setRunning(true)
    life.live(30)
    expect(life.value('run_state')).toBe(2)
    life.machine.setRunning(false)
    life.live(30)
    expect(life.value('run_state')).toBe(1)
  })
})

/** Every failure mode of the catalogue in DEMO.md; the numbers are how many each model has. */
const catalogue = { AC75: 6, IM280: 6, VMC850: 5, CH1000: 6, P100: 6 } as const
const wireModes: readonly FaultMode[] = ['stuck-sensor', 'lost-communication']

describe('the catalogue of faults', () => {
  it.each(Object.entries(catalogue))('%s has its %i failure modes, a stuck sensor and a lost link', (model, count) => {
    const modes = faultModesOf(model as keyof typeof catalogue)
    expect(modes.filter((mode) => !wireModes.includes(mode))).toHaveLength(count)
    expect(modes).toEqual(expect.arrayContaining([...wireModes]))
  })
})

const onMachines = machines.flatMap(({ deviceKey, model }) =>
  faultModesOf(model)
    .filter((mode) => !wireModes.includes(mode))
    .map((mode) => [mode, deviceKey] as const),
)

const fully = (mode: FaultMode) => ({ mode, ...(faultKinds[mode].developsMs ? { progress: 1 } : {}) })

/** A drifted thermocouple is wrong for as long as its zone is hot. */
const showsWhileHot: readonly FaultMode[] = ['IM-02']

describe('on a stopped machine', () => {
  it.each(onMachines)('%s does not show (%s)', (mode, key) => {
    const [sound, broken] = [lifeOf(key), lifeOf(key)]
    for (const life of [sound, broken]) {
      life.machine.setRunning(false)
      if (showsWhileHot.includes(mode)) life.fastForward(3)
      else life.live(20 * 60)
    }
    expect(broken.machine.snapshot().running).toBe(false)
    broken.inject(fully(mode))
    for (const life of [sound, broken]) life.live(10 * 60)
    if (broken.value('run_state') === 0) {
      const sensed = sound.machine.values()
      for (const [signal, value] of Object.entries(broken.machine.values())) {
        if (showsWhileHot.includes(mode)) expect(Math.abs(value - sensed[signal]!), signal).toBeLessThan(0.15)
        else expect(value, signal).toBe(sensed[signal])
      }
    }
    expect(broken.machine.snapshot()).toMatchObject({ running: false, tripped: false })
  })
})

const running = machines.filter(({ initially }) => initially === 'run')
const onRunning = onMachines.filter(([, key]) => running.some(({ deviceKey }) => deviceKey === key))
/** One machine of each model. */
const examples = Object.keys(catalogue).map((model) => running.find((each) => each.model === model)!.deviceKey)
const developing = onRunning.filter(([mode, key]) => examples.includes(key) && faultKinds[mode].developsMs)

describe('on a running machine', () => {
  it.each(onRunning)('%s moves at least one signal within the hour (%s)', (mode, key) => {
    const [sound, broken] = [lifeOf(key), lifeOf(key)]
    broken.inject(fully(mode))
    const moved = new Set<string>()
    for (let minute = 0; minute < 60; minute++) {
      sound.live(60)
      broken.live(60)
      const [before, after] = [sound.machine.values(), broken.machine.values()]
      for (const [signal, value] of Object.entries(after)) if (value !== before[signal]) moved.add(signal)
    }
    expect([...moved]).not.toEqual([])
  })

  it.each(developing)('%s squeezed into ten minutes of running develops to its full extent (%s)', (mode, key) => {
    const life = lifeOf(key)
    const [, longest] = faultKinds[mode].developsMs!
    const overMs = Math.min(600_000, longest)
    life.inject({ mode, overMs })
    const progress = () => life.machine.snapshot().faults[0]!.progress
    life.live(overMs / 2_000)
    expect(progress()).toBeGreaterThan(0.2)
    expect(progress()).toBeLessThan(0.8)
    life.live(600)
    expect(progress()).toBeGreaterThan(0.9)
  })
})
