import { fakeClock, type FakeClock } from '@fettle/platform/clock'
import { createLogger } from '@fettle/platform/logging'
import { onTestFinished } from 'vitest'
import { createFleetSimulator, type FleetSimulator, type SimulatorOptions } from '../src/simulator.ts'
import type { SiteEndpoint } from '../src/site-outlet.ts'
import { springNoon } from './life.ts'

export const silent = createLogger({ name: 'test', level: 'silent' })

export interface RunningSimulator {
  simulator: FleetSimulator
  clock: FakeClock
  endpoint: <Kind extends SiteEndpoint['kind']>(kind: Kind, site?: string) => SiteEndpoint & { kind: Kind }
}

/** A simulator on free ports, stopped when the test ends. Its machines' time stands still unless the clock is advanced. */
export async function runSimulator(options: Partial<SimulatorOptions> = {}): Promise<RunningSimulator> {
  const clock = fakeClock(springNoon)
  const simulator = createFleetSimulator({ clock, logger: silent, seed: 1, ports: { control: 0 }, ...options })
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
  }
}
