import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import { logTrouble } from '@fettle/db/away'
import { deviceAckTopic, gatewayAckTopic, type UplinkRejection } from '@fettle/contracts/uplink'
import type { Clock } from '@fettle/platform/clock'
import type { Logger } from '@fettle/platform/logging'
import { retry } from '@fettle/platform/retry'
import type { AfterRelease, Broker, ReceivedMessage } from './broker/broker.ts'
import { type Identity, publishable } from './broker/topics.ts'
import type { Catalogue } from './catalogue.ts'
import { deviceAck } from './device-ack.ts'
import { refusalOf, type DeadLetterBox } from './dead-letters.ts'
import { acknowledgedBatches, gatewayAcks } from './gateway-acks.ts'
import type { GatewayPresence } from './gateway-presence.ts'
import type { Refusal } from './refusals.ts'
import { takeBatch, takeTelemetry, type Arrival, type Taken, type TakenBatch } from './take.ts'

export interface UplinkOptions {
  log: PartitionedLog
  putAside: DeadLetterBox
  catalogue: Catalogue
  presence: Pick<GatewayPresence, 'seen' | 'reported'>
  clock: Clock
  logger: Logger
  /** Gives up waiting for the database. */
  signal: AbortSignal
  broker: Pick<Broker, 'publish' | 'hears'>
  /** Told of every append that failed, besides the connection whose message it was. */
  onAppendFailed(error: unknown): void
}

export interface UplinkStats {
  messages: number
  /** Readings that are in the log. */
  readings: number
  /** Readings, or messages that could not be read, by reason; each is in a dead letter. */
  rejected: Partial<Record<UplinkRejection, number>>
}

