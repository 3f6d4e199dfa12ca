import { openMqttSession, type MqttSession } from '@fettle/gateway/mqtt-session'
import { backoff, delay } from '@fettle/platform/retry'

export interface ConnectionOptions {
  /** Of the broker, asked before each attempt: it may have moved. */
  url: () => string
  username: string
  password: string
  onMessage?: (payload: Buffer) => void
}

/**
 * Keeps a client connected until the signal aborts, as a device in the field would: `use` gets each new session and returns
 * what to do when it is over. Why a session ended is of no interest, it will be tried again anyway.
 */
export async function keepConnected(
  { url, username, password, onMessage = () => {} }: ConnectionOptions,
  use: (session: MqttSession) => Promise<() => void>,
  signal: AbortSignal,
): Promise<void> {
  const wait = backoff({ initialMs: 20, maxMs: 300 })
  while (!signal.aborted) {
    try {
      const session = await openMqttSession(
        {
          url: url(),
          username,
          password,
          clientId: `${username}-e2e`,
          clean: true,
          timeoutMs: 5e3,
          onMessage: async (_, payload) => onMessage(payload),
        },
        signal,
      )
      wait.reset()
      await useUntilEnded(session, use)
    } catch {
      await delay(wait.next(), signal).catch(() => {})
    }
  }
}

async function useUntilEnded(session: MqttSession, use: (session: MqttSession) => Promise<() => void>): Promise<void> {
  let over = () => {}
  try {
    over = await use(session)
    await session.ended
  } finally {
    session.close()
    over()
  }
}
