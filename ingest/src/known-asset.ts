import type { EntryAsset } from '@fettle/telemetry/log-entry'

/** What ingest needs to know of an asset to take its readings. */
export interface KnownAsset extends EntryAsset {
  /** Of the log; all readings of the asset go there. */
  readonly partition: number
  /** Series by signal key. */
  readonly signals: ReadonlyMap<string, number>
}

/** Finds an asset by its device key. */
export type FindAsset = (deviceKey: string) => KnownAsset | undefined
