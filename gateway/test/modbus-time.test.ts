import { afterEach, describe, expect, it } from 'vitest'
import type { Reading } from '../src/driver.ts'
import { modbusTcp } from '../src/drivers/modbus/driver.ts'
import { runDriver, type DriverRun } from './driver-run.ts'
import { eventually } from './eventually.ts'
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

const arrived = Date.UTC(2026, 10, 22, 3, 12)
const tags = [
  { signal: 'temperature', address: 0, type: 'float32' },
  { signal: 'count', address: 8 },
]

function drive(server: ModbusServer, timeFrom: object, more: object = {}): DriverRun {
  const config = {
    endpoint: { host: '127.0.0.1', port: server.port },
    pollMs: 1,
    timeoutMs: 150,
    units: [{ unitId: 1, device: 'D', timeFrom, tags }],
    ...more,
  }
  const run = runDriver(modbusTcp, config, { clock: { now: () => arrived } })
  cleanups.push(() => run.stop())
  return run
}

/** Registers 0 and 1 hold the value, 4 to 7 the time, 8 a counter. */
function sample(value: number, time: Buffer, count = 0): number[] {
  const bytes = Buffer.alloc(18)
  bytes.writeFloatBE(value, 0)
  time.copy(bytes, 8)
  bytes.writeUInt16BE(count, 16)
  return Array.from({ length: 9 }, (_, register) => bytes.readUInt16BE(register * 2))
}

const uint64 = (value: bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(value)
  return bytes
}
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt32BE(value)
  return bytes
}
const float64 = (value: number) => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}
const ms = (value: number) => uint64(BigInt(value))
/** CDAB: the four words in reverse order. */
const wordSwapped = (bytes: Buffer) => Buffer.concat([6, 4, 2, 0].map((at) => bytes.subarray(at, at + 2)))

const start2013 = Date.UTC(2013, 11, 2, 21, 15)

