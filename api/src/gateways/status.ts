import { KeptGatewayStatus } from '@fettle/contracts/gateway-status'
import type { Gateway } from '@fettle/contracts/gateways'
import { Value } from 'typebox/value'

/**
 * What messages take from a gateway at their fastest is well below this. A clock that is off by less may be right, and machines
 * are not harmed by it.
 */
const certainFromMs = 2_000

/** What a gateway last said, as people read it; null when it never spoke or in words that we do not know. */
export function statusOf(message: unknown): Gateway['status'] {
  if (!Value.Check(KeptGatewayStatus, message)) return null
  const { clockMs, spool, sources, clockOffsetMs = null } = message
  return {
    bufferedBatches: spool.batches,
    bufferAgeMs: spool.oldestMs === undefined ? 0 : Math.max(0, clockMs - spool.oldestMs),
    clockSkewMs: clockOffsetMs !== null && Math.abs(clockOffsetMs) > certainFromMs ? clockOffsetMs : null,
    sources: sources.map(({ name, kind, state, sinceMs, lastError, readings, problems }) => ({
      name,
      driver: kind,
      state,
      since: new Date(sinceMs).toISOString(),
      lastError: state === 'up' ? null : (lastError?.message ?? null),
      problems: problems.map(({ message: what, count }) => (count > 1 ? `${what} (× ${count})` : what)),
      readings,
    })),
  }
}
