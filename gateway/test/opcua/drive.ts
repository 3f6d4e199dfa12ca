import type { DriverContext, Reading } from '../../src/driver.ts'
import { opcua } from '../../src/drivers/opcua/driver.ts'
import { runDriver, type DriverRun } from '../driver-run.ts'

/** What stands in the configuration of a tag besides its signal; a text is the name of a node of the test server. */
export type TagOf = string | { nodeId: string; scale?: number; offset?: number }

export const nodeId = (name: string) => `nsu=urn:woheng:machines;s=${name}`

/** A driver of one device `M1` whose signals are the keys of `tags`. */
export function driverOf(tags: Record<string, TagOf>, source: object, context: Partial<DriverContext>): DriverRun {
  const tagsOf = Object.entries(tags).map(([signal, tag]) => ({
    signal,
    ...(typeof tag === 'string' ? { nodeId: nodeId(tag) } : tag),
  }))
  return runDriver(
    opcua,
    { security: 'none', samplingMs: 10, publishMs: 20, devices: [{ device: 'M1', tags: tagsOf }], ...source },
    context,
  )
}

/** `[value, quality]` of a signal, in order of arrival. */
export const told = (run: DriverRun, signal: string): [Reading[3], Reading[4]][] =>
  run.readings.flatMap(([, name, , value, quality]) => (name === signal ? [[value, quality]] : []))

/** Times of a signal's readings, in order of arrival. */
export const times = (run: DriverRun, signal: string): number[] =>
  run.readings.flatMap(([, name, tsMs]) => (name === signal ? [tsMs] : []))
