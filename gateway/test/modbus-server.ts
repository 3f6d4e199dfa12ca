import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { ServerTCP, type IServiceVector } from 'modbus-serial'

/** A Modbus TCP server of the library, whose registers a test holds as `units.get(unitId)[address]`. */
export interface ModbusServer {
  port: number
  units: Map<number, number[]>
  /** Units that never answer. */
  dead: Set<number>
  /** Addresses that do not exist: exception 2. */
  missing: Set<number>
  /** Every read request so far, as `unit:address+length`. */
  requests: string[]
  /** Called when the answer to a read is put together, as a recording is stepped by being read. */
  afterRead: (unitId: number) => void
  /** Ends all connections but goes on listening, as some devices do between two polls. */
  hangUp(): void
  close(): Promise<void>
}

export async function startModbusServer(chosenPort?: number): Promise<ModbusServer> {
  const port = chosenPort ?? (await freePort()) // the library takes 0 for 502
  const units = new Map<number, number[]>()
  const dead = new Set<number>()
  const missing = new Set<number>()
  const requests: string[] = []

  /** One value, or a promise that the library waits for in vain: this is how a dead unit behaves. */
  const valueOf = (address: number, unitId: number) =>
    dead.has(unitId) ? (new Promise(() => {}) as unknown as number) : (units.get(unitId)?.[address] ?? 0)

  const read = (address: number, length: number, unitId: number): number[] => {
    requests.push(`${unitId}:${address}+${length}`)
    const addresses = Array.from({ length }, (_, i) => address + i)
    if (addresses.some((each) => missing.has(each))) throw Object.assign(new Error(), { modbusErrorCode: 2 })
    const values = addresses.map((each) => valueOf(each, unitId))
    modbusServer.afterRead(unitId)
    return values
  }
  const readOne = (address: number, unitId: number) => read(address, 1, unitId)[0] as number
  const readBit = (address: number, unitId: number) => readOne(address, unitId) !== 0
  const vector: IServiceVector = {
    getMultipleHoldingRegisters: read,
    getMultipleInputRegisters: read,
    getHoldingRegister: readOne,
    getInputRegister: readOne,
    getCoil: readBit,
    getDiscreteInput: readBit,
  }
  // Unit 255 makes the library answer for every unit.
  const server = new ServerTCP(vector, { host: '127.0.0.1', port, unitID: 255 })
  const listener = (server as unknown as { _server: Server })._server
  const sockets = new Set<Socket>()
  listener.on('connection', (socket: Socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  if (!listener.listening) await once(listener, 'listening')

  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  const modbusServer: ModbusServer = {
    port,
    units,
    dead,
    missing,
    requests,
    afterRead: () => {},
    hangUp,
    async close() {
      hangUp()
      await new Promise<void>((resolve) => listener.close(() => resolve()))
    },
  }
  return modbusServer
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}
