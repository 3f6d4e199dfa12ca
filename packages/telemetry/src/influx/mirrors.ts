import type { Db } from '@fettle/db/client'
import { models } from '@fettle/db/schema/assets'
import { grafanaOrganisations } from '@fettle/db/schema/grafana'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { InfluxError } from './influx-error.ts'
import { createLineWriter, type LineWriter, type LineWriterOptions } from './line-writer.ts'
import type { Points } from './lines.ts'
import type { InfluxSettings } from './settings.ts'

/**
 * No version of InfluxDB can let somebody read a part of a database, so a customer or maker who looks at dashboards has a database
 * of their own, and what is theirs is written there as well.
 */
export interface Mirrors {
  /**
   * To call after the same points are in the main database, so that whoever copies its history once a mirror is listed misses
   * nothing: what was written before is there to be copied, what comes later finds the mirror in the list. Rejects with an
   * InfluxError when it should be tried again. A mirror that is gone or closed to us is noted as broken and left out from then
   * on: one customer's dashboards must not hold up everybody's readings.
   */
  write(points: readonly Points[]): Promise<void>
  close(): void
}

export interface Mirror {
  readonly database: string
  readonly customerId: string | null
  /** Of the maker whose mirror it is. */
  readonly modelIds: readonly string[]
}

export function createMirrors(db: Db, influx: InfluxSettings, options: LineWriterOptions = {}): Mirrors {
  const writers = new Map<string, LineWriter>()

  function writerOf(database: string): LineWriter {
    const known = writers.get(database)
    if (known) return known
    const made = createLineWriter(mirrorSettings(influx, database), options)
    writers.set(database, made)
    return made
  }

  return {
    async write(points) {
      for (const mirror of await listedMirrors(db)) {
        const theirs = points.filter((each) => isOf(mirror, each.asset))
        if (theirs.length === 0) continue
        try {
          // What the main database refused is a dead letter already.
          await writerOf(mirror.database).write(theirs)
        } catch (error) {
          if (!isGone(error)) throw error
          await noteBroken(db, mirror, error)
        }
      }
    },
    close() {
      for (const writer of writers.values()) writer.close()
    },
  }
}

/** Where a mirror's readings are: on the same server, with the same credentials. */
export const mirrorSettings = (influx: InfluxSettings, database: string): InfluxSettings => ({
  ...influx,
  bucket: database,
  database,
  retentionPolicy: 'autogen',
})

function isOf({ customerId, modelIds }: Mirror, asset: Points['asset']): boolean {
  return customerId === null ? modelIds.includes(asset.modelId) : asset.customerId === customerId
}

async function listedMirrors(db: Db): Promise<Mirror[]> {
  const rows = await db
    .select({
      database: grafanaOrganisations.mirror,
      customerId: grafanaOrganisations.customerId,
      modelIds: sql<string[]>`array(
        select m.id::text from ${models} m where m.manufacturer = grafana_organisations.manufacturer)`,
    })
    .from(grafanaOrganisations)
    .where(and(isNotNull(grafanaOrganisations.mirror), isNull(grafanaOrganisations.brokenSince)))
  return rows.flatMap(({ database, ...whose }) => (database === null ? [] : [{ database, ...whose }]))
}

function isGone(error: unknown): error is InfluxError {
  return error instanceof InfluxError && ['influx/no-bucket', 'influx/forbidden'].includes(error.code)
}

async function noteBroken(db: Db, { database }: Mirror, error: InfluxError): Promise<void> {
  await db
    .update(grafanaOrganisations)
    .set({ brokenSince: new Date(), brokenReason: error.message, copiedAt: null, copiedSeries: 0 })
    .where(eq(grafanaOrganisations.mirror, database))
}
