import type { MachineGroup, ServerKind, SiteSpec } from './fleet/spec.ts'
import type { SimulatedMachine } from './machine.ts'
import { createModbusSite } from './modbus/modbus-site.ts'
import { createPlatformSite } from './mqtt/platform-site.ts'
import { createOpcUaSite } from './opcua/opcua-site.ts'
import type { SimulatedFleet } from './simulated-fleet.ts'
import type { SimulatorOptions } from './simulator.ts'
import type { SiteOutlet } from './site-outlet.ts'
import { createSparkplugSite } from './sparkplug/sparkplug-site.ts'

export interface GroupOutlet {
  outlet: SiteOutlet
  machines: readonly SimulatedMachine[]
}

export interface Outlets {
  quick: readonly GroupOutlet[]
  /** OPC UA servers: each keeps the process busy for a while as it builds its address space. */
  slow: readonly GroupOutlet[]
}

export function createOutlets(
  options: SimulatorOptions & { sites: readonly SiteSpec[] },
  fleet: SimulatedFleet,
): Outlets {
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
  { host = '127.0.0.1', ports, platformMqtt, pkiFolder, logger }: SimulatorOptions,
  fleet: SimulatedFleet,
): SiteOutlet | undefined {
  const { link } = group
  const machines = fleet.machinesIn(group)
  const portOf = (kind: ServerKind) => ports?.sites?.[site]?.[kind] ?? 0
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
