import type { Logger } from '@fettle/platform/logging'
import { connectAsync, type MqttClient } from 'mqtt'
import { untilAborted } from '@fettle/platform/until-aborted'
import type { ReplayNames, ReplayOutlet } from './outlet.ts'
import { ReplayError } from './replay-error.ts'
import type { Sample } from './sample.ts'

export interface MqttOutletOptions extends ReplayNames {
  /** mqtt, mqtts, ws or wss. */
  url: string
  username?: string
  password?: string
  topic: string
  logger: Logger
}

const reconnectMs = 1_000

/** The topic on which a device speaks to Fettle's own broker. */
export const telemetryTopicOf = (device: string): string => `fettle/v1/devices/${device}/telemetry`

/**
 * Publishes each sample as `{"ts": …, "values": {…}}` with QoS 1. A sample has been read when its PUBACK came, which Fettle's
 * own broker sends when it is durable. One is under way at a time; after a lost connection the same one goes again.
 */
export function createMqttOutlet(options: MqttOutletOptions): ReplayOutlet {
  const { url, username, password, topic, device, signals, logger } = options
  let client: MqttClient | undefined

  const payloadOf = ({ tsMs, values }: Sample) =>
    JSON.stringify({ ts: tsMs, values: Object.fromEntries(signals.map((key, index) => [key, values[index] ?? null])) })

  async function publish(sample: Sample, signal: AbortSignal): Promise<void> {
    if (!client) throw new Error('the outlet is not open')
    await untilAborted(client.publishAsync(topic, payloadOf(sample), { qos: 1 }), signal)
  }

  /** One line when the broker is gone, one for each reason why it does not let us in again, and one when it is back. */
  function logOutages(of: MqttClient): void {
    const reasons = new Set<string>()
    let isDown = false
    of.on('close', () => {
      if (isDown || of.disconnecting) return
      isDown = true
      logger.warn({ url }, 'the connection to the broker was lost; trying again')
    })
    of.on('error', ({ message }) => {
      if (reasons.has(message)) return
      reasons.add(message)
      logger.warn({ url }, `the broker cannot be reached: ${message}`)
    })
    of.on('connect', () => {
      if (isDown) logger.info({ url }, 'the broker is back')
      isDown = false
      reasons.clear()
    })
  }

  return {
    async open() {
      try {
        client = await connectAsync(
          url,
          {
            ...(username !== undefined && { username }),
            ...(password !== undefined && { password }),
            clientId: device,
            connectTimeout: 10_000,
            reconnectPeriod: reconnectMs,
            // A platform that is starting may not know yet who its devices are.
            reconnectOnConnackError: true,
          },
          false,
        )
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message || 'no answer' : String(cause)
        throw new ReplayError('outlet/refused', `${url} does not let ${username ?? 'anybody'} in: ${reason}`, { cause })
      }
      logOutages(client)
      return { where: `MQTT ${url}, topic ${topic}` }
    },
    async step(samples, taken, signal) {
      for (const sample of samples) {
        await publish(sample, signal)
        taken(sample)
      }
    },
    async show(sample, taken, signal) {
      await publish(sample, signal)
      taken(sample)
    },
    async close() {
      const closing = client
      client = undefined
      await closing?.endAsync(true)
    },
  }
}
