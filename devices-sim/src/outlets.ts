import type { Logger } from '@fettle/platform/logging'
import type { MachineGroup, ServerKind, SiteSpec } from './fleet/spec.ts'
import type { SimulatedMachine } from './machine.ts'
import { createModbusSite } from './modbus/modbus-site.ts'
import { createPlatformSite, type PlatformMqtt } from './mqtt/platform-site.ts'
import { createOpcUaSite } from './opcua/opcua-site.ts'
import type { SimulatedFleet } from './simulated-fleet.ts'
import type { SiteOutlet } from './site-outlet.ts'
import { createSparkplugSite } from './sparkplug/sparkplug-site.ts'

/** By site key and kind of link. */
export type SitePorts = Readonly<Record<string, Partial<Readonly<Record<ServerKind, number>>>>>

export interface OutletOptions {
  sites: readonly SiteSpec[]
  /** Where the sites' servers listen; default 127.0.0.1. */
  host?: string
  ports: SitePorts
  /** Without it, machines that publish straight to Fettle live on, unheard. */
  platformMqtt?: PlatformMqtt
  /** Where the OPC UA servers keep their key and certificate, made on first use; needed where a site has such a server. */
  pkiFolder?: string
  logger: Logger
}

export interface GroupOutlet {
  outlet: SiteOutlet
  machines: readonly SimulatedMachine[]
}

export interface Outlets {
  quick: readonly GroupOutlet[]
  /** OPC UA servers: each keeps the process busy for a while as it builds its address space. */
  slow: readonly GroupOutlet[]
}

export function createOutlets(options: OutletOptions, fleet: SimulatedFleet): Outlets {
  const outlets: Record<keyof Outlets, GroupOutlet[]> = { quick: [], slow: [] }
  for (const site of options.sites) {
    for (const group of site.groups) {
      const outlet = createOutlet(site.key, group, options, fleet)
      const speed = group.link.kind === 'opcua' ? 'slow' : 'quick'
      if (outlet) outlets[speed].push({ outlet, machines: fleet.machinesIn(group) })
    }
  }
  return outlets
}

function createOutlet(
  site: string,
  group: MachineGroup,
  { host = '127.0.0.1', ports, platformMqtt, pkiFolder, logger }: OutletOptions,
  fleet: SimulatedFleet,
): SiteOutlet | undefined {
  const { link } = group
  const machines = fleet.machinesIn(group)
  const portOf = (kind: ServerKind) => ports[site]?.[kind] ?? 0
  switch (link.kind) {
    case 'modbus-tcp':
      return createModbusSite({ site, machines, host, port: portOf(link.kind), logger })
    case 'opcua':
      if (pkiFolder === undefined) throw new Error(`${site} has an OPC UA server: name a pkiFolder for its certificate`)
      return createOpcUaSite({ site, link, machines, host, port: portOf(link.kind), pkiFolder })
    case 'sparkplug':
      return createSparkplugSite({ site, link, machines, host, port: portOf(link.kind), logger })
    case 'platform-mqtt': {
      const { keptBefore } = fleet
      return platformMqtt && createPlatformSite({ site, link, machines, platform: platformMqtt, keptBefore, logger })
    }
  }
}
