import type { Logger } from '@fettle/platform/logging'
import type { SiteLink } from '../fleet.ts'
import type { SimulatedMachine } from '../machine.ts'
import type { SiteOutlet } from '../site-outlet.ts'
import { createPlantBroker } from './plant-broker.ts'
import { createPublisher, type Publisher } from './publisher.ts'

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

export interface PlantMqttSiteOptions {
  site: string
  link: SiteLink & { kind: 'plant-mqtt' }
  machines: readonly SimulatedMachine[]
  host: string
  port: number
  logger: Logger
}

/** Pumps that publish flat JSON to the plant's own broker, every second and at most once. */
export function createPlantMqttSite({ site, link, machines, host, port, logger }: PlantMqttSiteOptions): SiteOutlet {
  const { username, password } = link
  const broker = createPlantBroker({ host, port, username, password, logger })
  const topicOf = (machine: SimulatedMachine) => `plant/pumps/${machine.deviceKey}/telemetry`
  let speakers: Speakers | undefined

  return {
    async start() {
      const listeningPort = await broker.start()
      const url = `mqtt://${host}:${listeningPort}`
      const publish = (machine: SimulatedMachine) =>
        createPublisher({
          url,
          username,
          password,
          clientId: machine.deviceKey,
          topic: topicOf(machine),
          qos: 0,
          logger,
        })
      speakers = createSpeakers(machines, publish, (at, values) => ({ ts: at, ...values }))
      const topics = Object.fromEntries(machines.map((machine) => [machine.deviceKey, topicOf(machine)]))
      return { kind: 'plant-mqtt', site, host, port: listeningPort, username, password, topics }
    },
    async stop() {
      await speakers?.stop()
      await broker.stop()
    },
    tick: (at) => speakers?.speak(machines, at),
    changed: (machine, at) => speakers?.speak([machine], at),
  }
}

export interface PlatformMqttSiteOptions {
  site: string
  machines: readonly SimulatedMachine[]
  platform: PlatformMqtt
  logger: Logger
}

/** Machines that publish straight to Fettle: the format of its device interface, QoS 1, every second. */
export function createPlatformMqttSite({ site, machines, platform, logger }: PlatformMqttSiteOptions): SiteOutlet {
  const { url } = platform
  const topicOf = (machine: SimulatedMachine) => `fettle/v1/devices/${machine.deviceKey}/telemetry`
  let speakers: Speakers | undefined

  function publisher(machine: SimulatedMachine): Publisher {
    const credentials = platform.credentials[machine.deviceKey]
    if (!credentials) throw new Error(`no MQTT credentials for ${machine.deviceKey}`)
    return createPublisher({
      url,
      ...credentials,
      clientId: machine.deviceKey,
      topic: topicOf(machine),
      qos: 1,
      logger,
    })
  }

  return {
    start() {
      speakers = createSpeakers(machines, publisher, (at, values) => ({ ts: at, values }))
      const topics = Object.fromEntries(machines.map((machine) => [machine.deviceKey, topicOf(machine)]))
      return Promise.resolve({ kind: 'platform-mqtt', site, url, topics })
    },
    async stop() {
      await speakers?.stop()
    },
    tick: (at) => speakers?.speak(machines, at),
    changed: (machine, at) => speakers?.speak([machine], at),
  }
}

interface Speakers {
  /** Sends the machines' present values; one whose communication is lost hangs up instead, and calls again later. */
  speak(machines: readonly SimulatedMachine[], at: number): void
  stop(): Promise<void>
}

function createSpeakers(
  machines: readonly SimulatedMachine[],
  publisher: (machine: SimulatedMachine) => Publisher,
  payload: (at: number, values: Readonly<Record<string, number>>) => object,
): Speakers {
  const publishers = new Map(machines.map((machine) => [machine, publisher(machine)]))
  return {
    speak(speaking, at) {
      for (const machine of speaking) {
        const line = publishers.get(machine)
        if (!line) continue
        if (machine.isOnline()) {
          line.connect()
          line.send(JSON.stringify(payload(at, machine.values())))
        } else {
          void line.disconnect()
        }
      }
    },
    async stop() {
      await Promise.all([...publishers.values()].map((line) => line.disconnect()))
    },
  }
}
