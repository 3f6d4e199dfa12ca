import { partitionOf } from '@fettle/bus/partitioned-log'
import type { Db } from '@fettle/db/client'
import { assets, signals } from '@fettle/db/schema/assets'
import { gateways } from '@fettle/db/schema/devices'
import { sites } from '@fettle/db/schema/organisation'
import type { Clock } from '@fettle/platform/clock'
import { eq } from 'drizzle-orm'
import type { FindAsset, KnownAsset, KnownSignal } from './known-asset.ts'

export interface CatalogueOptions {
  db: Db
  clock: Clock
  /** Of the log. */
  partitions: number
  /** `reloadIfOld` reads the database no more often than this; default 3 s. */
  restMs?: number
}

export interface Catalogue {
  /** As of the last load. */
  readonly find: FindAsset
  /** Only what a gateway may speak for: machines of the customer at whose site it stands. */
  behind(gatewayKey: string): FindAsset
  /** False of a gateway that was added after the last load. */
  knowsGateway(gatewayKey: string): boolean
  /** Reads all assets and signals; a load that is under way is followed by one more. Rejects when the database is away. */
  load(): Promise<void>
  /** Whether the last load, or attempt at it, is longer ago than `restMs`. */
  isOld(): boolean
  /** Loads when it is old. True when it did, so that looking again makes sense; false also when it could not. */
  reloadIfOld(): Promise<boolean>
}

/** Assets and their signals by key, in memory, because every reading asks for them. */
export function createCatalogue({ db, clock, partitions, restMs = 3_000 }: CatalogueOptions): Catalogue {
  let known: ReadonlyMap<string, KnownAsset> = new Map()
  let customerOfGateway: ReadonlyMap<string, string> = new Map()
  let loadedAtMs = -Infinity
  let loading: Promise<void> | undefined
  let queued: Promise<void> | undefined

  async function loadNow(): Promise<void> {
    const beganAtMs = clock.now()
    const [gatewayRows, assetRows, signalRows] = await Promise.all([
      db
        .select({ key: gateways.key, customerId: sites.customerId })
        .from(gateways)
        .innerJoin(sites, eq(sites.id, gateways.siteId)),
      db
        .select({
          key: assets.key,
          assetId: assets.id,
          customerId: assets.customerId,
          siteId: assets.siteId,
          modelId: assets.modelId,
        })
        .from(assets),
      db
        .select({ assetKey: assets.key, key: signals.key, series: signals.series, kind: signals.kind })
        .from(signals)
        .innerJoin(assets, eq(assets.id, signals.assetId)),
    ])
    const signalsOf = new Map<string, Map<string, KnownSignal>>()
    for (const { assetKey, key, series, kind } of signalRows) {
      const ofAsset = signalsOf.get(assetKey) ?? new Map<string, KnownSignal>()
      signalsOf.set(assetKey, ofAsset.set(key, { series, kind }))
    }
    known = new Map(
      assetRows.map(({ key, ...asset }) => [
        key,
        { ...asset, partition: partitionOf(asset.assetId, partitions), signals: signalsOf.get(key) ?? new Map() },
      ]),
    )
    customerOfGateway = new Map(gatewayRows.map(({ key, customerId }) => [key, customerId]))
    loadedAtMs = beganAtMs
  }

  function load(): Promise<void> {
    if (!loading) {
      loading = loadNow().finally(() => (loading = undefined))
      return loading
    }
    // The one under way may have read before the change that this call is about.
    queued ??= loading
      .catch(() => {})
      .then(() => {
        queued = undefined
        return load()
      })
    return queued
  }

  const isOld = () => clock.now() - loadedAtMs >= restMs

  return {
    find: (deviceKey) => known.get(deviceKey),
    behind: (gatewayKey) => (deviceKey) => {
      const asset = known.get(deviceKey)
      return asset && asset.customerId === customerOfGateway.get(gatewayKey) ? asset : undefined
    },
    knowsGateway: (gatewayKey) => customerOfGateway.has(gatewayKey),
    load,
    isOld,
    async reloadIfOld() {
      if (!isOld()) return false
      loadedAtMs = clock.now() // also after a failure: not every message may try
      try {
        await load()
        return true
      } catch {
        return false
      }
    },
  }
}
