import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { fakeClock } from '@fettle/platform/clock'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { fleet } from '../src/fleet.ts'
import { withoutOutages } from '../src/fleet/spec.ts'
import { demoSchedule } from '../src/schedule.ts'
import { createSimulatedFleet } from '../src/simulated-fleet.ts'
import { createFleetSimulator } from '../src/simulator.ts'
import { springNoon } from './life.ts'
import { fleetOn, runSimulator, silent } from './running-simulator.ts'

describe('the life cycle', () => {
  it('starts and stops as often as wished, and gives its ports back', async () => {
    const { simulator, endpoint } = await runSimulator()
    const { port } = endpoint('modbus-tcp', 'dingzhou-linqing')
    await simulator.stop()
    expect(() => simulator.snapshot()).toThrow('not running')
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    await simulator.start()
    await expect(simulator.start()).rejects.toThrow('already running')
    expect(simulator.snapshot()).toHaveLength(10)
  })

  it('listens where it is told', async () => {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    probe.close()
    await once(probe, 'close')
    const { endpoint } = await runSimulator({ ports: { sites: { 'hongtuo-kunshan': { 'modbus-tcp': port } } } })
    expect(endpoint('modbus-tcp', 'hongtuo-kunshan').port).toBe(port)
  })

  it('fails to start on a port that is taken, and leaves nothing behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const simulator = createFleetSimulator({
      sites: fleetOn('modbus-tcp', 'sparkplug'),
      clock: fakeClock(springNoon),
      logger: silent,
      seed: 1,
      ports: { sites: { 'runchang-liaocheng': { sparkplug: port } } },
    })
    await expect(simulator.start()).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(() => simulator.endpoints()).toThrow('not running')
  })

  it('has no control interface unless asked for', async () => {
    const { simulator } = await runSimulator({ ports: {} })
    expect(simulator.controlUrl()).toBeUndefined()
  })

  it('lets time pass as the clock does', async () => {
    const { simulator, clock } = await runSimulator()
    const before = simulator.snapshot()
    clock.advance(30_000)
    await vi.waitFor(() => expect(simulator.snapshot()).not.toEqual(before), 10_000)
  })
})

describe('the demonstration', () => {
  const schedule = demoSchedule({ sites: fleet, seed: 1, horizonMs: 86_400_000 })
  const start = (at: number, seed = 1) =>
    createSimulatedFleet({ sites: fleet, seed, schedule, at, onChanged: () => {}, logger: silent })
  const first = (simulated: ReturnType<typeof start>) => simulated.snapshot()[0]!

  it.each([
    ['a November night', '2026-11-22T03:00:00+08:00', 1],
    ['a July afternoon', '2026-07-20T15:00:00+08:00', 2],
    ['a January morning', '2026-01-08T08:00:00+08:00', 3],
  ])('has held 100 °C for 15 s within 85 s, on %s', (_, iso, seed) => {
    const at = Date.parse(iso)
    const simulated = start(at, seed)
    expect(first(simulated).values['ambient_temperature']).toBeCloseTo(36, 0)
    expect(first(simulated).values['discharge_temperature']).toBeCloseTo(95, -0.5)
    let held = 0
    let second = 0
    while (held < 15 && second < 200) {
      second += 1
      simulated.advanceTo(at + second * 1000)
      held = first(simulated).values['discharge_temperature']! >= 100 ? held + 1 : 0
    }
    expect(second).toBeGreaterThan(60)
    expect(second).toBeLessThan(85)
    expect(first(simulated).faults).toEqual([expect.objectContaining({ mode: 'AC-01' })])
    simulated.advanceTo(at + 240_000)
    expect(first(simulated).tripped).toBe(true)
  })

  it('goes on when the clock is set back: fifteen seconds lived are fifteen seconds', () => {
    const simulated = start(springNoon)
    simulated.advanceTo(springNoon + 5_000)
    simulated.advanceTo(springNoon - 3_600_000)
    expect(first(simulated).faults).toEqual([])
    simulated.advanceTo(springNoon - 3_590_000)
    expect(first(simulated).faults).toEqual([expect.objectContaining({ mode: 'AC-01' })])
  })

  it('catches up with ten minutes after the computer has slept, not with the night', () => {
    const inject = (minutes: number, deviceKey: string) => ({
      atMs: minutes * 60_000,
      deviceKey,
      inject: { mode: 'lost-communication' as const },
    })
    const events = [inject(9, 'P100-2208-0301'), inject(11, 'P100-2208-0302')]
    const simulated = createSimulatedFleet({
      sites: withoutOutages(fleet),
      seed: 1,
      schedule: { events },
      at: springNoon,
      onChanged: () => {},
      logger: silent,
    })
    simulated.advanceTo(springNoon + 8 * 3_600_000)
    const lost = simulated.snapshot().filter((machine) => !machine.online)
    expect(lost.map((machine) => machine.deviceKey)).toEqual(['P100-2208-0301'])
  })

  it('does not break a command given by hand: a fault repaired early is skipped by the schedule', () => {
    const events = [
      { atMs: 1_000, deviceKey: 'P100-2208-0301', inject: { mode: 'P-03' as const } },
      { atMs: 5_000, deviceKey: 'P100-2208-0301', clear: 'P-03' as const },
      { atMs: 6_000, deviceKey: 'P100-2208-0302', inject: { mode: 'P-03' as const } },
    ]
    const at = springNoon
    const simulated = createSimulatedFleet({
      sites: withoutOutages(fleet),
      seed: 1,
      schedule: { events },
      at,
      onChanged: () => {},
      logger: silent,
    })
    simulated.advanceTo(at + 2_000)
    simulated.clear('P100-2208-0301', 'P-03')
    simulated.advanceTo(at + 7_000)
    expect(simulated.snapshot().flatMap((machine) => machine.faults.map(() => machine.deviceKey))).toEqual([
      'P100-2208-0302',
    ])
  })
})
