import type { UplinkRejection } from '@fettle/contracts/uplink'
import type { DbOrTx } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import type { Clock } from '@fettle/platform/clock'
import { eq, sql } from 'drizzle-orm'
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

/** A message that is refused for what it is, not for its readings. */
export function refusalOf(code: UplinkRejection, detail: string): Refusal {
  return { code, detail, readings: 1 }
}

/** Writes one row for each refusal; resolves with their ids. */
export async function writeDeadLetters(
  db: DbOrTx,
  { source, topic, payload, receivedAtMs }: RefusedMessage,
  refusals: readonly Refusal[],
): Promise<number[]> {
  if (refusals.length === 0) return []
  const rows = await db
    .insert(deadLetters)
    .values(
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
    .returning({ id: deadLetters.id })
  return rows.map(({ id }) => id)
}

export interface DeadLetterBoxOptions {
  db: DbOrTx
  clock: Clock
  /** Unreadable messages of one sender and reason that are kept each minute; default 60. */
  unreadablePerMinute?: number
}

/**
 * Writes what was refused of live messages. Refused readings are always kept, as they can be taken again. A message that cannot be
 * read at all never can; so when a sender goes on with such, what exceeds the limit only counts up the last letter instead of
 * filling the disk.
 */
export function createDeadLetterBox({ db, clock, unreadablePerMinute = 60 }: DeadLetterBoxOptions) {
  const minutes = new Map<string, { untilMs: number; kept: number; lastId: number | undefined }>()

  function minuteOf(source: string, code: UplinkRejection) {
    const key = `${code} ${source}`
    const known = minutes.get(key)
    if (known && clock.now() < known.untilMs) return known
    const begun = { untilMs: clock.now() + 60_000, kept: 0, lastId: undefined }
    minutes.set(key, begun)
    return begun
  }

  return async function putAside(message: RefusedMessage, refusals: readonly Refusal[]): Promise<void> {
    const [first] = refusals
    // A message that cannot be read has one refusal, without readings of its own.
    if (!first || first.payload !== undefined) return void (await writeDeadLetters(db, message, refusals))
    const minute = minuteOf(message.source, first.code)
    if (minute.kept >= unreadablePerMinute && minute.lastId !== undefined) {
      const readings = sql`${deadLetters.readings} + 1`
      await db.update(deadLetters).set({ readings }).where(eq(deadLetters.id, minute.lastId))
      return
    }
    const [id] = await writeDeadLetters(db, message, refusals)
    minute.kept++
    minute.lastId = id
  }
}

export type DeadLetterBox = ReturnType<typeof createDeadLetterBox>
