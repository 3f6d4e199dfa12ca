import { UPLINK_LIMITS, type UplinkRejection } from '@fettle/contracts/uplink'

const { earliestMs, aheadMs } = UPLINK_LIMITS

/**
 * Judges one reading as it came off the wire; `undefined` means sound. Afterwards `tsMs` is an integer of epoch ms,
 * `quality` is 0, 1 or 2, and `value` a finite number, a boolean, a string, or null when the quality is bad.
 *
 * Written by hand because it runs for every reading of the ingest path; whether device and signal exist is judged there.
 */
export function validateReading(
  tsMs: unknown,
  value: unknown,
  quality: unknown,
  nowMs: number,
): UplinkRejection | undefined {
  if (quality !== 0 && quality !== 1 && quality !== 2) return 'quality/unknown'
  if (!Number.isInteger(tsMs)) return 'time/not-a-time'
  if ((tsMs as number) < earliestMs) return 'time/too-old'
  if ((tsMs as number) > nowMs + aheadMs) return 'time/too-far-ahead'
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? undefined : 'value/not-a-number'
    case 'boolean':
    case 'string':
      return undefined
    default:
      return value === null && quality === 2 ? undefined : 'value/wrong-type'
  }
}
