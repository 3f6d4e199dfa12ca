import type { Logger } from '@fettle/platform/logging'
import { reasonOf } from '@fettle/platform/reason'
import { connect, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Broker, Receive } from './broker.ts'
import { BrokerError } from './broker-error.ts'
import type { BrokerAccounts } from './dynamic-security.ts'
import { holdAcknowledgements } from './held-acknowledgements.ts'
import { senderOf, uplinkFilters } from './sender-topics.ts'

export interface ExternalBrokerOptions {
  /** `mqtt://user:password@host:1883`, or `mqtts`, `ws`, `wss`. */
  url: string
  logger: Logger
  receive: Receive
  /** Makes and ends accounts on the broker; absent where somebody else administers it. */
  accounts?: BrokerAccounts | undefined
  /** How long the first connection may take, with its retries; default 30 s. */
  patienceMs?: number
}

/** Messages under way at once. Mosquitto's own window must not be smaller: see provisioning/mosquitto. */
const receiveMaximum = 256

/** The broker keeps what it holds for us this long while we are away. */
const sessionExpiryS = 7 * 24 * 3_600

/** MQTT 5 §3.2.2.2: what trying again cannot mend. */
const refusals: Readonly<Record<number, string>> = {
  0x84: 'it does not speak MQTT 5',
  0x85: 'it refuses the client id',
  0x86: 'it refuses the user name or password',
  0x87: 'the user is not authorised',
  0x8a: 'the user is banned',
}

/**
 * Mosquitto, EMQX or another broker that speaks MQTT 5. It knows who its clients are and lets each publish to its own topics
 * only; so the topic says who sent a message. Our session outlives connections, and a message is acknowledged to the broker when
 * it is durable here: whatever the broker took for us while we were away comes when we are back.
 *
 * Its PUBACK to a device says that the broker has the message. That we have it says `fettle/v1/{devices|gateways}/{key}/ack`.
 */
export function createExternalBroker(options: ExternalBrokerOptions): Broker {
  const { url, logger, receive, accounts, patienceMs = 30_000 } = options
  const where = new URL(url).host
  /** One object for each sender: the order of its messages counts, and theirs alone. */
  const senders = new Map<string, object>()
  let client: MqttClient | undefined

  async function take({ topic, payload }: IPublishPacket) {
    const identity = senderOf(topic)
    if (!identity) return undefined
    const name = `${identity.kind}/${identity.key}`
    const connection = senders.get(name) ?? {}
    senders.set(name, connection)
    return receive({
      identity,
      connection,
      topic,
      payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    })
  }

  async function start(): Promise<void> {
    const made = connect(accounts ? await accounts.preparePlatform() : url, {
      protocolVersion: 5,
      clientId: 'fettle-platform',
      clean: false,
      keepalive: 30,
      reconnectPeriod: 1_000,
      // A broker that refuses us may be one that has not read all of its own data yet, or has lost some.
      reconnectOnConnackError: true,
      manualConnect: true,
      properties: { sessionExpiryInterval: sessionExpiryS, receiveMaximum },
    })
    client = made
    holdAcknowledgements(made, take, (error) => {
      logger.error({ err: error }, 'a message could not be taken; the broker keeps it')
      made.stream.destroy()
    })
    logOutages(made)
    await connected(made)
    comeBackAfterRefusals(made)
    await made.subscribeAsync(Object.fromEntries(uplinkFilters.map((filter) => [filter, { qos: 1 as const }])))
  }

  /** One line when the broker is gone and one when it is back. */
  function logOutages(of: MqttClient): void {
    let wasUp = false
    let downSince: number | undefined
    of.on('connect', () => {
      wasUp = true
      if (downSince === undefined) return
      logger.info({ broker: where, outageMs: Math.round(performance.now() - downSince) }, 'the MQTT broker is back')
      downSince = undefined
    })
    of.on('close', () => {
      if (!wasUp || downSince !== undefined || of.disconnecting) return
      downSince = performance.now()
      logger.warn({ broker: where }, 'lost the MQTT broker; devices and gateways keep their readings')
    })
    of.on('error', (error) => logger.debug({ err: error }, 'the connection to the MQTT broker failed'))
  }

  /**
   * A broker that came back without our account gets it anew. One that still has it lets somebody else in with it: then it is not
   * ours to take back. Either is said once for each outage.
   */
  function comeBackAfterRefusals(of: MqttClient): void {
    let told = false
    let restoring = false
    of.on('connect', () => (told = false))
    of.on('error', (error) => {
      const refusal = refusals[(error as { code?: number }).code ?? 0]
      if (refusal === undefined || restoring) return
      restoring = true
      restoreAccount(of)
        .then(
          (restored) => {
            if (!told) logger.warn({ broker: where }, afterRefusal(refusal, restored))
            told = true
          },
          (reason: unknown) => logger.debug({ err: reason }, 'our account on the MQTT broker cannot be looked at'),
        )
        .finally(() => (restoring = false))
    })
  }

  /** Whether the account had to be made again. */
  async function restoreAccount(of: MqttClient): Promise<boolean> {
    const restored = await accounts?.restorePlatform()
    if (restored === undefined) return false
    of.options.password = new URL(restored).password
    return true
  }

  async function connected(of: MqttClient): Promise<void> {
    let last: Error | undefined
    const outcome = new Promise<void>((resolve, reject) => {
      const expired = setTimeout(() => reject(unreachable(last)), patienceMs)
      of.on('error', (error) => {
        last = error
        const refusal = refusals[(error as { code?: number }).code ?? 0]
        if (refusal === undefined) return
        clearTimeout(expired)
        reject(new BrokerError('broker/refused', `The MQTT broker at ${where} cannot be used: ${refusal}.`, error))
      })
      of.once('connect', () => {
        clearTimeout(expired)
        resolve()
      })
    })
    of.connect()
    try {
      await outcome
    } catch (error) {
      client = undefined
      await of.endAsync(true)
      throw error
    }
  }

  const unreachable = (cause: Error | undefined) =>
    new BrokerError(
      'broker/unreachable',
      `The MQTT broker at ${where} does not answer (${cause ? reasonOf(cause) : 'no answer in time'}).`,
      cause,
    )

  return {
    name: 'broker',
    start,
    async stop() {
      const ending = client
      client = undefined
      // What is not acknowledged by now comes again at the next start.
      await ending?.endAsync(true)
      await accounts?.close()
    },
    url: `${new URL(url).protocol}//${where}`,
    publish(topic, payload) {
      client?.publish(topic, payload, { qos: 0 })
    },
    hears: () => true,
    admitted: async () => (accounts ? accounts.usernames() : []),
    expel: async (username) => accounts?.revoke(username),
    stats: () => ({ connections: client?.connected ? 1 : 0, refused: 0 }),
  }
}

const afterRefusal = (refusal: string, restored: boolean): string =>
  restored
    ? 'the MQTT broker had lost our account, which is made again; those of devices and gateways need its dynamic-security.json back, or new credentials'
    : `the MQTT broker does not let us in any more: ${refusal}; if no other Fettle uses its account, start this one again`
