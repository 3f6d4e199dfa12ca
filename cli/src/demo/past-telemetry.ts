import type { Database } from '@fettle/db/client'
import { assets, signals } from '@fettle/db/schema/assets'
import { fleet } from '@fettle/devices-sim/fleet'
import { machinesAt, type MachineSpec, type SiteSpec } from '@fettle/devices-sim/fleet/spec'
import type { Clock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { EntryAsset } from '@fettle/telemetry/log-entry'
import type { TelemetryStore } from '@fettle/telemetry/store'
import { eq } from 'drizzle-orm'
import { oldestReading } from './oldest-reading.ts'
import { livePast } from './past-life.ts'
import { pastMs, pastSpans, type PastSpan } from './past-spans.ts'

export interface PastTelemetryOptions {
  /** Default: the demonstration's fleet. */
  readonly sites?: readonly SiteSpec[]
  readonly database: Database
  readonly store: TelemetryStore
  readonly clock: Clock
  readonly logger: Logger
}

export interface PastTelemetry extends Service {
  /** Resolves when the past is written, or could not be. */
  finished(): Promise<void>
}

/** What really arrived has a place in the log, from 0 on, and goes before what was made up for the time before. */
const beforeTheLog = -1
/** Counts on while the machine stands in for its own past, so it would jump where the present begins. */
const notRemembered = ['run_hours']
/** A past that reaches back nearly to its beginning is complete. */
const nearlyMs = 2 * 3_600_000

interface Part {
  readonly machine: KnownMachine
  readonly span: PastSpan
}

/**
 * The demonstration's machines did not begin to exist when it was started: the week before is simulated with the same
 * physics and written through the telemetry store, in the background and in small slices: first the last hours of all machines,
 * those first of which nothing else is heard, then what was before. It is written backwards, from the oldest reading that is
 * there, so what is there is left alone, and a start that was broken off is continued by the next.
 */
export function createPastTelemetry(options: PastTelemetryOptions): PastTelemetry {
  const { sites = fleet, database, store, clock, logger } = options
  const stopping = new AbortController()
  let work: Promise<void> = Promise.resolve()

  async function writeAll(startMs: number): Promise<void> {
    const machines = await knownMachines(database, store, sites, startMs)
    const parts = machines.map((machine) => missingSpans(machine, startMs).map((span): Part => ({ machine, span })))
    const most = Math.max(0, ...parts.map(({ length }) => length))
    for (let nth = 0; nth < most; nth++) {
      for (const part of parts.flatMap((ofMachine) => ofMachine[nth] ?? [])) {
        await writePart(part)
        if (stopping.signal.aborted) return
      }
    }
    if (most > 0) logger.info({ machines: machines.length, tookMs: clock.now() - startMs }, 'the machines have a past')
  }

  async function writePart({ machine, span }: Part): Promise<void> {
    const { site, spec, seriesOf, signalIds, asset } = machine
    const toMs = Math.min(span.toMs, await oldestReading(store, signalIds, spanOfPast(span.toMs)))
    const columns = await livePast({ site, spec, span: { ...span, toMs }, seriesOf, signal: stopping.signal })
    if (!columns || columns.series.length === 0) return
    const source = { kind: 'device', key: spec.deviceKey } as const
    await store.write([{ position: beforeTheLog, entry: { ...asset, ...columns, receivedAtMs: toMs, source } }])
  }

  return {
    name: 'past telemetry',
    async start() {
      const startMs = clock.now()
      work = writeAll(startMs).catch((error: unknown) =>
        logger.warn({ err: error }, 'the machines’ past is incomplete'),
      )
    },
    finished: () => work,
    async stop() {
      stopping.abort()
      await work
    },
  }
}

interface KnownMachine {
  readonly site: SiteSpec
  readonly spec: MachineSpec
  readonly asset: EntryAsset
  readonly seriesOf: ReadonlyMap<string, number>
  readonly signalIds: readonly string[]
  /** Of its oldest reading, epoch ms; Infinity when it has none. */
  readonly oldestMs: number
}

/** Those of the sites that the database knows; first the ones whose link is down. */
async function knownMachines(
  database: Database,
  store: TelemetryStore,
  sites: readonly SiteSpec[],
  startMs: number,
): Promise<KnownMachine[]> {
  const specs = sites.flatMap((site) => machinesAt(site).map((spec) => ({ site, spec })))
  const order = specs.toSorted((a, b) => Number(Boolean(b.spec.outage)) - Number(Boolean(a.spec.outage)))
  const found: KnownMachine[] = []
  for (const { site, spec } of order) {
    const [row] = await database.db.select().from(assets).where(eq(assets.key, spec.deviceKey))
    if (!row) continue
    const { id: assetId, customerId, siteId, modelId } = row
    const measured = await database.db.select().from(signals).where(eq(signals.assetId, assetId))
    const remembered = measured.filter(({ key }) => !notRemembered.includes(key))
    const seriesOf = new Map(remembered.map(({ key, series }) => [key, series]))
    const signalIds = measured.map(({ id }) => id)
    const oldestMs = await oldestReading(store, signalIds, spanOfPast(startMs))
    found.push({ site, spec, asset: { assetId, customerId, siteId, modelId }, seriesOf, signalIds, oldestMs })
  }
  return found
}

/** All that may count as a machine's past at `atMs`, and what came since. */
const spanOfPast = (atMs: number) => ({ fromMs: atMs - 2 * pastMs, toMs: atMs + pastMs })

/** Newest first. */
function missingSpans({ spec, oldestMs }: KnownMachine, startMs: number): PastSpan[] {
  const spans = pastSpans(spec, startMs)
  const beginMs = Math.min(...spans.map(({ fromMs }) => fromMs))
  return oldestMs <= beginMs + nearlyMs ? [] : spans.filter(({ fromMs }) => fromMs < oldestMs)
}
