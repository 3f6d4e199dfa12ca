import type {
  ClientSession,
  ClientSessionPublishService,
  ClientSessionRawSubscriptionService,
  StatusCode,
} from 'node-opcua-client'
import { briefly, OpcuaFault, refusalOf } from './fault.ts'

/** The library leaves these out of its type of a session; the session has them, and the tests would notice if not. */
export type Session = ClientSession &
  ClientSessionRawSubscriptionService &
  ClientSessionPublishService & { setPublishingMode(enabled: boolean, subscriptionId: number): Promise<StatusCode> }

/** Awaits the answer to a service that must work; rejects with an `OpcuaFault` of code `lost`. */
export async function request<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof OpcuaFault) throw error
    throw new OpcuaFault('lost', refusalOf(error) ?? briefly(error), { cause: error })
  }
}

/** Whether a service that needs the subscription works. */
export async function isThere(answer: Promise<StatusCode>): Promise<boolean> {
  try {
    return (await answer).isGood()
  } catch (error) {
    if (refusalOf(error) !== undefined) return false
    throw new OpcuaFault('lost', briefly(error), { cause: error })
  }
}

/** Servers limit what a call may have. */
export function* batchesOf<T>(items: readonly T[], size: number): Iterable<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
