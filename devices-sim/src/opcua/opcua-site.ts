import type { SiteLink } from '../fleet/spec.ts'
import type { SimulatedMachine } from '../machine.ts'
import type { SiteEndpoint, SiteOutlet } from '../site-outlet.ts'
import type { LineServer } from './line-server.ts'
import type { MachineNodes } from './machine-nodes.ts'
import { nodeIdOf } from './node-names.ts'

export interface OpcUaSiteOptions {
  site: string
  link: SiteLink & { kind: 'opcua' }
  machines: readonly SimulatedMachine[]
  host: string
  /** 0 for any free one. */
  port: number
  pkiFolder: string
}

/** The line server in the plant's workshop, which reads the machines' controllers every second. */
export function createOpcUaSite(options: OpcUaSiteOptions): SiteOutlet {
  const { site, link, machines, host, port, pkiFolder } = options
  const { username, password } = link
  const nodes = new Map<SimulatedMachine, MachineNodes>()
  let line: LineServer | undefined

  return {
    async start(at): Promise<SiteEndpoint> {
      // Loading the library takes most of a second: only where such a site exists.
      const [{ openLineServer }, { addMachine }] = await Promise.all([
        import('./line-server.ts'),
        import('./machine-nodes.ts'),
      ])
      line = await openLineServer({ host, port, pkiFolder, username, password }, (server) => {
        for (const machine of machines) {
          const added = addMachine(server, machine)
          added.show(at)
          nodes.set(machine, added)
        }
      })
      const { url, certificateFile } = line
      return { kind: 'opcua', site, url, username, password, certificateFile, nodeIds: nodeIds(machines) }
    },
    async stop() {
      const closing = line
      line = undefined
      nodes.clear()
      await closing?.stop()
    },
    tick(at) {
      for (const machine of nodes.values()) machine.show(at)
    },
    changed: (machine, at) => nodes.get(machine)?.show(at),
  }
}

/** Device key → signal key → node id. */
function nodeIds(machines: readonly SimulatedMachine[]): Record<string, Record<string, string>> {
  const of = ({ deviceKey, signals }: SimulatedMachine) =>
    Object.fromEntries(signals.map(({ key }) => [key, nodeIdOf(deviceKey, key)]))
  return Object.fromEntries(machines.map((machine) => [machine.deviceKey, of(machine)]))
}
