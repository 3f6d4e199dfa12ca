import { QUALITY } from '@fettle/contracts/uplink'
import type { EntryAsset } from '../log-entry.ts'

/** Readings of one signal that are one series in InfluxDB, ascending in time, no time twice. */
export interface Points {
  readonly series: number
  readonly asset: EntryAsset
  /** In the log, of the newest entry in it. */
  readonly position: number
  /** What all its lines begin with: measurement, tags and a space. */
  readonly prefix: string
  readonly times: readonly number[]
  /** NaN where there is none. */
  readonly values: readonly number[]
  /** Of a text signal only; null where there is none. */
  readonly texts?: readonly (string | null)[]
  readonly qualities: readonly number[]
}

/** A reading that can never be written, and why. */
export interface RefusedPoint {
  readonly series: number
  readonly atMs: number
  readonly detail: string
}

/**
 * The field `quality` of a reading without a value or text. Writing a point again keeps those of its fields that are not written,
 * so leaving the value out alone would bring back the one that an earlier reading of the same time had.
 */
export const noValue = 3

/** Tags in order of their names, which spares the server the sorting; ids need no escaping. */
export function linePrefix({ assetId, customerId, modelId, siteId }: EntryAsset, signalId: string): string {
  return `reading,asset=${assetId},customer=${customerId},model=${modelId},signal=${signalId},site=${siteId} `
}

/** One line of line protocol, its time in epoch ms. */
export function lineOf({ prefix, times, values, texts, qualities }: Points, index: number): string {
  const at = times[index] ?? 0
  const field = texts ? textField(texts[index] ?? null) : valueField(values[index] ?? NaN)
  return field === undefined
    ? `${prefix}quality=${noValue}i ${at}`
    : `${prefix}${field},quality=${qualities[index] ?? QUALITY.bad}i ${at}`
}

const valueField = (value: number) => (Number.isNaN(value) ? undefined : `value=${value}`)
const textField = (text: string | null) => (text === null ? undefined : `text="${escaped(text)}"`)

/** Within quotes only these two mean something; a line break is part of the text. */
const escaped = (text: string) => text.replaceAll(/["\\]/g, String.raw`\$&`)
