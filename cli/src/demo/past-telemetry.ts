import { setImmediate as breathe } from 'node:timers/promises'
import type { Database } from '@fettle/db/client'
import { assets, signals } from '@fettle/db/schema/assets'
import { telemetryChunks } from '@fettle/db/schema/telemetry'
import { fleet, type MachineSpec, type SiteSpec } from '@fettle/devices-sim/fleet'
import { createMachine } from '@fettle/devices-sim/machine'
import type { Clock } from '@fettle/platform/clock'
import type { Service } from '@fettle/platform/lifecycle'
import type { Logger } from '@fettle/platform/logging'
import type { PositionedEntry, TelemetryStore } from '@fettle/telemetry/store'
import { and, eq, gt, lt, min } from 'drizzle-orm'
import { scheduleFor } from './opening.ts'

export interface PastTelemetryOptions {
  readonly database: Database
  readonly store: TelemetryStore
  readonly clock: Clock
  readonly logger: Logger
}

export interface PastTelemetry extends Service {
  /** Resolves when the past is written, or could not be. */
  finished(): Promise<void>
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const pastMs = 7 * 24 * hourMs
/** The last hours are dense, as evidence wants them; before, a reading a minute shows a week as well. */
const denseMs = 2 * hourMs
const stepMs = 5_000
const sparseEveryMs = minuteMs
/** A hall that got hot by today did so over its last day. */
const heatingMs = 24 * hourMs
const heatingBlockMs = 2 * hourMs
/** What really arrived has a place in the log, from 0 on, and goes before what was made up for the time before. */
const beforeTheLog = -1
/** Counts on while the machine stands in for its own past, so it would jump where the present begins. */
const notRemembered = ['run_hours']

/**
 * The demonstration's machines did not begin to exist when it was started: the week before is simulated with the same
 * physics and written through the telemetry store, in the background and in small slices. What is there already is left alone.
 */
export function createPastTelemetry({ database, store, clock, logger }: PastTelemetryOptions): PastTelemetry {
  const stopping = new AbortController()
  let work: Promise<void> = Promise.resolve()

  async function writeAll(endMs: number): Promise<void> {
    for (const site of fleet) {
      for (const spec of site.machines) {
        if (stopping.signal.aborted) return
        const known = await knownMachine(database, spec.deviceKey)
        if (!known || (await hasPast(database, known.assetId, endMs))) continue
        await writePast(site, spec, known, Math.min(endMs, await presentSince(database, known.assetId)))
      }
    }
  }

  async function writePast(site: SiteSpec, spec: MachineSpec, known: KnownMachine, endMs: number): Promise<void> {
    for (const span of spansOf(spec, endMs)) {
      const entry = await simulate(site, spec, known, span, stopping.signal)
      if (entry) await store.write([entry])
    }
  }

  return {
    name: 'past telemetry',
    async start() {
      const endMs = clock.now()
      work = writeAll(endMs).catch((error: unknown) => logger.warn({ err: error }, 'the machines’ past is incomplete'))
    },
    finished: () => work,
    async stop() {
      stopping.abort()
      await work
    },
  }
}

interface Span {
  readonly fromMs: number
  readonly toMs: number
  readonly everyMs: number
  /** Room temperature to begin with; the season's where undefined. */
  readonly ambientC?: number
}

/** Oldest last: a past that is there to its beginning is complete. */
function spansOf({ deviceKey }: MachineSpec, endMs: number): Span[] {
  const beginMs = endMs - pastMs
  const { startAmbientC } = scheduleFor('dies')
  const hotC = startAmbientC?.[deviceKey]
  const dense = { fromMs: endMs - denseMs, toMs: endMs, everyMs: stepMs }
  if (hotC === undefined) return [dense, { fromMs: beginMs, toMs: endMs - denseMs, everyMs: sparseEveryMs }]
  const blocks = heatingMs / heatingBlockMs
  const heating = Array.from({ length: blocks }, (_, block): Span => {
    const toMs = endMs - block * heatingBlockMs
    const share = 1 - block / blocks
    const everyMs = block === 0 ? stepMs : sparseEveryMs
    return { fromMs: toMs - heatingBlockMs, toMs, everyMs, ambientC: coolC + share * (hotC - coolC) }
  })
  return [...heating, { fromMs: beginMs, toMs: endMs - heatingMs, everyMs: sparseEveryMs }]
}

/** What a hall with running compressors has on an ordinary day. */
const coolC = 22

interface KnownMachine {
  readonly assetId: string
  readonly customerId: string
  readonly siteId: string
  readonly modelId: string
  readonly seriesOf: ReadonlyMap<string, number>
}

async function knownMachine({ db }: Database, deviceKey: string): Promise<KnownMachine | undefined> {
  const [asset] = await db.select().from(assets).where(eq(assets.key, deviceKey))
  if (!asset) return undefined
  const rows = await db.select().from(signals).where(eq(signals.assetId, asset.id))
  return {
    assetId: asset.id,
    customerId: asset.customerId,
    siteId: asset.siteId,
    modelId: asset.modelId,
    seriesOf: new Map(rows.map(({ key, series }) => [key, series])),
  }
}

async function hasPast({ db }: Database, assetId: string, endMs: number): Promise<boolean> {
  const rows = await db
    .select({ series: telemetryChunks.series })
    .from(telemetryChunks)
    .innerJoin(signals, eq(signals.series, telemetryChunks.series))
    .where(and(eq(signals.assetId, assetId), lt(telemetryChunks.firstMs, endMs - pastMs + 2 * hourMs)))
    .limit(1)
  return rows.length > 0
}

/** When the machine's first real reading came; never if none did. */
async function presentSince({ db }: Database, assetId: string): Promise<number> {
  const [row] = await db
    .select({ firstMs: min(telemetryChunks.firstMs) })
    .from(telemetryChunks)
    .innerJoin(signals, eq(signals.series, telemetryChunks.series))
    .where(and(eq(signals.assetId, assetId), gt(telemetryChunks.position, beforeTheLog)))
  return row?.firstMs ?? Number.POSITIVE_INFINITY
}

/** One span of one machine's life as one log entry; nothing when it was told to stop on the way. */
async function simulate(
  site: SiteSpec,
  spec: MachineSpec,
  { seriesOf, ...asset }: KnownMachine,
  { fromMs, toMs, everyMs, ambientC }: Span,
  signal: AbortSignal,
): Promise<PositionedEntry | undefined> {
  const machine = createMachine({
    site,
    spec,
    seed: fromMs % 1_000_003,
    at: fromMs,
    ...(ambientC === undefined ? {} : { startAmbientC: ambientC }),
  })
  const keys = machine.signals.map(({ key }) => key).filter((key) => !notRemembered.includes(key) && seriesOf.has(key))
  const [series, times, values]: [number[], number[], number[]] = [[], [], []]
  for (let at = fromMs + stepMs; at < toMs; at += stepMs) {
    machine.step(at, stepMs)
    if (at % hourMs < stepMs) {
      await breathe()
      if (signal.aborted) return undefined
    }
    if ((at - fromMs) % everyMs !== 0) continue
    const shown = machine.values()
    for (const key of keys) {
      series.push(seriesOf.get(key) ?? -1)
      times.push(at)
      values.push(shown[key] ?? Number.NaN)
    }
  }
  return {
    position: beforeTheLog,
    entry: {
      ...asset,
      receivedAtMs: toMs,
      source: { kind: 'device', key: spec.deviceKey },
      series: Int32Array.from(series),
      timesMs: Float64Array.from(times),
      values: Float64Array.from(values),
      qualities: new Uint8Array(series.length),
    },
  }
}
