import { once } from 'node:events'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** Reads the eight registers of time and value, as whoever speaks Modbus can: function 3, unit 1. */
export async function connectReader(port: number): Promise<() => Promise<[time: string, value: number]>> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return async () => {
    socket.write(Buffer.from([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 8]))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    const registers = answer.subarray(9)
    return [new Date(Number(registers.readBigUInt64BE(0))).toISOString(), registers.readDoubleBE(8)]
  }
}
