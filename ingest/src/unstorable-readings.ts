import { batchTopic, telemetryTopic } from '@fettle/contracts/uplink'
import type { DbOrTx } from '@fettle/db/client'
import { assets, signals } from '@fettle/db/schema/assets'
import { gateways } from '@fettle/db/schema/devices'
import { grouped } from '@fettle/platform/grouped'
import type { EntrySource, LogEntry } from '@fettle/telemetry/log-entry'
import type { UnstorableReading } from '@fettle/telemetry/store'
import { eq, inArray } from 'drizzle-orm'
import { writeDeadLetters } from './dead-letters.ts'
import { asTelemetry, type ReadingTuple } from './take.ts'

/**
 * Turns readings that were acknowledged, and that the store refuses for good, into dead letters: one for each log entry and
 * reason, as a message of its sender that can be taken again.
 */
export async function putAsideUnstorable(tx: DbOrTx, unstorable: readonly UnstorableReading[]): Promise<void> {
  if (unstorable.length === 0) return
  const nameOf = await namesOf(tx, unstorable)
  for (const [entry, ofEntry] of grouped(unstorable, (reading) => reading.entry)) {
    for (const [detail, refused] of grouped(ofEntry, (reading) => reading.detail)) {
      const readings = refused.map(({ place }) => tupleOf(entry, place, nameOf))
      const { topic, message } = await messageOf(tx, entry.source, readings)
      const receivedAtMs = entry.receivedAtMs
      const refusal = {
        code: 'store/type-conflict' as const,
        detail: `${readings.length} of ${entry.series.length} readings: ${detail}`,
        readings: readings.length,
        payload: JSON.stringify(message),
      }
      await writeDeadLetters(tx, { source: entry.source.key, topic, payload: Buffer.of(), receivedAtMs }, [refusal])
    }
  }
}

type NameOf = (series: number) => { readonly assetKey: string; readonly signalKey: string } | undefined

async function namesOf(tx: DbOrTx, unstorable: readonly UnstorableReading[]): Promise<NameOf> {
  const series = new Set(unstorable.map(({ entry, place }) => entry.series[place] ?? -1))
  const rows = await tx
    .select({ series: signals.series, signalKey: signals.key, assetKey: assets.key })
    .from(signals)
    .innerJoin(assets, eq(assets.id, signals.assetId))
    .where(inArray(signals.series, [...series]))
  const bySeries = new Map(rows.map((row) => [row.series, row]))
  return (each) => bySeries.get(each)
}

function tupleOf({ series, timesMs, values, qualities, texts }: LogEntry, place: number, nameOf: NameOf): ReadingTuple {
  const name = nameOf(series[place] ?? -1)
  const value = values[place] ?? NaN
  const shown = texts?.get(place) ?? (Number.isNaN(value) ? null : value)
  // A signal that is in no file any more keeps at least its number.
  const key = name?.signalKey ?? `#${series[place]}`
  return [name?.assetKey ?? '', key, timesMs[place], shown, qualities[place]]
}

async function messageOf(tx: DbOrTx, source: EntrySource, readings: readonly ReadingTuple[]) {
  const asGateway = (bootId: string, seq: number) => ({
    topic: batchTopic(source.key),
    message: { gatewayId: source.key, bootId, seq, readings },
  })
  switch (source.kind) {
    case 'gateway':
      return asGateway(source.bootId, source.seq)
    case 'replay':
      if (await isGateway(tx, source.key)) return asGateway('replay', source.deadLetterId)
      break
    case 'device':
      break
    default:
      return source satisfies never
  }
  return { topic: telemetryTopic(source.key), message: asTelemetry(readings) }
}

async function isGateway(tx: DbOrTx, key: string): Promise<boolean> {
  const found = await tx.select({ id: gateways.id }).from(gateways).where(eq(gateways.key, key))
  return found.length > 0
}
