import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { modbusTcp } from '../src/drivers/modbus/driver.ts'
import { runDriver } from './driver-run.ts'
import { eventually } from './eventually.ts'

/** Debian's, whatever other Python comes first in the path. */
const python = '/usr/bin/python3'
const has = spawnSync(python, ['-c', 'import pymodbus']).status === 0
const cannot = has ? '' : ' (skipped: python3-pymodbus is not installed)'

/** Two units whose registers pymodbus itself has written, in each order of bytes and words; addresses count from 0. */
const script = `
import sys
from pymodbus.constants import Endian
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.payload import BinaryPayloadBuilder
from pymodbus.server import StartTcpServer

big, little = Endian.Big, Endian.Little

def registers(fill):
    return ModbusSequentialDataBlock(0, fill)

def built(byteorder, wordorder, build):
    builder = BinaryPayloadBuilder(byteorder=byteorder, wordorder=wordorder)
    build(builder)
    return builder.to_registers()

holding = [
    *built(big, big, lambda b: b.add_32bit_float(71.2)),
    *built(big, little, lambda b: b.add_32bit_float(71.2)),
    *built(big, big, lambda b: b.add_16bit_int(-1234)),
    *built(big, little, lambda b: b.add_32bit_uint(3000000000)),
    *built(big, big, lambda b: b.add_64bit_float(-0.125)),
    *built(big, big, lambda b: b.add_string('AC75')),
    *range(100, 300),
]
first = ModbusSlaveContext(
    hr=registers(holding),
    ir=registers(built(big, big, lambda b: b.add_32bit_int(-70000))),
    co=registers([False, True]),
    di=registers([True, False]),
    zero_mode=True,
)
second = ModbusSlaveContext(hr=registers([7]), zero_mode=True)
StartTcpServer(context=ModbusServerContext(slaves={1: first, 2: second}, single=False), address=('127.0.0.1', int(sys.argv[1])))
`

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** pymodbus cannot tell which free port it was given, so it is told one that was free a moment ago. */
async function pymodbus(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const server = spawn(python, ['-c', script, String(port)], { stdio: 'ignore' })
  const exited = once(server, 'exit')
  cleanups.push(async () => {
    server.kill('SIGKILL')
    await exited
  })
  await eventually(() => answers(port))
  return port
}

async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
  } finally {
    socket.destroy()
  }
}

describe.skipIf(!has)(`a server of pymodbus${cannot}`, () => {
  it('is read in every type, order of words, area and unit', async () => {
    const port = await pymodbus()
    const run = runDriver(modbusTcp, {
      endpoint: { host: '127.0.0.1', port },
      pollMs: 20,
      timeoutMs: 1_000,
      units: [
        {
          unitId: 1,
          device: 'FIRST',
          tags: [
            { signal: 'abcd', address: 0, type: 'float32' },
            { signal: 'cdab', address: 2, type: 'float32', byteOrder: 'CDAB' },
            { signal: 'negative', address: 4, type: 'int16', scale: 0.1 },
            { signal: 'counter', address: 5, type: 'uint32', byteOrder: 'CDAB' },
            { signal: 'double', address: 7, type: 'float64' },
            { signal: 'model', address: 11, type: 'string(4)' },
            { signal: 'far', address: 212, type: 'uint16' },
            { signal: 'input', area: 'input', address: 0, type: 'int32' },
            { signal: 'coil', area: 'coil', address: 1, type: 'bool' },
            { signal: 'discrete', area: 'discrete', address: 1, type: 'bool' },
          ],
        },
        { unitId: 2, device: 'SECOND', tags: [{ signal: 'seven', address: 0 }] },
      ],
    })
    cleanups.push(() => run.stop())
    const ended = run.start()
    await eventually(() => expect(run.readings.length).toBeGreaterThanOrEqual(22))
    run.stop()
    await ended
    const read = Object.fromEntries(run.readings.map(([device, signal, , value]) => [`${device}/${signal}`, value]))
    expect(read).toEqual({
      'FIRST/abcd': 71.2,
      'FIRST/cdab': 71.2,
      'FIRST/negative': -123.4,
      'FIRST/counter': 3_000_000_000,
      'FIRST/double': -0.125,
      'FIRST/model': 'AC75',
      'FIRST/far': 299,
      'FIRST/input': -70_000,
      'FIRST/coil': true,
      'FIRST/discrete': false,
      'SECOND/seven': 7,
    })
    expect(new Set(run.readings.map(([, , , , quality]) => quality))).toEqual(new Set([0]))
    expect([...run.problems]).toEqual([])
  })
})
