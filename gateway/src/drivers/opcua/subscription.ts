import type { CreateSubscriptionResponse, DataValue, NotificationMessage, PublishResponse } from 'node-opcua-client'
import { untilAborted } from '@fettle/platform/until-aborted'
import type { OpcuaSource } from './config.ts'
import type { Connection } from './connect.ts'
import { OpcuaFault, refusalOf } from './fault.ts'
import { registerItems, type Item, type Refusals } from './items.ts'
import { library } from './library.ts'
import type { ServerClock } from './server-clock.ts'
import { batchesOf, isThere, request, type Session } from './session.ts'
import { politely } from './waiting.ts'

/** What the server has seen. A message is acknowledged once the next one is asked for. */
export interface Message {
  values: { handle: number; value: DataValue }[]
  /** True for a message that was sent before and not acknowledged. */
  isRepeated: boolean
  /** True when the server has nothing older waiting: what comes next is new. */
  isUpToDate: boolean
}

/** A session and its one subscription, which the server keeps for a while when the connection is lost. */
export interface Subscription {
  /** Names of namespaces, by their numbers at this server. */
  namespaces(): Promise<string[]>
  /** Registers items, 1,000 a call or fewer where the server says so, in place of those that had their handles before; answers by
   * handle why it refused some. */
  monitor(items: readonly Item[]): Promise<Refusals>
  /** Current values, in order. */
  read(nodeIds: readonly string[]): Promise<DataValue[]>
  /**
   * All that the server sees, without end, in order. Not asking for the next message is the back-pressure: the server then
   * keeps `queueSize` values of each item. Throws an `OpcuaFault` when the connection or the subscription is gone.
   */
  messages(signal: AbortSignal): AsyncGenerator<Message, never, void>
  /** Goes on over a new connection, from the first message that was not acknowledged; false when the server has forgotten it. */
  resume(connection: Connection): Promise<boolean>
  /** Tells the server that it need keep nothing. Never takes long. */
  end(): Promise<void>
}

/** The server shows that it lives at least this often, when there is nothing else to say. */
const longestSilenceMs = 5_000
/** Requests for messages under way: the next one is there before the last was answered. */
const pipelined = 2
const itemsPerCall = 1_000
/** Keeps a message far below the library's limit of 800 kB, however much a server has queued. */
const valuesPerMessage = 5_000

/** Nodes that every server has (Part 6, annex A). */
const namespaceArray = 'i=2255'
const maxNodesPerRead = 'i=11705'
const maxItemsPerCall = 'i=11714'

/** Begins a session and a subscription without items. */
export async function subscribe(
  source: OpcuaSource,
  connection: Connection,
  clock: ServerClock,
): Promise<Subscription> {
  const session = (await connection.login()) as Session
  try {
    const [nodes, items] = await request(
      session.read(
        [maxNodesPerRead, maxItemsPerCall].map((nodeId) => ({ nodeId, attributeId: library.AttributeIds.Value })),
      ),
    )
    return createSubscription(source, connection, {
      session,
      clock,
      created: await request(session.createSubscription(wishes(source))),
      nodesPerRead: limitOf(nodes),
      itemsPerCall: limitOf(items),
    })
  } catch (error) {
    await politely(session.close(true))
    throw error
  }
}

const wishes = ({ publishMs, resumeMs, timeoutMs }: OpcuaSource) => {
  const requestedMaxKeepAliveCount = Math.max(1, Math.round(Math.min(longestSilenceMs, timeoutMs) / publishMs))
  return {
    requestedPublishingInterval: publishMs,
    requestedMaxKeepAliveCount,
    requestedLifetimeCount: Math.max(3 * requestedMaxKeepAliveCount, Math.ceil(resumeMs / publishMs)),
    maxNotificationsPerPublish: valuesPerMessage,
    publishingEnabled: true,
    priority: 0,
  }
}

/** Zero, or nothing at all, says that the server has no limit of its own. */
const limitOf = (value: DataValue | undefined): number =>
  Math.min(itemsPerCall, Number(value?.value?.value ?? 0) || itemsPerCall)

interface Begun {
  session: Session
  clock: ServerClock
  created: CreateSubscriptionResponse
  nodesPerRead: number
  itemsPerCall: number
}

