import { afterEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { modbusTcp } from '../src/drivers/modbus/driver.ts'
import { runDriver, type DriverRun } from './driver-run.ts'
import { startModbusServer, type ModbusServer } from './modbus-server.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function serve(port?: number): Promise<ModbusServer> {
  const server = await startModbusServer(port)
  cleanups.push(() => server.close())
  return server
}

function drive(config: Record<string, unknown>): DriverRun {
  const run = runDriver(modbusTcp, { pollMs: 20, timeoutMs: 150, ...config })
  cleanups.push(() => run.stop())
  return run
}

const at = (server: ModbusServer) => ({ host: '127.0.0.1', port: server.port })
const tag = (signal: string, address: number, more: object = {}) => ({ signal, address, ...more })

/** The outcome of a run, so that a rejection waits for the test instead of the other way round. */
const outcomeOf = (run: Promise<void>) =>
  run.then(
    () => 'returned' as const,
    (error: Error) => error,
  )

describe('the Modbus driver', () => {
  it('reads types and word orders of a real server in one request', async () => {
    const server = await serve()
    server.units.set(
      1,
      [0x428e, 0x6666, 0x6666, 0x428e, 0x8e42, 0x6666, 0x6666, 0x8e42, 0xfb2e, 0x0003, 0x4143, 0x3735],
    )
    const run = drive({
      endpoint: at(server),
      units: [
        {
          unitId: 1,
          device: 'AC75-1',
          tags: [
            tag('abcd', 0, { type: 'float32' }),
            tag('cdab', 2, { type: 'float32', byteOrder: 'CDAB' }),
            tag('badc', 4, { type: 'float32', byteOrder: 'BADC' }),
            tag('dcba', 6, { type: 'float32', byteOrder: 'DCBA' }),
            tag('negative', 8, { type: 'int16', scale: 0.1 }),
            tag('running', 9, { type: 'bit(1)' }),
            tag('model', 10, { type: 'string(4)' }),
          ],
        },
      ],
    })
    const outcome = outcomeOf(run.start())
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(14))
    run.stop()
    expect(await outcome).toBe('returned')
    expect(
      run.readings.slice(0, 7).map(([device, signal, , value, quality]) => [device, signal, value, quality]),
    ).toEqual([
      ['AC75-1', 'abcd', 71.2, 0],
      ['AC75-1', 'cdab', 71.2, 0],
      ['AC75-1', 'badc', 71.2, 0],
      ['AC75-1', 'dcba', 71.2, 0],
      ['AC75-1', 'negative', -123.4, 0],
      ['AC75-1', 'running', true, 0],
      ['AC75-1', 'model', 'AC75', 0],
    ])
    expect(new Set(server.requests)).toEqual(new Set(['1:0+12']))
    expect(run.ups).toBeGreaterThan(0)
  })

  it('reads coils and discrete inputs, and input registers apart from holding ones', async () => {
    const server = await serve()
    server.units.set(1, [0, 1, 1, 7])
    const tags = [
      tag('coil', 1, { area: 'coil', type: 'bool' }),
      tag('discrete', 0, { area: 'discrete', type: 'bool' }),
      tag('input', 3, { area: 'input' }),
      tag('holding', 3),
    ]
    const run = drive({ endpoint: at(server), units: [{ unitId: 1, device: 'D', tags }] })
    void run.start()
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(4))
    const values = ['coil', 'discrete', 'input', 'holding'].map((signal) => run.values(signal)[0])
    expect(values).toEqual([true, false, 7, 7])
  })

  it('delivers NaN as a bad reading', async () => {
    const server = await serve()
    server.units.set(1, [0x7fc0, 0])
    const tags = [tag('temperature', 0, { type: 'float32' })]
    const run = drive({ endpoint: at(server), units: [{ unitId: 1, device: 'D', tags }] })
    void run.start()
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(2))
    expect(run.readings[0]).toEqual(['D', 'temperature', expect.any(Number), null, 2])
  })

  it('a dead unit goes bad once and does not starve its neighbour', async () => {
    const server = await serve()
    server.units.set(1, [42])
    server.dead.add(9)
    const units = [
      { unitId: 9, device: 'DEAD', tags: [tag('lost', 0)] },
      { unitId: 1, device: 'ALIVE', tags: [tag('load', 0)] },
    ]
    const run = drive({ endpoint: at(server), units })
    const startMs = performance.now()
    void run.start()
    await eventually(() => expect(run.values('load').length).toBeGreaterThan(40))
    expect(run.values('lost')).toEqual([null])
    expect(run.problems.get('unit 9')?.message).toMatch(/no answer to holding 0–0/)
    const attempts = server.requests.filter((request) => request.startsWith('9:')).length
    const pauseMs = 5 * 150
    expect(attempts).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - startMs) / pauseMs))

    server.dead.delete(9)
    server.units.set(9, [7])
    await eventually(() => expect(run.values('lost')).toContain(7))
    expect(run.problems.size).toBe(0)
  })

  it('fails when no unit answers, having said so once', async () => {
    const server = await serve()
    server.dead.add(1).add(2)
    const unit = (unitId: number) => ({ unitId, device: `D${unitId}`, tags: [tag('x', 0)] })
    const run = drive({ endpoint: at(server), units: [unit(1), unit(2)] })
    for (const attempt of [1, 2]) {
      expect(await outcomeOf(run.start()), `run ${attempt}`).toMatchObject({ code: 'timeout' })
    }
    expect(run.readings.map(([device, , , value, quality]) => [device, value, quality])).toEqual([
      ['D1', null, 2],
      ['D2', null, 2],
    ])
    expect(run.ups).toBe(0)
  })

  it('names the tag that the device refuses, and reads the others on', async () => {
    const server = await serve()
    server.units.set(1, [10, 11, 12, 13, 14, 15])
    server.missing.add(3)
    const tags = [0, 1, 2, 3, 5].map((address) => tag(`s${address}`, address))
    const run = drive({ endpoint: at(server), units: [{ unitId: 1, device: 'D', tags }] })
    void run.start()
    await eventually(() => expect(run.values('s5').length).toBeGreaterThan(3))
    expect([...run.problems]).toEqual([
      ['D/s3', { subject: 'D/s3', message: expect.stringMatching(/unit 1 refuses holding 3–3: .*exception 2/) }],
    ])
    expect(run.values('s3')).toEqual([null])
    expect(['s0', 's1', 's2', 's5'].map((signal) => run.values(signal)[0])).toEqual([10, 11, 12, 15])
    const later = server.requests.slice(-4)
    expect(new Set(later).size).toBeLessThanOrEqual(3) // found once, then left alone
  })

  it('an unmapped register between two tags costs nobody a value', async () => {
    const server = await serve()
    server.units.set(1, [10, 0, 12])
    server.missing.add(1)
    const run = drive({ endpoint: at(server), units: [{ unitId: 1, device: 'D', tags: [tag('a', 0), tag('b', 2)] }] })
    void run.start()
    await eventually(() => expect(run.values('b').length).toBeGreaterThan(3))
    expect(run.problems.size).toBe(0)
    expect(run.readings.every(([, , , , quality]) => quality === 0)).toBe(true)
  })

  it('a device that hangs up between two polls is asked again at once', async () => {
    const server = await serve()
    server.units.set(1, [5])
    const run = drive({ endpoint: at(server), pollMs: 60, units: [{ unitId: 1, device: 'D', tags: [tag('a', 0)] }] })
    void run.start()
    for (const count of [1, 3, 5]) {
      await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(count))
      server.hangUp()
    }
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(8))
    expect(run.readings.every(([, , , value]) => value === 5)).toBe(true)
  })

  it('fails when the server is killed and reads on in the run after it is back', async () => {
    const server = await serve()
    server.units.set(1, [5])
    const run = drive({ endpoint: at(server), units: [{ unitId: 1, device: 'D', tags: [tag('a', 0), tag('b', 1)] }] })
    const first = outcomeOf(run.start())
    await eventually(() => expect(run.readings.length).toBeGreaterThan(3))
    await server.close()
    expect(await first).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`127.0.0.1:${server.port}`),
    })
    expect(await outcomeOf(run.start())).toMatchObject({ code: 'unreachable' })
    const bad = run.readings.filter(([, , , value]) => value === null)
    expect(bad.map(([, signal]) => signal)).toEqual(['a', 'b'])

    const again = await serve(server.port)
    again.units.set(1, [6])
    void run.start()
    await eventually(() => expect(run.values('a')).toContain(6))
  })

  it('returns at once when cancelled while an answer is due', async () => {
    const server = await serve()
    server.dead.add(1)
    const units = [{ unitId: 1, device: 'D', tags: [tag('a', 0)] }]
    const run = drive({ endpoint: at(server), timeoutMs: 30_000, units })
    const outcome = outcomeOf(run.start())
    await eventually(() => expect(server.requests.length).toBe(1))
    run.stop()
    expect(await outcome).toBe('returned')
    expect(run.readings).toEqual([])
  })
})

describe('the Modbus config', () => {
  it.each<[string, object, RegExp]>([
    ['a tag needs a device', { tags: [tag('a', 0)] }, /needs a device/],
    ['a signal is fed once', { device: 'D', tags: [tag('a', 0), tag('a', 1)] }, /D\/a is fed twice/],
    ['a coil is a bool', { device: 'D', tags: [tag('a', 0, { area: 'coil', type: 'float32' })] }, /single bit/],
    [
      'a tag ends within the table',
      { device: 'D', tags: [tag('a', 65_535, { type: 'int32' })] },
      /beyond register 65535/,
    ],
    ['a type is known', { device: 'D', tags: [tag('a', 0, { type: 'int8' })] }, /units\/0\/tags\/0\/type/],
    ['a misspelt key is named', { device: 'D', tags: [tag('a', 0, { adress: 1 })] }, /does not know adress/],
  ])('%s', (_, unit, complaint) => {
    const config = { endpoint: { host: 'localhost' }, units: [{ unitId: 1, ...unit }] }
    expect(() => runDriver(modbusTcp, config)).toThrow(complaint)
  })
})
