import { UPLINK_LIMITS } from '@fettle/contracts/uplink'
import { defineDriver, type Driver, type DriverContext, type Sink } from '../../driver.ts'
import { openMqttSession } from '../../mqtt-session.ts'
import { checkMqttSource, isKey, MqttSource, type MqttSubscription } from './config.ts'
import { compilePayload, type Decoded, type DecodePayload } from './decode.ts'
import { compileTopic, type Topic } from './topic.ts'

/**
 * JSON from a broker of somebody else. The session is kept by the broker while we are away, and a QoS 1 message is
 * acknowledged only when its readings are durable, so nothing is missed that the broker is willing to keep.
 */
export const mqtt = defineDriver({ kind: 'mqtt', schema: MqttSource, check: checkMqttSource, create: createMqttDriver })

export function createMqttDriver(source: MqttSource, context: DriverContext): Driver {
  const routes = source.subscriptions.map(compileRoute)
  const { url, timeoutMs, subscriptions: _, ...given } = source
  const credentials = { clientId: `fettle-${context.gateway}-${context.source}`, ...given }

  async function take(sink: Sink, topicName: string, payload: Buffer): Promise<void> {
    const { subject, readings, fault } = decode(routes, topicName, payload, context.clock.now())
    if (fault !== undefined) {
      context.report({ subject, message: `${topicName}: ${fault}`, sample: payload.toString('utf8', 0, 200) })
    }
    if (readings.length > 0) await sink(readings)
  }

  return {
    async run(sink, signal) {
      const onMessage = (topicName: string, payload: Buffer) => take(sink, topicName, payload)
      try {
        const session = await openMqttSession({ ...credentials, url, timeoutMs, clean: false, onMessage }, signal)
        try {
          await session.subscribe(routes.map(({ topic, qos }) => ({ filter: topic.filter, qos })))
          context.up()
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

interface Route {
  /** The topic as configured; problems are about it, for there may be any number of devices. */
  pattern: string
  topic: Topic
  qos: 0 | 1
  device: string | undefined
  decode: DecodePayload
}

function compileRoute(subscription: MqttSubscription): Route {
  const topic = compileTopic(subscription.topic)
  if (!topic.ok) throw new Error(topic.fault) // the config was checked
  return {
    pattern: subscription.topic,
    topic,
    qos: subscription.qos,
    device: subscription.device,
    decode: compilePayload(subscription),
  }
}

/** The first route that matches decides, as the subscriptions stand in the config. */
function decode(routes: Route[], topicName: string, payload: Buffer, nowMs: number): Decoded & { subject: string } {
  for (const route of routes) {
    const match = route.topic.match(topicName)
    if (!match) continue
    const subject = route.pattern
    const device = match.deviceKey ?? route.device
    if (device === undefined || !isKey(device)) return { subject, readings: [], fault: `"${device}" is no device key` }
    if (payload.length > UPLINK_LIMITS.messageBytes) {
      return { subject, readings: [], fault: `${payload.length} bytes are more than a message may have` }
    }
    return { subject, ...route.decode(payload.toString(), device, nowMs) }
  }
  // The broker remembers subscriptions that the config no longer has.
  return { subject: topicName, readings: [] }
}