function createSubscription(source: OpcuaSource, first: Connection, begun: Begun): Subscription {
  const { session, created } = begun
  const { subscriptionId, revisedPublishingInterval, revisedMaxKeepAliveCount, revisedLifetimeCount } = created
  const silenceMs = pipelined * revisedPublishingInterval * revisedMaxKeepAliveCount + source.timeoutMs
  const keptMs = Math.min(session.timeout, revisedPublishingInterval * revisedLifetimeCount)
  /** Often enough that no idle connection is taken for a dead one, by the library or by the server. */
  const heartbeatMs = Math.min(longestSilenceMs, source.timeoutMs / 2, keptMs / 3)
  /** The server's own numbers of the items, by handle. */
  const itemIds = new Map<number, number>()
  let connection = first
  /** Of the last message that was handled, and those that the server need not keep any longer. */
  let sequence = 0
  let handled: number[] = []
  let catchesUp = false
  let heart = { stopped: new Promise<never>(() => {}), end: () => {} }

  const publish = (): Promise<PublishResponse> => {
    const subscriptionAcknowledgements = handled.map((sequenceNumber) => ({ subscriptionId, sequenceNumber }))
    handled = []
    const asked = new library.PublishRequest({
      requestHeader: { timeoutHint: silenceMs },
      subscriptionAcknowledgements,
    })
    const answered = new Promise<PublishResponse>((resolve, reject) => {
      session.publish(asked, (error, response) => {
        if (error || !response) return reject(error)
        begun.clock.heard(response.notificationMessage.publishTime?.getTime() ?? NaN)
        resolve(response)
      })
    })
    answered.catch(() => {}) // of interest when its turn comes
    return answered
  }

  /** A message that was sent while the connection broke; undefined when there is none. */
  const republish = (retransmitSequenceNumber: number): Promise<NotificationMessage | undefined> =>
    new Promise((resolve, reject) => {
      session.republish(
        new library.RepublishRequest({ subscriptionId, retransmitSequenceNumber }),
        (error, response) => {
          if (response && !error) resolve(response.notificationMessage)
          else if (refusalOf(error) === 'BadMessageNotAvailable') resolve(undefined)
          else reject(error)
        },
      )
    })

  /** Messages that were sent while the connection broke: all from the next one on, for as long as there are any. */
  async function* catchUp(signal: AbortSignal): AsyncGenerator<Message, void, void> {
    while (yield* repeat(sequence + 1, signal));
  }

  /** A server that kept fewer messages than it sent has a gap before the first that it kept. */
  async function* fillGap({ availableSequenceNumbers, notificationMessage }: PublishResponse, signal: AbortSignal) {
    const isMissed = (number: number) => number > sequence && number < notificationMessage.sequenceNumber
    for (const number of Array.from(availableSequenceNumbers ?? []).filter(isMissed)) yield* repeat(number, signal)
  }

  async function* repeat(number: number, signal: AbortSignal): AsyncGenerator<Message, boolean, void> {
    const message = await untilLost(republish(number), signal)
    if (!message) return false
    yield { values: valuesOf(message), isRepeated: true, isUpToDate: false }
    acknowledge(message)
    return true
  }

  function acknowledge({ sequenceNumber }: NotificationMessage): void {
    sequence = sequenceNumber
    handled.push(sequenceNumber)
  }

  /**
   * However long we are made to wait between two messages, the server is not to forget us; and however seldom it publishes,
   * we are to notice soon that it is gone.
   */
  function beat() {
    let stop = (_: OpcuaFault) => {}
    const stopped = new Promise<never>((_, reject) => (stop = reject))
    stopped.catch(() => {}) // of interest only to whoever waits
    const forgotten = new OpcuaFault('lost', 'the server has forgotten the subscription')
    const timer = setInterval(() => {
      isThere(session.setPublishingMode(true, subscriptionId)).then((there) => there || stop(forgotten), stop)
    }, heartbeatMs)
    return { stopped, end: () => clearInterval(timer) }
  }

  /** Answers what the server does, and notices when it can do no more. */
  const untilLost = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
    untilAborted(Promise.race([request(answer), connection.lost, heart.stopped]), signal)

  async function read(nodeIds: readonly string[]): Promise<DataValue[]> {
    const values: DataValue[] = []
    for (const batch of batchesOf(nodeIds, begun.nodesPerRead)) {
      const nodes = batch.map((nodeId) => ({ nodeId, attributeId: library.AttributeIds.Value }))
      values.push(...(await request(session.read(nodes))))
    }
    return values
  }

  /** What was watched under the same handles before. Some servers have dropped it already, which is as well. */
  async function remove(items: readonly Item[]): Promise<void> {
    const monitoredItemIds = items.flatMap(({ handle }) => itemIds.get(handle) ?? [])
    if (monitoredItemIds.length === 0) return
    for (const { handle } of items) itemIds.delete(handle)
    await request(session.deleteMonitoredItems({ subscriptionId, monitoredItemIds }))
  }

  return {
    read,
    async namespaces() {
      const [names] = await read([namespaceArray])
      return (names?.value?.value ?? []) as string[]
    },
    async monitor(items) {
      const refusals: Refusals = new Map()
      for (const batch of batchesOf(items, begun.itemsPerCall)) {
        await remove(batch)
        const made = await registerItems(session, subscriptionId, source, batch)
        for (const [handle, id] of made.ids) itemIds.set(handle, id)
        for (const [handle, refusal] of made.refusals) refusals.set(handle, refusal)
      }
      return refusals
    },
    async *messages(signal) {
      heart = beat()
      try {
        if (catchesUp) yield* catchUp(signal)
        catchesUp = false
        const waiting: Promise<PublishResponse>[] = []
        for (;;) {
          while (waiting.length < pipelined) waiting.push(publish())
          const response = await untilLost(waiting.shift() ?? publish(), signal)
          const { notificationMessage, moreNotifications } = response
          yield* fillGap(response, signal)
          yield { values: valuesOf(notificationMessage), isRepeated: false, isUpToDate: !moreNotifications }
          // A keep-alive has the number of the next message.
          if (notificationMessage.notificationData?.length) acknowledge(notificationMessage)
        }
      } finally {
        heart.end()
      }
    },
    async resume(next) {
      if (!(await next.takeOver(session))) return false
      connection = next
      catchesUp = true
      return isThere(session.setPublishingMode(true, subscriptionId))
    },
    end: () => politely(session.close(true)),
  }
}

function valuesOf({ notificationData }: NotificationMessage): Message['values'] {
  return (notificationData ?? []).flatMap((data) => {
    if (data && 'monitoredItems' in data) {
      const { monitoredItems } = data as { monitoredItems: { clientHandle: number; value: DataValue }[] | null }
      return (monitoredItems ?? []).map(({ clientHandle, value }) => ({ handle: clientHandle, value }))
    }
    if (data && 'status' in data) {
      const { status } = data as { status: { name: string } }
      throw new OpcuaFault('lost', `the server has ended the subscription (${status.name})`)
    }
    return []
  })
}