/** What becomes of a message between the broker and the log. */
export function createUplink(options: UplinkOptions) {
  const { log, putAside, catalogue, presence, clock, logger, signal, broker, onAppendFailed } = options
  const acksOf = new WeakMap<object, ReturnType<typeof gatewayAcks>>()
  const acknowledged = acknowledgedBatches()
  /** Settles when the appends of all messages of a connection have begun; absent when they have. */
  const beginning = new WeakMap<object, Promise<void>>()
  const stats: UplinkStats = { messages: 0, readings: 0, rejected: {} }

  /**
   * Resolves when the message may be acknowledged: its good readings are durable in the log and what was refused is in the dead
   * letters. While the database is away only messages with something to refuse wait. Rejects when the log takes nothing more.
   */
  async function receive(message: ReceivedMessage): Promise<AfterRelease | undefined> {
    const receivedAtMs = clock.now()
    stats.messages++
    switch (publishable(message.identity, message.topic)) {
      case 'telemetry':
        return receiveTelemetry(message, receivedAtMs)
      case 'batch':
        return receiveBatch(message, receivedAtMs)
      case 'status':
        await receiveStatus(message, receivedAtMs)
        return undefined
      default: {
        const { topic, identity } = message
        await refuse(message, receivedAtMs, [refusalOf('topic/foreign', `${topic} is no topic of ${identity.key}`)])
        return undefined
      }
    }
  }

  async function receiveTelemetry(message: ReceivedMessage, receivedAtMs: number): Promise<AfterRelease | undefined> {
    const { key } = message.identity
    const { taken, durable } = await begin(message, receivedAtMs, (arrival) => takeTelemetry(key, arrival))
    await durable
    const topic = deviceAckTopic(key)
    return broker.hears(topic) ? () => broker.publish(topic, JSON.stringify(deviceAck(taken))) : undefined
  }

  async function receiveBatch(message: ReceivedMessage, receivedAtMs: number): Promise<AfterRelease> {
    const { key } = message.identity
    presence.seen(key)
    const isKnown = ({ batch }: TakenBatch) => batch !== undefined && acknowledged.has(key, batch)
    const { taken, durable } = await begin(message, receivedAtMs, (arrival) => takeBatch(key, arrival), isKnown)
    await durable
    return () => {
      const acks = acksOf.get(message.connection) ?? gatewayAcks()
      acksOf.set(message.connection, acks)
      const ack = acks.answer(taken.batch, taken.rejected)
      if (!ack) return
      acknowledged.add(key, ack)
      broker.publish(gatewayAckTopic(key), JSON.stringify(ack))
    }
  }

  async function receiveStatus(message: ReceivedMessage, receivedAtMs: number): Promise<void> {
    const { identity, payload } = message
    const status = objectIn(payload)
    if (status) presence.reported(identity.key, status)
    else await refuse(message, receivedAtMs, [refusalOf('payload/wrong-shape', 'a status is a JSON object')])
  }

  /**
   * Takes a message and begins to append it, after the messages of its connection that came before: none may overtake another,
   * also when one has to wait for the catalogue because it is about something unknown, which may have been entered a moment ago.
   */
  function begin<T extends Taken>(
    message: ReceivedMessage,
    receivedAtMs: number,
    decode: (arrival: Arrival) => T,
    isKnown: (taken: T) => boolean = () => false,
  ): Begun<T> | Promise<Begun<T>> {
    const { connection, identity, payload } = message
    const findAsset = identity.kind === 'gateway' ? catalogue.behind(identity.key) : catalogue.find
    const decoded = () => decode({ payload, receivedAtMs, findAsset })
    const begun = (taken: T): Begun<T> => ({
      taken,
      durable: isKnown(taken) ? Promise.resolve() : keep(message, receivedAtMs, taken),
    })
    const before = beginning.get(connection)
    const first = before ? undefined : decoded()
    if (first && !(namesUnknown(first) && mayHaveNews(identity))) return begun(first)

    const inTurn = (async () => {
      await before
      const taken = first ?? decoded()
      return begun(namesUnknown(taken) && (await lookAgain(identity)) ? decoded() : taken)
    })()
    const ended = inTurn.then(
      () => {},
      () => {},
    )
    beginning.set(connection, ended)
    void ended.then(() => beginning.get(connection) === ended && beginning.delete(connection))
    return inTurn
  }

  /** A gateway that proved who it is but is not in the catalogue was added a moment ago. */
  function mayHaveNews({ kind, key }: Identity): boolean {
    return catalogue.isOld() || (kind === 'gateway' && !catalogue.knowsGateway(key))
  }

  /** True when the catalogue was read anew. */
  async function lookAgain({ kind, key }: Identity): Promise<boolean> {
    if (kind !== 'gateway' || catalogue.knowsGateway(key)) return catalogue.reloadIfOld()
    return catalogue.load().then(
      () => true,
      () => false,
    )
  }

  async function keep(message: ReceivedMessage, receivedAtMs: number, taken: Taken): Promise<void> {
    const appended = Promise.all(taken.records.map(({ partition, payload }) => log.append(partition, payload)))
    appended.catch(onAppendFailed)
    await Promise.all([appended, refuse(message, receivedAtMs, taken.refusals)])
    stats.readings += taken.accepted
  }

  async function refuse(message: ReceivedMessage, receivedAtMs: number, refusals: readonly Refusal[]): Promise<void> {
    if (refusals.length === 0) return
    const { identity, topic, payload } = message
    const refused = { source: identity.key, topic, payload, receivedAtMs }
    await retry(() => putAside(refused, refusals), {
      signal,
      maxMs: 5_000,
      onRetry: ({ error }) => logTrouble(logger, error, 'cannot write a dead letter; its message waits'),
    })
    for (const { code, readings } of refusals) stats.rejected[code] = (stats.rejected[code] ?? 0) + readings
  }

  return { receive, stats: (): UplinkStats => ({ ...stats, rejected: { ...stats.rejected } }) }
}

interface Begun<T extends Taken> {
  readonly taken: T
  /** Rejects when the log takes nothing more. */
  readonly durable: Promise<void>
}

function namesUnknown({ refusals }: Taken): boolean {
  return refusals.some(({ code }) => code === 'device/unknown' || code === 'signal/unknown')
}

function objectIn(payload: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
