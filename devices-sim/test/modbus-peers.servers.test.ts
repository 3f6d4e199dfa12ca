import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { fleetOn, runSimulator, type RunningSimulator } from './running-simulator.ts'

const run = promisify(execFile)
const site = 'dingzhou-linqing'
const units = { 'AC75-2403-0117': 1, 'AC75-2309-0064': 2 } as const
const rounded = { discharge_pressure: 1_000, ambient_temperature: 10 }

/** Debian's, whatever other Python comes first in the path. */
const python = '/usr/bin/python3'
const has = (program: string, ...argv: string[]) => spawnSync(program, argv).status === 0
const noMbpoll = has('mbpoll', '-h') ? '' : ' (skipped: mbpoll is not installed)'
const noPymodbus = has(python, '-c', 'import pymodbus') ? '' : ' (skipped: python3-pymodbus is not installed)'

const start = () => runSimulator({ sites: fleetOn('modbus-tcp') })
const valuesOf = ({ machine }: RunningSimulator, key: string) => machine(key).values

describe.skipIf(noMbpoll !== '')(`mbpoll, which is libmodbus,${noMbpoll}`, () => {
  /** Numbers by zero-based address. */
  async function poll({ endpoint }: RunningSimulator, unit: number, type: string, address: number, count: number) {
    const { host, port } = endpoint('modbus-tcp', site)
    const options = ['-m', 'tcp', '-p', String(port), '-a', String(unit), '-0', '-1', '-B', '-t', type]
    const { stdout } = await run('mbpoll', [...options, '-r', String(address), '-c', String(count), host])
    return new Map([...stdout.matchAll(/^\[(\d+)\]:\s+(\S+)/gm)].map(([, at, value]) => [Number(at), Number(value)]))
  }

  it.each(Object.entries(units))('reads %s behind unit %i as the machine shows it', async (key, unit) => {
    const running = await start()
    const values = valuesOf(running, key)
    expect((await poll(running, unit, '4', 101, 1)).get(101)).toBe(values['run_state'])
    const hours = await poll(running, unit, '4', 102, 2)
    expect(hours.get(102)! + 65_536 * hours.get(103)!).toBe(values['run_hours'])
    expect((await poll(running, unit, '4', 110, 1)).get(110)).toBe(values['discharge_pressure']! * 1_000)
    const floats = await poll(running, unit, '4:float', 112, 4)
    const signals = ['discharge_temperature', 'separator_dp', 'inlet_vacuum', 'dew_point']
    expect([...floats.values()]).toEqual(signals.map((signal) => values[signal]))
    const current = await poll(running, unit, '4:float', 130, 2)
    expect([...current.values()]).toEqual([values['current'], values['specific_power']])
  })

  it.each([
    ['a register that there is not', 1, '104', /Illegal data address/i],
    ['a unit that there is not', 9, '100', /Target device failed to respond/i],
  ])('is told about %s', async (_, unit, address, says) => {
    const { host, port } = (await start()).endpoint('modbus-tcp', site)
    const argv = ['-m', 'tcp', '-p', String(port), '-a', String(unit), '-0', '-1', '-r', address, host]
    const said = await run('mbpoll', argv).then(({ stdout, stderr }) => stdout + stderr, String)
    expect(said).toMatch(says)
  })
})

/** Reads what a manual in hand says, and what the controller does not have. */
const script = `
import json, sys
from pymodbus.client import ModbusTcpClient
from pymodbus.constants import Endian
from pymodbus.payload import BinaryPayloadDecoder as Decoder

client = ModbusTcpClient(sys.argv[1], port=int(sys.argv[2]))
assert client.connect()

def read(unit, address, count, words=Endian.Big):
    answer = client.read_holding_registers(address, count, slave=unit)
    assert not answer.isError(), answer
    return Decoder.fromRegisters(answer.registers, byteorder=Endian.Big, wordorder=words)

def floats(unit, address, *names):
    decoder = read(unit, address, 2 * len(names))
    return {name: decoder.decode_32bit_float() for name in names}

def machine(unit):
    return {
        'run_state': read(unit, 101, 1).decode_16bit_uint(),
        'run_hours': read(unit, 102, 2, Endian.Little).decode_32bit_uint(),
        'discharge_pressure': read(unit, 110, 1).decode_16bit_int() / 1000,
        **floats(unit, 112, 'discharge_temperature', 'separator_dp', 'inlet_vacuum', 'dew_point'),
        'ambient_temperature': read(unit, 120, 1).decode_16bit_int() / 10,
        **floats(unit, 130, 'current', 'specific_power'),
        **floats(unit, 140, 'motor_vibration', 'airend_vibration'),
    }

def refusal(unit, address, count):
    return client.read_holding_registers(address, count, slave=unit).exception_code

print(json.dumps({
    'machines': {unit: machine(unit) for unit in (1, 2)},
    'refusals': [refusal(1, 104, 1), refusal(1, 100, 20), refusal(9, 100, 1)],
    'write': client.write_register(100, 1, slave=1).exception_code,
}))
client.close()
`

describe.skipIf(noPymodbus !== '')(`pymodbus${noPymodbus}`, () => {
  it('reads all signals of both machines as they show them, and is refused what they do not have', async () => {
    const running = await start()
    const { host, port } = running.endpoint('modbus-tcp', site)
    const { stdout } = await run(python, ['-c', script, host, String(port)])
    const read = JSON.parse(stdout) as Record<'machines', Record<string, Record<string, number>>>
    for (const [key, unit] of Object.entries(units)) {
      const values = valuesOf(running, key)
      expect(Object.keys(read.machines[unit]!).toSorted()).toEqual(Object.keys(values).toSorted())
      for (const [signal, value] of Object.entries(values)) {
        const digits = signal in rounded ? 9 : 4 // a float32 holds seven digits
        expect(read.machines[unit]![signal], signal).toBeCloseTo(value, digits)
      }
    }
    expect(read).toMatchObject({ refusals: [2, 2, 0x0b], write: 1 })
  })
})
