import type { IPublishPacket, MqttClient, Packet } from 'mqtt'

type Sent = (error?: Error) => void
/** The client's own way of sending; private, so its version is pinned and `external-broker.servers.test.ts` watches over it. */
interface Sender {
  _sendPacket(packet: Packet, sent?: Sent, ...rest: unknown[]): void
}

/**
 * Lets messages be taken side by side and sends each PUBACK when its message was taken, in the order of arrival (MQTT 3.1.1
 * §4.6). The client by itself takes one message after another, so each would wait for the disk alone. How many may be under
 * way is the broker's window, `receiveMaximum`. A message that is not taken is not acknowledged, nor is any after it: `onFailed`
 * ends the connection, and the broker delivers them again.
 */
export function holdAcknowledgements(
  client: MqttClient,
  take: (packet: IPublishPacket) => Promise<(() => void) | undefined>,
  onFailed: (error: unknown) => void,
): void {
  const sender = client as unknown as Sender
  const send = sender._sendPacket.bind(client)
  const taken = new Map<number, Promise<(() => void) | undefined>>()
  let tail: Promise<void> = Promise.resolve()
  /** What was held for a connection that is gone must not be sent on the next: the broker delivers it again there. */
  let connection = 0
  client.on('close', () => {
    connection++
    taken.clear()
    tail = Promise.resolve()
  })

  client.handleMessage = (packet, done) => {
    const outcome = take(packet)
    outcome.catch(() => {}) // awaited by its acknowledgement, or below
    if (packet.qos > 0 && packet.messageId !== undefined) {
      taken.set(packet.messageId, outcome)
      done()
    } else {
      // Nothing but the socket holds a sender of QoS 0 back.
      outcome.then(
        (after) => {
          after?.()
          done()
        },
        (error: unknown) => onFailed(error),
      )
    }
  }

  sender._sendPacket = (packet, sent, ...rest) => {
    const outcome = packet.cmd === 'puback' && packet.messageId !== undefined ? taken.get(packet.messageId) : undefined
    if (!outcome || packet.messageId === undefined) return send(packet, sent, ...rest)
    taken.delete(packet.messageId)
    const mine = connection
    const before = tail
    tail = release()
    tail.catch(() => {})
    sent?.() // the next message may come

    async function release(): Promise<void> {
      const [earlier, own] = await Promise.allSettled([before, outcome])
      if (mine !== connection || earlier.status === 'rejected') throw connectionIsOver
      if (own.status === 'rejected') {
        onFailed(own.reason)
        throw connectionIsOver
      }
      // What the sender is told goes first: had it come after, a crash in between would leave the sender waiting for ever, as
      // the broker would not deliver the message again.
      own.value?.()
      send(packet, undefined, ...rest)
    }
  }
}

/** Keeps every later acknowledgement of the connection from being sent. */
const connectionIsOver = new Error('the connection of this acknowledgement is over')
