import { GatewayStatusMessage } from '@fettle/contracts/gateway-status'
import type { Gateway } from '@fettle/contracts/gateways'
import { Value } from 'typebox/value'

/** What a gateway last said, as people read it; null when it never spoke or in words that we do not know. */
export function statusOf(message: unknown, receivedAt: Date | null): Gateway['status'] {
  if (!Value.Check(GatewayStatusMessage, message)) return null
  const { clockMs, spool, sources } = message
  return {
    bufferedBatches: spool.batches,
    bufferAgeMs: spool.oldestMs === undefined ? 0 : Math.max(0, clockMs - spool.oldestMs),
    clockSkewMs: receivedAt && clockMs - receivedAt.getTime(),
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
