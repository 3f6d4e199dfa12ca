import type { MqttClient } from 'mqtt'
import { defineDriver, type Driver, type DriverContext, type Sink } from '../../driver.ts'
import { openMqttSession } from '../../mqtt-session.ts'
import { checkMqttSource, MqttSource } from './config.ts'
import type { Outgoing, Received } from './receiver.ts'
import { compileRoute, type Route } from './route.ts'

/**
 * JSON or Sparkplug B from a broker of somebody else. The session is kept by the broker while we are away, and a QoS 1
 * message is acknowledged only when its readings are durable, so nothing is missed that the broker is willing to keep.
 */
export const mqtt = defineDriver({ kind: 'mqtt', schema: MqttSource, check: checkMqttSource, create: createMqttDriver })

export function createMqttDriver(source: MqttSource, context: DriverContext): Driver {
  const routes = source.subscriptions.map(compileRoute)
  const { url, timeoutMs, subscriptions: _, ...given } = source
  const credentials = { clientId: `fettle-${context.gateway}-${context.source}`, ...given }

  /** Everything before the first `await` happens in order of arrival, also while earlier readings are being stored. */
  async function take(sink: Sink, outbox: Outbox, topicName: string, payload: Buffer): Promise<void> {
    const { readings, problems, solved = [], commands = [] } = receive(routes, topicName, payload, context)
    for (const subject of solved) context.solved(subject)
    for (const problem of problems) context.report(problem)
    outbox.send(commands)
    if (readings.length > 0) await sink(readings)
  }

  return {
    async run(sink, signal) {
      for (const route of routes) route.interrupted()
      const outbox = createOutbox()
      const onMessage = (topicName: string, payload: Buffer) => take(sink, outbox, topicName, payload)
      try {
        const session = await openMqttSession({ ...credentials, url, timeoutMs, clean: false, onMessage }, signal)
        try {
          await session.subscribe(routes.map(({ topic, qos }) => ({ filter: topic.filter, qos })))
          context.up()
          outbox.open(session.client)
          outbox.send(routes.flatMap((route) => route.greet(context.clock.now())))
          await session.ended
        } finally {
          session.close()
        }
      } catch (error) {
        if (!signal.aborted) throw error
      }
    },
  }
}

/** The first route that matches decides, as the subscriptions stand in the config. */
function receive(routes: Route[], topicName: string, payload: Buffer, { clock }: DriverContext): Received {
  for (const route of routes) {
    const match = route.topic.match(topicName)
    if (match) return route.receive({ ...match, topicName, payload, nowMs: clock.now() })
  }
  // The broker remembers subscriptions that the config no longer has.
  return { readings: [], problems: [] }
}

/** Keeps what is to be sent until the subscriptions stand, so that no answer is missed. */
interface Outbox {
  open(client: MqttClient): void
  send(messages: readonly Outgoing[]): void
}

function createOutbox(): Outbox {
  let client: MqttClient | undefined
  const waiting: Outgoing[] = []

  function send(messages: readonly Outgoing[]): void {
    waiting.push(...messages)
    if (!client) return
    // What the connection loses is asked for again by the next run.
    for (const { topic, payload } of waiting.splice(0)) client.publish(topic, Buffer.from(payload), { qos: 0 })
  }

  return {
    open(opened) {
      client = opened
      send([])
    },
    send,
  }
}
