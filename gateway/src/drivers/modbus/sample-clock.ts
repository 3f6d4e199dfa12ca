import { QUALITY, UPLINK_LIMITS, type Quality } from '@fettle/contracts/uplink'
import type { DriverContext } from '../../driver.ts'
import type { ModbusTimeFrom } from './config.ts'
import { compileDecode, lengthOf } from './decode.ts'
import type { Span } from './plan.ts'

/** When the values of one answer were sampled, and whether that is known for sure. */
export interface Stamp {
  tsMs: number
  quality: Quality
}

/** Gives the readings of one unit their times. `T` identifies a tag. */
export interface SampleClock<T> {
  /** Registers that have to be part of every request, because the time of its values stands in them. */
  readonly anchor: Span | undefined
  /** The time of an answer that begins at `address` of the anchor's area. */
  stampOf(bytes: Buffer, address: number): Stamp
  /** False when the tag was given with this very time before: the unit still shows the same sample. */
  takes(tag: T, stamp: Stamp): boolean
  /** The time from which on nothing is known about a tag; undefined when the unit never told its time. */
  lostAtMs(tag: T): number | undefined
  /** What was read last may not have been stored, so the same sample is taken once more. */
  takeAgain(): void
}

/** Readings have the time of arrival. */
export const arrivalClock = <T>({ clock }: Pick<DriverContext, 'clock'>): SampleClock<T> => ({
  anchor: undefined,
  stampOf: () => ({ tsMs: clock.now(), quality: QUALITY.good }),
  takes: () => true,
  lostAtMs: () => clock.now(),
  takeAgain() {},
})

/** A unit whose time goes back so far had its clock set back; a recording with its rows out of order goes less far. */
const clockSetBackMs = 3_600_000

/** No plant data is older, and what lies beyond comes of a wrong unit or byte order. */
const latestMs = Date.UTC(2100, 0, 1)

/**
 * Readings have the time that stands in registers of the unit itself. A time outside 2000–2100 is a problem, and the
 * readings have the time of arrival with quality uncertain. The gateway's own clock is not asked: a recording that is
 * played back may be of any year, and so may the clock of a gateway that was never set.
 *
 * For the same reason what is lost is lost right behind the last sample and not "now", which on the time axis of a
 * recording from 2013 would lie years ahead and make everything that follows late.
 */
export function registerClock<T>(
  timeFrom: ModbusTimeFrom,
  subject: string,
  { clock, report, solved }: Pick<DriverContext, 'clock' | 'report' | 'solved'>,
): SampleClock<T> {
  const { area, address, type, unit } = timeFrom
  const anchor: Span = { area, address, length: lengthOf(timeFrom) }
  const decode = compileDecode({ ...timeFrom, scale: 1, offset: 0, invalid: [] })
  const msPerUnit = unit === 's' ? 1_000 : 1
  /** The time that each tag was given with last. */
  let given = new Map<T, number>()
  const newest = new Map<T, number>()

  return {
    anchor,
    stampOf(bytes, blockAddress) {
      const raw = decode(bytes, address - blockAddress)
      const tsMs = Math.round(Number(raw ?? NaN) * msPerUnit)
      if (tsMs >= UPLINK_LIMITS.earliestMs && tsMs < latestMs) {
        solved(subject)
        return { tsMs, quality: QUALITY.good }
      }
      const shown = raw === null ? 'no number' : `${String(raw)} ${unit}`
      report({ subject, message: `${area} ${address} (${type}) holds ${shown}, which is no time from 2000 to 2100` })
      return { tsMs: clock.now(), quality: QUALITY.uncertain }
    },
    takes(tag, { tsMs, quality }) {
      if (quality !== QUALITY.good) return true
      if (given.get(tag) === tsMs) return false
      given.set(tag, tsMs)
      const before = newest.get(tag) ?? 0
      if (tsMs > before || before - tsMs > clockSetBackMs) newest.set(tag, tsMs)
      return true
    },
    lostAtMs(tag) {
      const lastMs = newest.get(tag)
      return lastMs === undefined ? undefined : lastMs + 1
    },
    takeAgain() {
      given = new Map()
    },
  }
}
