import { randomUUID } from 'node:crypto'
import { openMqttSession } from '@fettle/gateway/mqtt-session'

export interface RawClientOptions {
  url: string
  username: string
  password: string
  /** Heard from the beginning. */
  subscribeTo?: string
}

/** A client that sends whatever it is told, to wherever it is told, and looks at what comes back. */
export interface RawClient {
  /** Resolves with the PUBACK; rejects when the connection ends before. */
  publish(topic: string, payload: string | Buffer): Promise<void>
  /** Rejects when it is refused. */
  subscribe(filter: string): Promise<void>
  /** What arrived on `subscribeTo`, as JSON. */
  readonly heard: readonly unknown[]
  close(): void
}

/** Rejects with the broker's reason when it lets nobody in. */
export async function rawClient({ url, username, password, subscribeTo }: RawClientOptions): Promise<RawClient> {
  const heard: unknown[] = []
  const session = await openMqttSession(
    {
      url,
      username,
      password,
      clientId: randomUUID(),
      clean: true,
      timeoutMs: 1e4,
      onMessage: async (_, payload) => void heard.push(JSON.parse(payload.toString())),
    },
    new AbortController().signal,
  )
  const subscribe = (filter: string) => session.subscribe([{ filter, qos: 1 }])
  if (subscribeTo !== undefined) await subscribe(subscribeTo)
  const ended = session.ended.then(() => Promise.reject(new Error('closed')))
  ended.catch(() => {}) // told to whoever publishes
  return {
    async publish(topic, payload) {
      await Promise.race([session.client.publishAsync(topic, payload, { qos: 1 }), ended])
    },
    subscribe,
    heard,
    close: session.close,
  }
}
