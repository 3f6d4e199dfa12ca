import path from 'node:path'
import { fleet } from '@fettle/devices-sim/fleet'
import { noFaults, seededSchedule } from '@fettle/devices-sim/schedule'
import { createFleetSimulator } from '@fettle/devices-sim/simulator'
import type { SiteEndpoint } from '@fettle/devices-sim/site-outlet'
import { systemClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { requireFreePorts } from '../instance/ports.ts'
import { untilToldToStop } from '../instance/stop-signals.ts'
import { loadSettings } from '../settings.ts'

const weekMs = 7 * 24 * 3_600_000

/** The machines without the platform; those that would publish to it live on unheard. */
export async function runFleet({ seed, faults = false }: { seed: number; faults?: boolean }): Promise<void> {
  const { dataDir, simPort, logLevel } = loadSettings()
  const purpose = 'the simulated fleet'
  await requireFreePorts([{ variable: 'FETTLE_SIM_PORT', purpose, host: '127.0.0.1', port: simPort }])
  const simulator = createFleetSimulator({
    clock: systemClock,
    logger: createLogger({ name: 'sim', level: logLevel }),
    seed,
    schedule: faults ? seededSchedule({ sites: fleet, seed, horizonMs: weekMs }) : noFaults,
    ports: { control: simPort },
    pkiFolder: path.join(dataDir, 'simulator', 'pki'),
  })
  const told = untilToldToStop()
  await simulator.start()
  console.log(
    ['', ...simulator.endpoints().map(describe), `control: ${simulator.controlUrl() ?? ''}/machines`, ''].join('\n'),
  )
  await told
  await simulator.stop()
}

function describe(endpoint: SiteEndpoint): string {
  switch (endpoint.kind) {
    case 'modbus-tcp': {
      const units = Object.entries(endpoint.units).map(([device, unit]) => `unit ${unit} ${device}`)
      return `${endpoint.site}: Modbus TCP ${endpoint.host}:${endpoint.port} (${units.join(', ')})`
    }
    case 'opcua': {
      const { site, url, username, password, certificateFile, nodeIds } = endpoint
      const machines = Object.keys(nodeIds).join(', ')
      return `${site}: OPC UA ${url}, user ${username}, password ${password}, certificate ${certificateFile} (${machines})`
    }
    case 'sparkplug': {
      const { site, host, port, username, password, group, edgeNode } = endpoint
      return `${site}: Sparkplug B ${host}:${port}, user ${username}, password ${password} (spBv1.0/${group}/+/${edgeNode}/#)`
    }
    case 'platform-mqtt':
      return `${endpoint.site}: MQTT to ${endpoint.url}`
    default:
      return endpoint satisfies never
  }
}
