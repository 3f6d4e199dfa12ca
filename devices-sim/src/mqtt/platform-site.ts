import type { Logger } from '@fettle/platform/logging'
import type { SiteLink } from '../fleet/spec.ts'
import type { SimulatedMachine } from '../machine.ts'
import type { Reading } from '../outage.ts'
import type { SiteOutlet } from '../site-outlet.ts'
import { createDirectDevice, type DirectDevice } from './direct-device.ts'

export interface Credentials {
  username: string
  password: string
}

/** Fettle's own broker as devices see it. */
export interface PlatformMqtt {
  url: string
  /** Each device signs in for itself: device key → its credentials. */
  credentials: Readonly<Record<string, Credentials>>
}

export interface PlatformSiteOptions {
  site: string
  link: SiteLink & { kind: 'platform-mqtt' }
  machines: readonly SimulatedMachine[]
  platform: PlatformMqtt
  /** What the loggers of machines hold already, by device key. */
  keptBefore: ReadonlyMap<string, readonly Reading[]>
  logger: Logger
}

/** Machines that publish straight to Fettle over the mobile network. */
export function createPlatformSite(options: PlatformSiteOptions): SiteOutlet {
  const { site, link, machines, platform, keptBefore, logger } = options
  const devices = new Map<SimulatedMachine, DirectDevice>()
  const topicOf = ({ deviceKey }: SimulatedMachine) => `fettle/v1/devices/${deviceKey}/telemetry`

  function device(machine: SimulatedMachine): DirectDevice {
    const { deviceKey } = machine
    const credentials = platform.credentials[deviceKey]
    if (!credentials) throw new Error(`no MQTT credentials for ${deviceKey}`)
    const kept = keptBefore.get(deviceKey) ?? []
    const { everyMs } = link
    return createDirectDevice({
      machine,
      url: platform.url,
      ...credentials,
      topic: topicOf(machine),
      everyMs,
      kept,
      logger,
    })
  }

  return {
    async start() {
      for (const machine of machines) devices.set(machine, device(machine))
      const topics = Object.fromEntries(machines.map((machine) => [machine.deviceKey, topicOf(machine)]))
      return Promise.resolve({ kind: 'platform-mqtt', site, url: platform.url, topics })
    },
    async stop() {
      await Promise.all([...devices.values()].map((each) => each.stop()))
      devices.clear()
    },
    tick(at) {
      for (const each of devices.values()) each.tick(at)
    },
    changed: (machine, at) => devices.get(machine)?.speak(at),
  }
}
