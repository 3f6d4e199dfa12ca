import type { UplinkRejection } from '@fettle/contracts/uplink'
import type { DbOrTx } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import { payloadText, plainText } from './payload-text.ts'
import type { Refusal } from './refusals.ts'

/** A message of which something was refused. */
export interface RefusedMessage {
  /** Device key or gateway key. */
  readonly source: string
  readonly topic: string
  readonly payload: Buffer
  readonly receivedAtMs: number
}

/** One row for each refusal. */
export async function writeDeadLetters(
  db: DbOrTx,
  { source, topic, payload, receivedAtMs }: RefusedMessage,
  refusals: readonly Refusal[],
): Promise<void> {
  if (refusals.length === 0) return
  await db.insert(deadLetters).values(
    refusals.map((refusal) => ({
      receivedAt: new Date(receivedAtMs),
      source,
      topic: plainText(topic),
      code: refusal.code,
      detail: plainText(refusal.detail),
      payload: refusal.payload ?? payloadText(payload),
      readings: refusal.readings,
    })),
  )
}

/** A message that is refused for what it is, not for its readings. */
export function refusalOf(code: UplinkRejection, detail: string): Refusal {
  return { code, detail, readings: 1 }
}
