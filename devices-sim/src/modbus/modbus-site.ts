import type { Logger } from '@fettle/platform/logging'
import type { SimulatedMachine } from '../machine.ts'
import type { SiteOutlet } from '../site-outlet.ts'
import { answerRequest, exceptionResponse, exceptions } from './holding-registers.ts'
import { ac75Registers, registerImage } from './register-map.ts'
import { createModbusTcpServer } from './tcp-server.ts'

export interface ModbusSiteOptions {
  site: string
  machines: readonly SimulatedMachine[]
  host: string
  port: number
  logger: Logger
}

/**
 * A site's machines behind one Modbus TCP gateway, told apart by unit id. A machine whose communication is lost is
 * silent; when all of them are, the gateway itself is gone and its port refuses connections.
 */
export function createModbusSite({ site, machines, host, port, logger }: ModbusSiteOptions): SiteOutlet {
  const units = new Map<number, SimulatedMachine>()
  for (const machine of machines) if (machine.spec.model === 'AC75') units.set(machine.spec.unitId, machine)
  const server = createModbusTcpServer({ host, port, respond, logger })
  let open = false
  let switching: Promise<void> | undefined
  let complained = false

  function respond(unitId: number, request: Buffer): Buffer | undefined {
    const machine = units.get(unitId)
    if (!machine) return exceptionResponse(request[0] ?? 0, exceptions.noResponseBehindGateway)
    if (!machine.isOnline()) return undefined
    return answerRequest(request, registerImage(ac75Registers, machine.values()))
  }

  function followCommunication(): void {
    const wanted = machines.some((machine) => machine.isOnline())
    if (switching || wanted === open) return
    switching = (wanted ? reopen() : server.close()).then(done(wanted), complain).finally(() => {
      switching = undefined
    })
  }

  async function reopen(): Promise<void> {
    await server.open()
  }

  function done(isOpen: boolean): () => void {
    return () => {
      open = isOpen
      complained = false
    }
  }

  /** Tried again every second, said once. */
  function complain(error: unknown): void {
    if (!complained) logger.error({ site, err: error }, 'modbus gateway cannot come back; trying again')
    complained = true
  }

  return {
    async start() {
      const listeningPort = await server.open()
      open = true
      const byKey = Object.fromEntries([...units].map(([unitId, { deviceKey }]) => [deviceKey, unitId]))
      return { kind: 'modbus-tcp', site, host, port: listeningPort, units: byKey }
    },
    async stop() {
      await switching
      await server.close()
      open = false
    },
    tick: followCommunication,
    changed: followCommunication,
  }
}
