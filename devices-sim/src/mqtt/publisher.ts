import type { Logger } from '@fettle/platform/logging'
import { backoff, delay } from '@fettle/platform/retry'
import { connect, type MqttClient } from 'mqtt'

export interface PublisherOptions {
  url: string
  username: string
  password: string
  clientId: string
  topic: string
  qos: 0 | 1
  logger: Logger
}

/** A device's own MQTT connection. It buffers nothing: what is sent while it is not connected is lost. */
export interface Publisher {
  connect(): void
  disconnect(): Promise<void>
  /** False when the message was dropped. */
  send(message: string): boolean
}

/** A device has little memory: with this many messages not yet acknowledged it drops new ones. */
const maxUnacknowledged = 20

export function createPublisher(options: PublisherOptions): Publisher {
  const { url, username, password, clientId, topic, qos, logger } = options
  let client: MqttClient | undefined
  let unacknowledged = 0
  let connecting: { abort: AbortController; ended: Promise<void> } | undefined

  /** Reconnects with growing pauses until aborted; says once that the link is down and once that it is back. */
  async function stayConnected(signal: AbortSignal): Promise<void> {
    const pause = backoff({ initialMs: 500, maxMs: 15_000 })
    let down = false
    while (!signal.aborted) {
      const failure = await session(signal, () => {
        pause.reset()
        if (down) logger.info({ clientId, url }, 'device is connected again')
        down = false
      })
      if (signal.aborted) return
      if (!down) logger.warn({ clientId, url, reason: failure }, 'device has lost its connection; trying again')
      down = true
      await delay(pause.next(), signal).catch(() => {}) // aborted: the loop ends
    }
  }

  /** One connection from its beginning to its end; resolves to why it ended. A new one starts with nothing in flight. */
  async function session(signal: AbortSignal, onConnected: () => void): Promise<string> {
    const credentials = { username, password, clientId }
    const current = connect(url, { ...credentials, reconnectPeriod: 0, connectTimeout: 10_000, keepalive: 30 })
    let reason = 'connection closed'
    client = current
    unacknowledged = 0
    current.on('connect', onConnected)
    current.on('error', (error) => {
      reason = error.message || 'connection refused'
    })
    const end = () => current.end(true)
    signal.addEventListener('abort', end, { once: true })
    try {
      if (!signal.aborted) await new Promise<void>((resolve) => current.once('close', () => resolve()))
    } finally {
      signal.removeEventListener('abort', end)
      if (client === current) client = undefined
      if (!signal.aborted) current.end(true)
    }
    return reason
  }

  return {
    connect() {
      if (connecting) return
      const abort = new AbortController()
      connecting = { abort, ended: stayConnected(abort.signal) }
    },
    async disconnect() {
      const ending = connecting
      connecting = undefined
      ending?.abort.abort()
      await ending?.ended
    },
    send(message) {
      const current = client
      if (!current?.connected || unacknowledged >= maxUnacknowledged) return false
      unacknowledged += 1
      current.publish(topic, message, { qos }, () => {
        if (client === current) unacknowledged -= 1
      })
      return true
    },
  }
}
