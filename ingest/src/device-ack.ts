import type { DeviceAck } from '@fettle/contracts/uplink'
import { decodeLogEntry } from '@fettle/telemetry/log-entry'
import type { Taken } from './take.ts'

/** What a device hears of a message that is durable now. */
export function deviceAck({ records, accepted, refusals }: Taken): DeviceAck {
  let newestMs = -Infinity
  for (const { payload } of records) {
    for (const timeMs of decodeLogEntry(payload).timesMs) newestMs = Math.max(newestMs, timeMs)
  }
  return {
    accepted,
    newestMs: Number.isFinite(newestMs) ? newestMs : null,
    rejected: refusals.map(({ code, readings }) => ({ code, readings })),
  }
}
