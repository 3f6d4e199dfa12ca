import { createLogger } from '@fettle/platform/logging'
import modbusSerial from 'modbus-serial'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createModbusOutlet } from '../src/replay/modbus-outlet.ts'
import type { Sample } from '../src/replay/sample.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const startMs = Date.UTC(2013, 11, 2, 21, 15)
const samples: Sample[] = [73.96732207, null, 76.12416182, -2.5].map((value, index) => ({
  tsMs: startMs + index * 300_000,
  values: [value],
}))
const never = new AbortController().signal

async function open(first = samples[0]!) {
  const outlet = createModbusOutlet({ device: 'M1', signals: ['temperature'], host: '127.0.0.1', port: 0, logger })
  const { port = 0, source } = await outlet.open(first)
  onTestFinished(() => outlet.close())
  return { outlet, port, source }
}

/** A client that is not the gateway's: reads time and value as the registers hold them. */
async function connect(port: number) {
  const client = new modbusSerial.default()
  await client.connectTCP('127.0.0.1', { port })
  client.setID(1)
  client.setTimeout(2_000)
  onTestFinished(() => void client.close(() => {}))
  const read = async (address = 0, count = 8) => (await client.readHoldingRegisters(address, count)).buffer
  return {
    client,
    read,
    async sample() {
      const bytes = await read()
      return [(Number(bytes.readBigUInt64BE(0)) - startMs) / 300_000, bytes.readDoubleBE(8)] as const
    },
    close: () => new Promise<void>((resolve) => client.close(() => resolve())),
  }
}

function walk(outlet: Awaited<ReturnType<typeof open>>['outlet'], played = samples) {
  const taken: number[] = []
  const done = outlet.step(played, ({ tsMs }) => taken.push((tsMs - startMs) / 300_000), never)
  return { taken, done }
}

describe('stepped', () => {
  it('shows each sample until its reader asks again, all of it once and to the last digit', async () => {
    const { outlet, port } = await open()
    const { taken, done } = walk(outlet)
    const reader = await connect(port)
    expect(await reader.sample()).toEqual([0, 73.96732207])
    expect(taken).toEqual([])
    expect(await reader.sample()).toEqual([1, NaN])
    expect(await reader.sample()).toEqual([2, 76.12416182])
    expect(await reader.sample()).toEqual([3, -2.5])
    expect(taken).toEqual([0, 1, 2])
    expect(await reader.sample()).toEqual([3, -2.5])
    await done
    expect(taken).toEqual([0, 1, 2, 3])
  })

  it('goes on with the next samples, and shows the last one in between', async () => {
    const { outlet, port } = await open()
    const reader = await connect(port)
    const first = walk(outlet, samples.slice(0, 1))
    await reader.sample()
    expect(await reader.sample()).toEqual([0, 73.96732207])
    await first.done
    const second = walk(outlet, samples.slice(2))
    expect(await reader.sample()).toEqual([2, 76.12416182])
    expect(await reader.sample()).toEqual([3, -2.5])
    await reader.sample()
    await second.done
  })

  it('gives a sample again when its reader is gone before it asked again', async () => {
    const { outlet, port } = await open()
    const { taken, done } = walk(outlet)
    const first = await connect(port)
    await first.sample()
    expect(await first.sample()).toEqual([1, NaN])
    await first.close()
    const second = await connect(port)
    expect(await second.sample()).toEqual([1, NaN])
    expect(await second.sample()).toEqual([2, 76.12416182])
    await second.sample()
    await second.sample()
    await done
    expect(taken).toEqual([0, 1, 2, 3])
  })

  it('is not moved by one who looks on, nor by one who reads only the value or only the time', async () => {
    const { outlet, port } = await open()
    const { taken } = walk(outlet)
    const reader = await connect(port)
    await reader.sample()
    const onlooker = await connect(port)
    for (let times = 0; times < 3; times++) expect(await onlooker.sample()).toEqual([0, 73.96732207])
    await reader.read(4, 4)
    await reader.read(0, 4)
    expect(taken).toEqual([])
    expect(await reader.sample()).toEqual([1, NaN])
  })

  it('ends when it is told to', async () => {
    const { outlet } = await open()
    const stopping = new AbortController()
    const stepping = outlet.step(samples, () => {}, stopping.signal)
    stopping.abort(new Error('enough'))
    await expect(stepping).rejects.toThrow('enough')
  })
})

it('by the clock shows what it is told to, and counts a sample once when it was read', async () => {
  const { outlet, port } = await open()
  const reader = await connect(port)
  const taken: number[] = []
  const show = (index: number) =>
    outlet.show(samples[index]!, ({ tsMs }) => taken.push((tsMs - startMs) / 300_000), never)
  await show(0)
  expect(await reader.sample()).toEqual([0, 73.96732207])
  expect(await reader.sample()).toEqual([0, 73.96732207])
  await show(1)
  await show(2)
  expect(await reader.sample()).toEqual([2, 76.12416182])
  expect(taken).toEqual([0, 2])
})

it.each<[what: string, ask: (client: InstanceType<typeof modbusSerial.default>) => Promise<unknown>, code: number]>([
  ['beyond its registers', (client) => client.readHoldingRegisters(0, 9), 2],
  ['a write', (client) => client.writeRegister(0, 1), 1],
  ['coils', (client) => client.readCoils(0, 1), 1],
])('refuses %s', async (_, ask, modbusCode) => {
  const { port } = await open()
  const { client } = await connect(port)
  await expect(ask(client)).rejects.toMatchObject({ modbusCode })
})

it('says how a gateway reads it, and when its port is taken', async () => {
  const { port, source } = await open()
  expect(source).toContain(`endpoint: { host: 127.0.0.1, port: ${port} }`)
  expect(source).toContain('{ signal: temperature, address: 4, type: float64 }')
  const names = { device: 'M2', signals: ['temperature'] }
  const second = createModbusOutlet({ ...names, host: '127.0.0.1', port, logger })
  await expect(second.open(samples[0]!)).rejects.toThrow(`Port ${port} of 127.0.0.1 cannot be used (EADDRINUSE).`)
})
