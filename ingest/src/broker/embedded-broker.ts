import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { UPLINK_LIMITS } from '@fettle/contracts/uplink'
import type { Logger } from '@fettle/platform/logging'
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes'
import type { AfterRelease, Broker, Receive } from './broker.ts'
import type { Verdict } from './credentials.ts'
import { limitPackets } from './packet-limit.ts'
import { subscribable, type Identity } from './topics.ts'

export interface EmbeddedBrokerOptions {
  host: string
  /** 0 takes any free port. */
  port: number
  logger: Logger
  verify(username: string | undefined, secret: Uint8Array | undefined): Promise<Verdict>
  receive: Receive
}

interface Session {
  readonly identity: Identity
  /** Settles when all messages so far are released. */
  tail: Promise<void>
  /** A message of it was not taken, so nothing after it may be acknowledged. */
  failed: boolean
  /** Its acknowledgement topic, once it subscribed to it. */
  hears?: string
}

/** MQTT's longest topic with its length field and the message id, and a byte more: a cut message is still seen to be too large. */
const maxPacketBytes = UPLINK_LIMITS.messageBytes + 2 + 65_535 + 2 + 1

/** CONNACK codes of MQTT 3.1.1 §3.2.2.3. */
const serverUnavailable = 3
const badCredentials = 4

/**
 * The embedded MQTT broker. It only takes in: messages of clients reach `receive` and nobody else, nothing is retained, and a
 * session ends with its connection. So no client can fill its memory, and no client can hear or disturb another.
 */
export function createEmbeddedBroker({ host, port, logger, verify, receive }: EmbeddedBrokerOptions): Broker {
  const sessions = new Map<Client, Session>()
  /** How many sessions subscribed, by topic. */
  const listeners = new Map<string, number>()
  let refused = 0
  let running: { aedes: Aedes; server: Server; sockets: Set<Socket> } | undefined

  async function authenticate(client: Client, username: string | undefined, secret: Uint8Array | undefined) {
    const verdict = await verify(username, secret)
    if (verdict === 'unavailable') throw refusal('the database cannot be reached', serverUnavailable)
    if (verdict === 'refused') {
      refused++
      logger.debug({ username, clientId: client.id }, 'refused an MQTT connection for its credentials')
      throw refusal('bad user name or password', badCredentials)
    }
    if (client.closed) return
    sessions.set(client, { identity: verdict, tail: Promise.resolve(), failed: false })
    // A client id is a client's own choice: within its identity, so that nobody can push another one out.
    client.id = `${verdict.key}/${client.id}`
  }

  function authorizePublish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const session = client && sessions.get(client)
    if (!session) return done(new Error('a message without a session'))
    const { topic, payload } = packet
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload
    const taken = receive({ identity: session.identity, connection: session, topic, payload: bytes })
    session.tail = releaseAfter(session, session.tail, taken, done)
  }

  /** First in, first out: PUBACKs of a connection in the order of its messages, as MQTT 3.1.1 §4.6 asks. */
  async function releaseAfter(
    session: Session,
    before: Promise<void>,
    taken: Promise<AfterRelease | undefined>,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const [outcome] = await Promise.allSettled([taken, before])
    if (session.failed) return done(new Error('a message before this one was not taken'))
    if (outcome.status === 'rejected') {
      session.failed = true
      return done(outcome.reason instanceof Error ? outcome.reason : new Error(String(outcome.reason)))
    }
    done(null)
    outcome.value?.()
  }

  function listen(session: Session, topic: string): void {
    if (session.hears === topic) return
    session.hears = topic
    listeners.set(topic, (listeners.get(topic) ?? 0) + 1)
  }

  function forget(client: Client): void {
    const topic = sessions.get(client)?.hears
    sessions.delete(client)
    if (topic === undefined) return
    const others = (listeners.get(topic) ?? 1) - 1
    if (others === 0) listeners.delete(topic)
    else listeners.set(topic, others)
  }

  async function start(): Promise<void> {
    const aedes = await Aedes.createBroker({
      // A client that does not read holds up the others until then.
      drainTimeout: 2_000,
      connectTimeout: 10_000,
      preConnect(_, packet, done) {
        packet.clean = true
        done(null, true)
      },
      authenticate(client, username, password, done) {
        authenticate(client, username, password).then(
          () => done(null, true),
          (error: AuthenticateError) => done(error, null),
        )
      },
      authorizePublish,
      authorizeSubscribe(client, subscription, done) {
        const session = sessions.get(client)
        const allowed = session !== undefined && subscribable(session.identity, subscription.topic)
        if (!allowed) logger.debug({ client: client.id, topic: subscription.topic }, 'refused a subscription')
        if (allowed) listen(session, subscription.topic)
        done(null, allowed ? subscription : null)
      },
    })
    keepToOurselves(aedes)
    aedes.on('clientError', (client, error) =>
      logger.debug({ client: client.id, err: error }, 'an MQTT connection failed'),
    )
    aedes.on('connectionError', (_, error) => logger.debug({ err: error }, 'an MQTT connection failed before it began'))

    const sockets = new Set<Socket>()
    const server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 }, (socket) => {
      const client = aedes.handle(socket)
      limitPackets(client, { maxBytes: maxPacketBytes })
      sockets.add(socket)
      socket.once('close', () => {
        sockets.delete(socket)
        forget(client)
      })
    })
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      })
    } catch (error) {
      await new Promise<void>((resolve) => aedes.close(resolve))
      throw error
    }
    running = { aedes, server, sockets }
  }

  return {
    name: 'broker',
    start,
    async stop() {
      if (!running) return
      const { aedes, server, sockets } = running
      running = undefined
      const closed = new Promise((resolve) => server.close(resolve))
      await new Promise<void>((resolve) => aedes.close(resolve))
      for (const socket of sockets) socket.destroy() // those that never said CONNECT
      await closed
      sessions.clear()
      listeners.clear()
    },
    get url() {
      const address = running?.server.address() as AddressInfo | null | undefined
      return `mqtt://${reachable(host)}:${address?.port ?? port}`
    },
    publish(topic, payload) {
      running?.aedes.publish({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false }, () => {})
    },
    hears: (topic) => listeners.has(topic),
    admitted: async () => [...new Set([...sessions.values()].map(({ identity }) => identity.key))],
    async expel(username) {
      for (const [client, { identity }] of sessions) if (identity.key === username) client.close()
    },
    stats: () => ({ connections: running?.aedes.connectedClients ?? 0, refused }),
  }
}

/** Who listens on every address is reached on loopback. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

function refusal(message: string, returnCode: number): AuthenticateError {
  return Object.assign(new Error(message), { returnCode })
}

/**
 * After a message was authorised, that is taken, aedes would store it when it is retained, queue it for sessions, and look for
 * subscribers. Nobody may hear it, so none of this is done. What the platform itself publishes goes its way.
 */
function keepToOurselves(aedes: Aedes): void {
  const publish = aedes.publish.bind(aedes)
  type Done = (error?: Error) => void
  aedes.publish = (packet: PublishPacket, client: Done | Client | null, done?: Done) => {
    if (typeof client === 'function') publish(packet, client)
    else if (client && done) done()
    else publish(packet, done ?? (() => {}))
  }
}