describe('time from registers', () => {
  it.each<[string, object, Buffer, number]>([
    ['uint64 ms', {}, ms(start2013 + 7), start2013 + 7],
    ['uint64 s', { unit: 's' }, ms(start2013 / 1000), start2013],
    ['uint32 s', { type: 'uint32', unit: 's' }, uint32(start2013 / 1000), start2013],
    ['float64 s with a fraction', { type: 'float64', unit: 's' }, float64(start2013 / 1000 + 0.25), start2013 + 250],
    ['float64 ms', { type: 'float64' }, float64(start2013), start2013],
    ['swapped words', { byteOrder: 'CDAB' }, wordSwapped(ms(start2013)), start2013],
  ])('%s is the time of the readings', async (_, more, time, expected) => {
    const server = await serve()
    server.units.set(1, sample(71.2, time, 3))
    const run = drive(server, { address: 4, ...more })
    void run.start()
    await eventually(() => expect(run.readings).toHaveLength(2))
    expect(run.readings).toEqual([
      ['D', 'temperature', expected, 71.2, 0],
      ['D', 'count', expected, 3, 0],
    ])
    expect(new Set(server.requests)).toEqual(new Set(['1:0+9']))
    expect(run.reports).toEqual([])
  })

  it('may be said once for all units of a source', async () => {
    const server = await serve()
    server.units.set(1, sample(1, ms(start2013)))
    server.units.set(2, sample(2, ms(start2013 + 1_000)))
    const units = [1, 2].map((unitId) => ({ unitId, device: `D${unitId}`, tags: tags.slice(0, 1) }))
    const run = drive(server, {}, { timeFrom: { address: 4 }, units })
    void run.start()
    await eventually(() => expect(run.readings).toHaveLength(2))
    expect(run.readings.map(([device, , tsMs]) => [device, tsMs])).toEqual([
      ['D1', start2013],
      ['D2', start2013 + 1_000],
    ])
  })

  it('a recording that steps on when a sample was read comes through complete, in order, each sample once', async () => {
    const server = await serve()
    const samples = Array.from({ length: 500 }, (_, n) => [start2013 + n * 300_000, n / 4] as const)
    let next = 0
    const show = () => {
      const [tsMs, value] = samples[Math.min(next, samples.length - 1)]!
      server.units.set(1, sample(value, ms(tsMs), next))
    }
    show()
    server.afterRead = () => {
      next += 1
      show()
    }
    const run = drive(server, { address: 4 })
    const stored: Reading[] = []
    void run.start(async (readings) => void stored.push(...readings))
    // The last sample is shown for ever, and is read a few times more.
    await eventually(() => expect(next).toBeGreaterThan(samples.length + 5))
    expect(stored.filter(([, signal]) => signal === 'temperature')).toEqual(
      samples.map(([tsMs, value]) => ['D', 'temperature', tsMs, value, 0]),
    )
    expect(stored.filter(([, signal]) => signal === 'count').map(([, , , value]) => value)).toEqual(
      samples.map((_, n) => n),
    )
  })

  it('the same time again is the same sample, and is not given a second time', async () => {
    const server = await serve()
    server.units.set(1, sample(1, ms(start2013)))
    const run = drive(server, { address: 4 })
    void run.start()
    await eventually(() => expect(server.requests.length).toBeGreaterThan(5))
    expect(run.readings).toHaveLength(2)
    server.units.set(1, sample(2, ms(start2013 + 1)))
    await eventually(() => expect(run.values('temperature')).toEqual([1, 2]))
  })

  it('a sample that could not be stored is taken again by the next run', async () => {
    const server = await serve()
    server.units.set(1, sample(1, ms(start2013)))
    const run = drive(server, { address: 4 })
    await expect(run.start(() => Promise.reject(new Error('no space left')))).rejects.toThrow('no space left')
    void run.start()
    await eventually(() => expect(run.values('temperature')).toEqual([1]))
  })

  it.each<[string, object, Buffer, RegExp]>([
    ['a clock that was never set', {}, ms(0), /holding 4 \(uint64\) holds 0 ms, which is no time/],
    ['seconds taken for milliseconds', {}, ms(start2013 / 1000), /holds 1386018900 ms/],
    ['milliseconds taken for seconds', { unit: 's' }, ms(start2013), /holds 1386018900000 s/],
    ['a NaN', { type: 'float64' }, float64(NaN), /holds no number/],
  ])('%s is a problem, and leaves an uncertain reading of now', async (_, more, time, message) => {
    const server = await serve()
    server.units.set(1, sample(71.2, time))
    const run = drive(server, { address: 4, ...more })
    void run.start()
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(4)) // no time, so nothing is a repetition
    expect(run.readings[0]).toEqual(['D', 'temperature', arrived, 71.2, 1])
    expect(run.problems.get('time of unit 1')?.message).toMatch(message)

    const right = more && 'unit' in more ? ms(start2013 / 1000) : 'type' in more ? float64(start2013) : ms(start2013)
    server.units.set(1, sample(72, right))
    await eventually(() => expect(run.readings.at(-1)).toEqual(['D', 'count', start2013, 0, 0]))
    expect(run.problems.size).toBe(0)
  })

  it('what is lost is lost right behind the last sample, on the time axis of the source', async () => {
    const server = await serve()
    server.units.set(1, sample(1, ms(start2013)))
    const run = drive(server, { address: 4 })
    const outcome = run.start().catch((error: Error) => error)
    await eventually(() => expect(run.readings).toHaveLength(2))
    server.dead.add(1)
    expect(await outcome).toMatchObject({ code: 'timeout' })
    expect(run.readings.slice(2)).toEqual([
      ['D', 'temperature', start2013 + 1, null, 2],
      ['D', 'count', start2013 + 1, null, 2],
    ])
  })

  it('a clock that was ahead for a while does not put what is lost into its future', async () => {
    const server = await serve()
    const run = drive(server, { address: 4 })
    for (const atMs of [start2013, Date.UTC(2031, 0, 1), start2013 + 1_000]) {
      server.units.set(1, sample(1, ms(atMs)))
      if (run.readings.length === 0) void run.start().catch(() => {})
      await eventually(() => expect(run.readings.at(-1)?.[2]).toBe(atMs))
    }
    server.dead.add(1)
    await eventually(() => expect(run.readings.at(-1)).toEqual(['D', 'count', start2013 + 1_001, null, 2]))
  })

  it('a source that never told a time has lost nothing', async () => {
    const server = await serve()
    server.dead.add(1)
    const run = drive(server, { address: 4 })
    await expect(run.start()).rejects.toThrow(/no answer to holding 0–8/)
    expect(run.readings).toEqual([])
  })

  it('a refused register costs its tag only, and the others keep their time in their request', async () => {
    const server = await serve()
    let tick = 0
    const advance = () => server.units.set(1, [10, 11, 12, ...sample(0, ms(start2013 + tick++)).slice(4, 8)])
    advance()
    server.afterRead = advance
    server.missing.add(1)
    const run = drive(
      server,
      {},
      {
        units: [
          {
            unitId: 1,
            device: 'D',
            timeFrom: { address: 3 },
            tags: [0, 1, 2].map((address) => ({ signal: `s${address}`, address })),
          },
        ],
      },
    )
    void run.start()
    await eventually(() => expect(run.values('s2').length).toBeGreaterThan(3))
    // The request for s0 has to reach over the missing register, so it is refused as well, and both are named.
    expect([...run.problems.keys()].sort()).toEqual(['D/s0', 'D/s1'])
    expect(run.readings.every(([, , tsMs, value]) => value === 12 && tsMs >= start2013)).toBe(true)
    expect(run.readings.length).toBe(new Set(run.readings.map(([, , tsMs]) => tsMs)).size)
  })
})

describe('the config of a time', () => {
  const tag = (address: number, more: object = {}) => ({ signal: `s${address}`, address, ...more })
  it.each<[string, object, object[], RegExp]>([
    [
      'values and time fit into one request',
      { address: 122 },
      [tag(0)],
      /units\/0\/timeFrom".*span 126 registers \(0–125\).*takes 125.*different samples/,
    ],
    ['also when the time stands first', { address: 0 }, [tag(125)], /span 126 registers/],
    [
      'a tag is in the same area',
      { address: 0 },
      [tag(4), tag(9, { area: 'input' })],
      /tags\/1\/area.*must be holding/,
    ],
    ['a coil is not', { address: 0 }, [tag(4, { area: 'coil', type: 'bool' })], /must be holding like timeFrom/],
    ['a uint32 holds no ms', { address: 0, type: 'uint32' }, [tag(4)], /ends in February 1970/],
    ['a time ends within the table', { address: 65_534 }, [tag(65_530)], /ends beyond register 65535/],
    ['a time is a number', { address: 0, type: 'string(20)' }, [tag(4)], /one of uint64, uint32, float64/],
  ])('%s', (_, timeFrom, tags, complaint) => {
    const config = { endpoint: { host: 'localhost' }, units: [{ unitId: 1, device: 'D', timeFrom, tags }] }
    expect(() => runDriver(modbusTcp, config)).toThrow(complaint)
  })

  it('125 registers are allowed, and so is a poll each millisecond', () => {
    const units = [{ unitId: 1, device: 'D', timeFrom: { address: 121 }, tags: [tag(0)] }]
    expect(() => runDriver(modbusTcp, { endpoint: { host: 'localhost' }, pollMs: 1, units })).not.toThrow()
  })
})
