import type { Logger } from '@fettle/platform/logging'
import type { MqttClient } from 'mqtt'
import type { SiteLink } from '../fleet/spec.ts'
import type { SimulatedMachine } from '../machine.ts'
import { createDeviceConnection, type DeviceConnection } from '../mqtt/device-connection.ts'
import { createPlantBroker } from '../mqtt/plant-broker.ts'
import type { SiteOutlet } from '../site-outlet.ts'
import { asksForRebirth, createEdgeSession, type EdgeSession, type SparkplugMessage } from './edge-session.ts'

export interface SparkplugSiteOptions {
  site: string
  link: SiteLink & { kind: 'sparkplug' }
  machines: readonly SimulatedMachine[]
  host: string
  /** Of the plant's broker; 0 for any free one. */
  port: number
  logger: Logger
}

/** The plant's own broker, and the edge node in its control cabinet that publishes for the machines every second. */
export function createSparkplugSite({ site, link, machines, host, port, logger }: SparkplugSiteOptions): SiteOutlet {
  const { username, password, group, edgeNode } = link
  const broker = createPlantBroker({ host, port, username, password, logger })
  let connection: DeviceConnection | undefined
  let session: EdgeSession | undefined
  let sessions = 0
  let latestAt = 0
  /** Births come first: nothing else is said before them. */
  let born = false

  function beginSession() {
    const begun = createEdgeSession({ group, edgeNode, bdSeq: sessions++ % 256, machines })
    session = begun
    born = false
    return { username, password, will: { ...begun.will, qos: 1 as const, retain: false } }
  }

  function onConnected(client: MqttClient): void {
    const begun = session
    if (!begun) return
    client.on('message', (topic, payload) => {
      if (topic !== begun.commandTopic || !asksForRebirth(payload)) return
      logger.debug({ site, edgeNode }, 'someone asks for a rebirth')
      if (born) publish(client, begun.births(latestAt))
    })
    client.subscribe(begun.commandTopic, { qos: 0 }, (error) => {
      if (error) return client.end(true) // a node without its command topic could not be asked for its births
      publish(client, begun.births(latestAt))
      born = true
    })
  }

  function publish(client: MqttClient, messages: readonly SparkplugMessage[]): void {
    for (const { topic, payload } of messages) client.publish(topic, payload, { qos: 0, retain: false })
  }

  function follow(followed: readonly SimulatedMachine[], at: number): void {
    latestAt = at
    connection?.connect()
    const client = connection?.client()
    if (!client || !session || !born) return
    for (const machine of followed) publish(client, session.follow(machine, at))
  }

  return {
    async start() {
      const listeningPort = await broker.start()
      const url = `mqtt://${host}:${listeningPort}`
      connection = createDeviceConnection({
        url,
        clientId: `edge-${edgeNode}`,
        session: beginSession,
        onConnected,
        logger,
      })
      const devices = machines.map(({ deviceKey }) => deviceKey)
      return { kind: 'sparkplug', site, host, port: listeningPort, username, password, group, edgeNode, devices }
    },
    async stop() {
      await connection?.disconnect()
      connection = undefined
      await broker.stop()
    },
    tick: (at) => follow(machines, at),
    changed: (machine, at) => follow([machine], at),
  }
}
