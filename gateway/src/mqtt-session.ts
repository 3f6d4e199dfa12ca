import { reasonOf } from '@fettle/platform/reason'
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'

/** One MQTT connection from beginning to end: it never reconnects by itself, that is the supervisor's decision. */
export interface MqttSession {
  readonly client: MqttClient
  /** Rejects when the broker does not grant every subscription. */
  subscribe(filters: readonly { filter: string; qos: 0 | 1 }[]): Promise<void>
  /** Resolves when the session was cancelled; rejects with the reason when the connection or a handler failed. */
  readonly ended: Promise<void>
  /** Lets go of the connection at once. What the broker has not acknowledged by then is nobody's promise. */
  close(): void
}

export interface MqttSessionOptions extends Pick<
  IClientOptions,
  'clientId' | 'username' | 'password' | 'ca' | 'clean'
> {
  url: string
  /** How long connecting may take. */
  timeoutMs: number
  /**
   * Gets each message. At QoS 1 it is acknowledged to the broker when this resolves, one after another; at QoS 0 up to
   * `unacknowledgedWindow` may be under way. A rejection ends the session, and leaves the message to be delivered again.
   */
  onMessage(topic: string, payload: Buffer): Promise<void>
}

const unacknowledgedWindow = 256

/** Connects once. Rejects with the broker's or the network's reason, or with the signal's when it aborts meanwhile. */
export async function openMqttSession(options: MqttSessionOptions, signal: AbortSignal): Promise<MqttSession> {
  const { url, timeoutMs, onMessage, ...credentials } = options
  signal.throwIfAborted()
  const client = connect(url, {
    ...credentials,
    manualConnect: true,
    reconnectPeriod: 0,
    connectTimeout: timeoutMs,
    keepalive: 30,
    resubscribe: false,
  })
  let finish = () => {}
  let fail = (_: unknown) => {}
  const ended = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  ended.catch(() => {}) // whoever runs the session awaits it later
  client.on('error', (error) => fail(new Error(reasonOf(error), { cause: error })))
  client.on('close', () => fail(new Error('the broker closed the connection')))
  client.handleMessage = receive(onMessage, fail)

  const onAbort = () => finish()
  signal.addEventListener('abort', onAbort, { once: true })
  const close = () => {
    signal.removeEventListener('abort', onAbort)
    finish()
    client.end(true)
  }

  const connected = new Promise<void>((resolve) => client.once('connect', () => resolve()))
  client.connect()
  try {
    await Promise.race([connected, ended])
    signal.throwIfAborted()
  } catch (error) {
    close()
    throw error
  }
  return {
    client,
    // A connection that is lost meanwhile leaves the client's own promise open.
    subscribe: (filters) => Promise.race([subscribe(client, filters), ended]),
    ended,
    close,
  }
}

function receive(onMessage: MqttSessionOptions['onMessage'], fail: (error: unknown) => void) {
  let underWay = 0
  return ({ topic, payload, qos }: IPublishPacket, done: (error?: Error) => void): void => {
    const goesOn = qos === 0 && underWay < unacknowledgedWindow
    underWay += 1
    onMessage(topic, Buffer.from(payload))
      .then(() => {
        if (!goesOn) done()
      }, fail)
      .finally(() => (underWay -= 1))
    if (goesOn) done()
  }
}

async function subscribe(client: MqttClient, filters: readonly { filter: string; qos: 0 | 1 }[]): Promise<void> {
  const wanted = Object.fromEntries(filters.map(({ filter, qos }) => [filter, { qos }]))
  try {
    await client.subscribeAsync(wanted)
  } catch (error) {
    const granted = (error as { packet?: { granted?: number[] } }).packet?.granted
    if (!granted) throw error
    const refused = Object.keys(wanted).filter((_, index) => (granted[index] ?? 0) >= 128)
    throw new Error(`the broker refuses the subscription to ${refused.join(', ')}`, { cause: error })
  }
}
