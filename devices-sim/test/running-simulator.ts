import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fakeClock, type FakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { onTestFinished } from 'vitest'
import { fleet } from '../src/fleet.ts'
import type { LinkKind, SiteSpec } from '../src/fleet/spec.ts'
import type { MachineSnapshot } from '../src/machine.ts'
import { createFleetSimulator, type FleetSimulator, type SimulatorOptions } from '../src/simulator.ts'
import type { SiteEndpoint } from '../src/site-outlet.ts'
import { springNoon } from './life.ts'

export const silent = createLogger({ name: 'test', level: 'silent' })

export interface RunningSimulator {
  simulator: FleetSimulator
  clock: FakeClock
  endpoint: <Kind extends SiteEndpoint['kind']>(kind: Kind, site?: string) => SiteEndpoint & { kind: Kind }
  machine: (deviceKey: string) => MachineSnapshot
}

/** The machines on these links alone: OPC UA servers take their time to start. */
export function fleetOn(...kinds: readonly LinkKind[]): SiteSpec[] {
  return fleet.map((site) => ({ ...site, groups: site.groups.filter(({ link }) => kinds.includes(link.kind)) }))
}

/** A simulator on free ports, stopped when the test ends. Its machines' time stands still unless the clock is advanced. */
export async function runSimulator(options: Partial<SimulatorOptions> = {}): Promise<RunningSimulator> {
  const clock = fakeClock(springNoon)
  const sites = fleetOn('modbus-tcp', 'sparkplug', 'platform-mqtt')
  const defaults = { sites, clock, logger: silent, seed: 1, ports: { control: 0 }, tickMs: 20 }
  const simulator = createFleetSimulator({ ...defaults, ...options })
  await simulator.start()
  onTestFinished(() => simulator.stop())
  return {
    simulator,
    clock,
    endpoint: (kind, site) => {
      const found = simulator.endpoints().find((one) => one.kind === kind && (site === undefined || one.site === site))
      if (!found) throw new Error(`no endpoint ${kind}`)
      return found as SiteEndpoint & { kind: typeof kind }
    },
    machine: (deviceKey) => simulator.snapshot().find((machine) => machine.deviceKey === deviceKey)!,
  }
}

/** A folder that is gone when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fettle-sim-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
