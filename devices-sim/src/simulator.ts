import type { Clock } from '@fettle/platform/clock'
import { every } from '@fettle/platform/every'
import type { Service } from '@fettle/platform/lifecycle'
import { createControlServer, type ControlServer } from './control-server.ts'
import { fleet as demoFleet } from './fleet.ts'
import type { SiteSpec } from './fleet/spec.ts'
import type { SimulatedMachine } from './machine.ts'
import { createOutlets, type GroupOutlet, type OutletOptions, type SitePorts } from './outlets.ts'
import { noFaults, type FaultSchedule } from './schedule.ts'
import { createSimulatedFleet, type FleetCommands, type SimulatedFleet } from './simulated-fleet.ts'
import type { SiteEndpoint } from './site-outlet.ts'

export interface SimulatorPorts {
  /** Of the control interface, always on 127.0.0.1; absent: there is none. */
  control?: number
  /** Of the servers at the sites; absent or 0: any free port. */
  sites?: SitePorts
}

export interface SimulatorOptions extends Omit<OutletOptions, 'sites' | 'ports'> {
  /** Default: the demonstration's fleet. */
  sites?: readonly SiteSpec[]
  ports?: SimulatorPorts
  clock: Clock
  /** The same seed gives the same lives. */
  seed: number
  /** Default: nothing ever breaks by itself. */
  schedule?: FaultSchedule
  /** How often the clock is looked at and the wires are served; default every second. */
  tickMs?: number
}

/** The running fleet with its wires. Commands and endpoints exist between start and stop. */
export interface FleetSimulator extends Service, FleetCommands {
  endpoints(): readonly SiteEndpoint[]
  /** Base address of the control interface; undefined when there is none. */
  controlUrl(): string | undefined
}

interface Running {
  fleet: SimulatedFleet
  endpoints: readonly SiteEndpoint[]
  control: ControlServer | undefined
  end(): Promise<void>
}

export function createFleetSimulator(options: SimulatorOptions): FleetSimulator {
  const { sites = demoFleet, clock, logger, seed, schedule = noFaults, ports = {}, tickMs = 1_000 } = options
  let running: Running | undefined

  function current(): Running {
    if (!running) throw new Error('the fleet simulator is not running')
    return running
  }

  async function start(): Promise<void> {
    if (running) throw new Error('the fleet simulator is already running')
    const open: GroupOutlet[] = []
    const onChanged = (machine: SimulatedMachine) => {
      for (const { outlet, machines } of open) if (machines.includes(machine)) outlet.changed(machine, clock.now())
    }
    const fleet = createSimulatedFleet({ sites, seed, schedule, at: clock.now(), onChanged, logger })
    const control =
      ports.control === undefined ? undefined : createControlServer(fleet, { port: ports.control, logger })
    const abort = new AbortController()
    let ticking: Promise<void> | undefined

    async function end(): Promise<void> {
      abort.abort()
      await ticking
      await control?.stop()
      await Promise.all(open.map(({ outlet }) => outlet.stop()))
    }

    const endpoints: SiteEndpoint[] = []
    try {
      const { quick, slow } = createOutlets({ ...options, sites, ports: ports.sites ?? {} }, fleet)
      for (const group of quick) await openOutlet(group)
      // Those that are open live on while the slow ones come up.
      ticking = live(fleet, open, abort.signal)
      for (const group of slow) await openOutlet(group)
      await control?.start()
      running = { fleet, endpoints, control, end }
    } catch (error) {
      await end()
      throw error
    }

    async function openOutlet(group: GroupOutlet): Promise<void> {
      endpoints.push(await group.outlet.start(clock.now()))
      open.push(group)
    }
  }

  async function live(fleet: SimulatedFleet, open: readonly GroupOutlet[], signal: AbortSignal): Promise<void> {
    for await (const _ of every(tickMs, signal)) {
      const at = clock.now()
      fleet.advanceTo(at)
      for (const { outlet } of open) outlet.tick(at)
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
