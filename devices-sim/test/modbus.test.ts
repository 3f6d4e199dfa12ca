import { connect } from 'node:net'
import modbusSerial from 'modbus-serial'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { runSimulator, type RunningSimulator } from './running-simulator.ts'

// A CommonJS module whose types name its class `default`.
const { default: ModbusRTU } = modbusSerial
type ModbusRTU = InstanceType<typeof ModbusRTU>

const [first, second] = ['AC75-2403-0117', 'AC75-2309-0064']

async function client({ endpoint }: RunningSimulator, unitId: number, site = 'dingzhou-linqing'): Promise<ModbusRTU> {
  const modbus = new ModbusRTU()
  const { host, port } = endpoint('modbus-tcp', site)
  await modbus.connectTCP(host, { port })
  modbus.setID(unitId)
  modbus.setTimeout(1000)
  onTestFinished(() => modbus.destroy(() => {}))
  return modbus
}

/** What a manual in hand would make of the registers, written out by hand and apart from the encoder. */
async function readAll(modbus: ModbusRTU): Promise<Record<string, number>> {
  const head = (await modbus.readHoldingRegisters(100, 4)).data
  const middle = (await modbus.readHoldingRegisters(112, 9)).buffer
  const electric = (await modbus.readHoldingRegisters(130, 4)).buffer
  const shaking = (await modbus.readHoldingRegisters(140, 4)).buffer
  return {
    run_state: head[1]!,
    run_hours: head[3]! * 65_536 + head[2]!,
    discharge_pressure: (await modbus.readHoldingRegisters(110, 1)).buffer.readInt16BE(0) / 1000,
    discharge_temperature: middle.readFloatBE(0),
    separator_dp: middle.readFloatBE(4),
    inlet_vacuum: middle.readFloatBE(8),
    dew_point: middle.readFloatBE(12),
    ambient_temperature: middle.readInt16BE(16) / 10,
    current: electric.readFloatBE(0),
    specific_power: electric.readFloatBE(4),
    motor_vibration: shaking.readFloatBE(0),
    airend_vibration: shaking.readFloatBE(4),
  }
}

describe('a site of compressors on Modbus TCP', () => {
  it.each([
    [first, 1],
    [second, 2],
  ])('serves every signal of %s to a real client as unit %i', async (deviceKey, unitId) => {
    const running = await runSimulator()
    expect(running.endpoint('modbus-tcp', 'dingzhou-linqing').units).toEqual({ [first]: 1, [second]: 2 })
    const modbus = await client(running, unitId)
    const expected = running.simulator.snapshot().find((machine) => machine.deviceKey === deviceKey)!.values
    const served = await readAll(modbus)
    expect(Object.keys(served).toSorted()).toEqual(Object.keys(expected).toSorted())
    for (const [key, value] of Object.entries(expected)) expect(served[key], key).toBeCloseTo(value, 4)
  })

  it.each([
    ['a gap', (modbus: ModbusRTU) => modbus.readHoldingRegisters(104, 1), 2],
    ['a read across a gap', (modbus: ModbusRTU) => modbus.readHoldingRegisters(100, 20), 2],
    ['126 registers', (modbus: ModbusRTU) => modbus.readHoldingRegisters(100, 126), 3],
    ['input registers', (modbus: ModbusRTU) => modbus.readInputRegisters(100, 1), 1],
    ['a write', (modbus: ModbusRTU) => modbus.writeRegister(100, 1), 1],
  ])('refuses %s', async (_, read, code) => {
    const modbus = await client(await runSimulator(), 1)
    await expect(read(modbus)).rejects.toMatchObject({ modbusCode: code })
  })

  it('says that nobody is behind an unknown unit', async () => {
    const modbus = await client(await runSimulator(), 9)
    await expect(modbus.readHoldingRegisters(100, 1)).rejects.toMatchObject({ modbusCode: 0x0b })
  })

  it('serves several clients at once, each its own answers', async () => {
    const running = await runSimulator()
    const clients = await Promise.all([client(running, 1), client(running, 2), client(running, 1)])
    const answers = await Promise.all(clients.map((modbus) => modbus.readHoldingRegisters(102, 2)))
    expect(answers.map(({ data }) => data[0]! + data[1]! * 65_536)).toEqual([18_412, 21_077, 18_412])
  })

  it('closes a connection that does not speak Modbus, and goes on serving', async () => {
    const running = await runSimulator()
    const { host, port } = running.endpoint('modbus-tcp', 'dingzhou-linqing')
    const stranger = connect(port, host)
    const closed = new Promise((resolve) => stranger.once('close', resolve))
    stranger.on('error', () => {})
    stranger.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await closed
    const modbus = await client(running, 1)
    expect((await modbus.readHoldingRegisters(101, 1)).data).toEqual([2])
  })

  it('shows a forced signal in the very next read', async () => {
    const running = await runSimulator()
    const modbus = await client(running, 1)
    running.simulator.forceSignal(first, 'discharge_temperature', 104.5)
    expect((await modbus.readHoldingRegisters(112, 2)).buffer.readFloatBE(0)).toBeCloseTo(104.5, 4)
  })
})

describe('lost communication', () => {
  it('silences one unit and leaves its neighbour', async () => {
    const running = await runSimulator()
    running.simulator.inject(first, { mode: 'lost-communication' })
    const [lost, neighbour] = await Promise.all([client(running, 1), client(running, 2)])
    lost.setTimeout(100)
    await expect(lost.readHoldingRegisters(101, 1)).rejects.toThrow(/time/i)
    expect((await neighbour.readHoldingRegisters(101, 1)).data).toEqual([2])
  })

  it('closes the port when the whole site is lost, and opens the same one again', async () => {
    const running = await runSimulator()
    const site = 'hongtuo-kunshan'
    const { port } = running.endpoint('modbus-tcp', site)
    const modbus = await client(running, 1, site)
    const dropped = new Promise<void>((resolve) => modbus.on('close', () => resolve()))
    running.simulator.inject('AC75-2206-0021', { mode: 'lost-communication' })
    await dropped
    await vi.waitFor(() => expect(client(running, 1, site)).rejects.toThrow(/ECONNREFUSED/))
    running.simulator.clear('AC75-2206-0021', 'lost-communication')
    const again = await vi.waitFor(() => client(running, 1, site))
    expect((await again.readHoldingRegisters(101, 1)).data).toEqual([2])
    expect(running.endpoint('modbus-tcp', site).port).toBe(port)
  })
})
