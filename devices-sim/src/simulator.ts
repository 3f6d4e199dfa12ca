import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import { createControlServer, type ControlServer } from './control-server.ts'
import { fleet as demoFleet, type SiteSpec } from './fleet.ts'
import type { SimulatedMachine } from './machine.ts'
import { createModbusSite } from './modbus/modbus-site.ts'
import { createPlantMqttSite, createPlatformMqttSite, type PlatformMqtt } from './mqtt/mqtt-site.ts'
import { noFaults, type FaultSchedule } from './schedule.ts'
import { createSimulatedFleet, type FleetCommands, type SimulatedFleet } from './simulated-fleet.ts'
import type { SiteEndpoint, SiteOutlet } from './site-outlet.ts'

export interface SimulatorPorts {
  /** Of the control interface, always on 127.0.0.1; absent: there is none. */
  control?: number
  /** Of the sites that are servers, by site key; absent or 0: any free port. */
  sites?: Readonly<Record<string, number>>
}

export interface SimulatorOptions {
  /** Default: the demonstration's fleet. */
  sites?: readonly SiteSpec[]
  /** Where the sites' servers listen; default 127.0.0.1. */
  host?: string
  ports?: SimulatorPorts
  /** Without it, machines that publish straight to Fettle live on, unheard. */
  platformMqtt?: PlatformMqtt
  clock: Clock
  logger: Logger
  /** The same seed gives the same lives. */
  seed: number
  /** Default: nothing ever breaks by itself. */
  schedule?: FaultSchedule
}

/** The running fleet with its wires. Commands and endpoints exist between start and stop. */
export interface FleetSimulator extends Service, FleetCommands {
  endpoints(): readonly SiteEndpoint[]
  /** Base address of the control interface; undefined when there is none. */
  controlUrl(): string | undefined
}

const tickMs = 1_000

interface Running {
  fleet: SimulatedFleet
  outlets: ReadonlyMap<string, SiteOutlet>
  endpoints: readonly SiteEndpoint[]
  control: ControlServer | undefined
  end(): Promise<void>
}

export function createFleetSimulator(options: SimulatorOptions): FleetSimulator {
  const { sites = demoFleet, clock, logger, seed, schedule = noFaults, ports = {} } = options
  let running: Running | undefined

  function current(): Running {
    if (!running) throw new Error('the fleet simulator is not running')
    return running
  }

  async function start(): Promise<void> {
    if (running) throw new Error('the fleet simulator is already running')
    const outlets = new Map<string, SiteOutlet>()
    const onChanged = (machine: SimulatedMachine) => outlets.get(machine.snapshot().site)?.changed(machine, clock.now())
    const fleet = createSimulatedFleet({ sites, seed, schedule, at: clock.now(), onChanged, logger })
    const endpoints: SiteEndpoint[] = []
    try {
      for (const site of sites) {
        const outlet = createOutlet(site, fleet.machinesOf(site.key), options)
        if (!outlet) continue
        endpoints.push(await outlet.start())
        outlets.set(site.key, outlet)
      }
      const control =
        ports.control === undefined ? undefined : createControlServer(fleet, { port: ports.control, logger })
      await control?.start()
      const abort = new AbortController()
      const ticking = live(fleet, outlets, abort.signal)
      const end = async () => {
        abort.abort()
        await ticking
        await control?.stop()
        await stopAll(outlets)
      }
      running = { fleet, outlets, endpoints, control, end }
    } catch (error) {
      await stopAll(outlets)
      throw error
    }
  }

  async function live(fleet: SimulatedFleet, outlets: Running['outlets'], signal: AbortSignal): Promise<void> {
    for await (const _ of every(tickMs, signal)) {
      const at = clock.now()
      fleet.advanceTo(at)
      for (const outlet of outlets.values()) outlet.tick(at)
    }
  }

  return {
    name: 'devices-sim',
    start,
    async stop() {
      const ending = running
      running = undefined
      await ending?.end()
    },
    endpoints: () => current().endpoints,
    controlUrl: () => current().control?.url(),
    snapshot: () => current().fleet.snapshot(),
    inject: (deviceKey, injection) => current().fleet.inject(deviceKey, injection),
    clear: (deviceKey, mode) => current().fleet.clear(deviceKey, mode),
    setRunning: (deviceKey, value) => current().fleet.setRunning(deviceKey, value),
    forceSignal: (deviceKey, key, value) => current().fleet.forceSignal(deviceKey, key, value),
    releaseSignal: (deviceKey, key) => current().fleet.releaseSignal(deviceKey, key),
  }
}

function createOutlet(
  site: SiteSpec,
  machines: readonly SimulatedMachine[],
  { host = '127.0.0.1', ports, platformMqtt, logger }: SimulatorOptions,
): SiteOutlet | undefined {
  const port = ports?.sites?.[site.key] ?? 0
  const { key, link } = site
  switch (link.kind) {
    case 'modbus-tcp':
      return createModbusSite({ site: key, machines, host, port, logger })
    case 'plant-mqtt':
      return createPlantMqttSite({ site: key, link, machines, host, port, logger })
    case 'platform-mqtt':
      return platformMqtt && createPlatformMqttSite({ site: key, machines, platform: platformMqtt, logger })
  }
}

async function stopAll(outlets: ReadonlyMap<string, SiteOutlet>): Promise<void> {
  await Promise.all([...outlets.values()].map((outlet) => outlet.stop()))
}
