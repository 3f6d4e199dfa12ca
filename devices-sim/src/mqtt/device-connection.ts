import type { Logger } from '@fettle/platform/logging'
import { backoff, delay } from '@fettle/platform/retry'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'

export interface DeviceConnectionOptions {
  url: string
  clientId: string
  /** Asked before every attempt: a will may differ from session to session. */
  session: () => Pick<IClientOptions, 'username' | 'password' | 'will'>
  /** A session begins. */
  onConnected?: (client: MqttClient) => void
  logger: Logger
}

/** A device's own MQTT connection, which comes back by itself until it is told to end. */
export interface DeviceConnection {
  connect(): void
  disconnect(): Promise<void>
  /** Of the present session; undefined while there is none. What is under way when it ends fails. */
  client(): MqttClient | undefined
}

export function createDeviceConnection(options: DeviceConnectionOptions): DeviceConnection {
  const { url, clientId, onConnected, logger } = options
  let connected: MqttClient | undefined
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

  /** One connection from its beginning to its end; resolves to why it ended. */
  async function session(signal: AbortSignal, onUp: () => void): Promise<string> {
    const client = connect(url, {
      ...options.session(),
      clientId,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      keepalive: 30,
    })
    let reason = 'connection closed'
    client.on('connect', () => {
      connected = client
      onUp()
      onConnected?.(client)
    })
    client.on('error', (error) => {
      reason = error.message || 'connection refused'
    })
    const end = () => client.end(true)
    signal.addEventListener('abort', end, { once: true })
    try {
      if (!signal.aborted) await new Promise<void>((resolve) => client.once('close', () => resolve()))
    } finally {
      signal.removeEventListener('abort', end)
      if (connected === client) connected = undefined
      client.end(true)
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
      connected = undefined
      ending?.abort.abort()
      await ending?.ended
    },
    client: () => connected,
  }
}
