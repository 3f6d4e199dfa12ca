import type { SignalKind } from '@fettle/contracts/telemetry'
import type { EntryAsset } from '@fettle/telemetry/log-entry'

/** What ingest needs to know of a signal to take its readings. */
export interface KnownSignal {
  readonly series: number
  readonly kind: SignalKind
}

/** What ingest needs to know of an asset to take its readings. */
export interface KnownAsset extends EntryAsset {
  /** Of the log; all readings of the asset go there. */
  readonly partition: number
  /** By signal key. */
  readonly signals: ReadonlyMap<string, KnownSignal>
}

/** Finds an asset by its device key. */
export type FindAsset = (deviceKey: string) => KnownAsset | undefined
