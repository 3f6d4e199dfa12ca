import type { PartitionedLog } from '@fettle/bus/partitioned-log'
import type { Db } from '@fettle/db/client'
import { deadLetters } from '@fettle/db/schema/devices'
import type { Clock } from '@fettle/platform/clock'
import type { EntrySource } from '@fettle/telemetry/log-entry'
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm'
import { publishable } from './broker/topics.ts'
import type { Catalogue } from './catalogue.ts'
import { refusalOf, writeDeadLetters } from './dead-letters.ts'
import { textPayload } from './payload-text.ts'
import { takeBatch, takeTelemetry, type Taken } from './take.ts'

export interface ReplayOptions {
  db: Db
  log: PartitionedLog
  clock: Clock
  catalogue: Pick<Catalogue, 'find' | 'behind' | 'load'>
}

type DeadLetterRow = typeof deadLetters.$inferSelect

/**
 * Takes dead letters again whose replay was requested, one transaction each: their good readings go to the log, what is still
 * refused becomes a new letter, and the old one is marked. A crash in between repeats the readings, which has no effect twice.
 * Returns how many it replayed. Several processes may call it at once.
 */
export async function replayRequested({ db, log, clock, catalogue }: ReplayOptions): Promise<number> {
  for (let replayed = 0; ; replayed++) {
    const found = await db.transaction(async (tx) => {
      const [letter] = await tx
        .select()
        .from(deadLetters)
        .where(and(isNotNull(deadLetters.replayRequestedAt), isNull(deadLetters.replayedAt)))
        .orderBy(asc(deadLetters.id))
        .limit(1)
        .for('update', { skipLocked: true })
      if (!letter) return false
      // Whoever asks for a replay has just entered what was missing, and that news may still be on its way.
      if (replayed === 0) await catalogue.load()
      const nowMs = clock.now()
      const taken = takeAgain(letter, nowMs, catalogue)
      await Promise.all(taken.records.map(({ partition, payload }) => log.append(partition, payload)))
      const { source, topic } = letter
      const message = { source, topic, payload: textPayload(letter.payload), receivedAtMs: nowMs }
      await writeDeadLetters(tx, message, taken.refusals)
      await tx
        .update(deadLetters)
        .set({ replayedAt: new Date(nowMs) })
        .where(eq(deadLetters.id, letter.id))
      return true
    })
    if (!found) return replayed
  }
}

function takeAgain(letter: DeadLetterRow, nowMs: number, catalogue: ReplayOptions['catalogue']): Taken {
  const { source: key, topic } = letter
  if (letter.code === 'payload/too-large') return refused('payload/too-large', 'it was too large to be kept whole')
  const source: EntrySource = { kind: 'replay', key, deadLetterId: letter.id }
  const payload = textPayload(letter.payload)
  const arrival = { payload, receivedAtMs: letter.receivedAt.getTime(), nowMs, source }
  if (publishable({ kind: 'device', key }, topic) === 'telemetry') {
    return takeTelemetry(key, { ...arrival, findAsset: catalogue.find })
  }
  if (publishable({ kind: 'gateway', key }, topic) === 'batch') {
    return takeBatch(key, { ...arrival, findAsset: catalogue.behind(key) })
  }
  return refused('topic/foreign', `${topic} is still no topic of ${key}`)
}

function refused(...[code, detail]: Parameters<typeof refusalOf>): Taken {
  return { records: [], accepted: 0, refusals: [refusalOf(code, detail)] }
}
