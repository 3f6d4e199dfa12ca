import type { Service } from '@fettle/platform/lifecycle'
import type { Identity } from './topics.ts'

export interface ReceivedMessage {
  readonly identity: Identity
  /** The same object for all messages whose order counts: those of one connection, or of one sender behind a foreign broker. */
  readonly connection: object
  readonly topic: string
  readonly payload: Buffer
}

/** Called when the message's PUBACK goes out, in the order of the messages of a connection. */
export type AfterRelease = () => void

/**
 * Takes a message. It is acknowledged when the promise resolves, and all messages of its connection before it too; so nobody is
 * read faster than messages are taken. A rejection ends the connection without acknowledgement.
 */
export type Receive = (message: ReceivedMessage) => Promise<AfterRelease | undefined>

export interface BrokerStats {
  connections: number
  /** Connections refused for their credentials since the start; a foreign broker counts its own. */
  refused: number
}

/** Where devices and gateways send to: the broker in this process, or one of somebody else. */
export interface Broker extends Service {
  /** Where devices reach it, once started, without anybody's credentials; from this machine when it is the embedded one. */
  readonly url: string
  /** To whoever subscribed, QoS 0: what must not be lost is sent again for another reason. */
  publish(topic: string, payload: string): void
  /** Whether somebody may be listening to a topic; a foreign broker does not tell, so there it is true. */
  hears(topic: string): boolean
  /** Who can send right now: usernames of connections here, of accounts on a foreign broker that we administer. */
  admitted(): Promise<string[]>
  /** Ends the connection of somebody without a credential, and the account where there is one. */
  expel(username: string): Promise<void>
  stats(): BrokerStats
}
