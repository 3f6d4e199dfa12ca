import type { Logger } from '@fettle/platform/logging'
import type { MqttClient } from 'mqtt'
import type { SimulatedMachine } from '../machine.ts'
import type { Reading } from '../outage.ts'
import { createDataLogger } from './data-logger.ts'
import { createDeviceConnection } from './device-connection.ts'

export interface DirectDeviceOptions {
  machine: SimulatedMachine
  url: string
  username: string
  password: string
  topic: string
  /** Time between two readings. */
  everyMs: number
  /** What its logger holds at the beginning. */
  kept: readonly Reading[]
  logger: Logger
}

/** A machine that publishes to Fettle with QoS 1. */
export interface DirectDevice {
  /** A second has passed. */
  tick(at: number): void
  /** A reading now, out of turn. */
  speak(at: number): void
  stop(): Promise<void>
}

/** With this many live readings under way it goes to its logger instead. */
const maxUnacknowledged = 20
/** A message takes at most 5,000 values and 1 MiB. */
const batchValues = 4_000

/**
 * Nothing that it has measured is lost: a reading without its acknowledgement goes to the logger. Once live readings get
 * through again, the logger follows beside them, the oldest first, as arrays of which each is acknowledged before the next.
 */
export function createDirectDevice(options: DirectDeviceOptions): DirectDevice {
  const { machine, url, username, password, topic, everyMs, logger } = options
  const memory = createDataLogger(options.kept)
  const batchSize = Math.floor(batchValues / machine.signals.length)
  const clientId = machine.deviceKey
  const connection = createDeviceConnection({ url, clientId, session: () => ({ username, password }), logger })
  /** Turns are on the clock's grid, or the jitter of ticks would leave some out. */
  const turnOf = (at: number) => Math.floor(at / everyMs)
  let spokeAt = -Infinity
  let unacknowledged = 0
  let emptying = false

  function speak(at: number): void {
    spokeAt = at
    const reading = { at, values: machine.values() }
    const client = connection.client()
    if (!client || unacknowledged >= maxUnacknowledged) return memory.keep(reading)
    unacknowledged += 1
    publish(client, message(reading)).then(
      () => {
        unacknowledged -= 1
        void emptyMemory(client)
      },
      () => {
        unacknowledged -= 1
        memory.keep(reading)
      },
    )
  }

  /** Ends when there is nothing left or a batch fails; what is not acknowledged stays. */
  async function emptyMemory(client: MqttClient): Promise<void> {
    if (emptying) return
    emptying = true
    try {
      for (let batch = memory.oldest(batchSize); batch.length > 0; batch = memory.oldest(batchSize)) {
        await publish(client, batch.map(message))
        memory.forget(batch)
      }
    } catch (error) {
      logger.debug({ clientId, err: error }, 'the logger keeps what it has for the next connection')
    } finally {
      emptying = false
    }
  }

  function publish(client: MqttClient, content: object): Promise<unknown> {
    return client.publishAsync(topic, JSON.stringify(content), { qos: 1 })
  }

  return {
    tick(at) {
      if (machine.isOnline()) connection.connect()
      else void connection.disconnect()
      if (turnOf(at) !== turnOf(spokeAt)) speak(at)
    },
    speak,
    stop: () => connection.disconnect(),
  }
}

function message({ at, values }: Reading) {
  return { ts: at, values }
}
