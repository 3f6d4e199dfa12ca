import type { LatestValue } from '@fettle/contracts/telemetry'
import { useCallback, useSyncExternalStore } from 'react'

type Listener = (latest: LatestValue) => void

const values = new Map<string, LatestValue>()
const listeners = new Map<string, Set<Listener>>()

/** Takes values as they arrive; an older one than the known never replaces it. */
export function takeValues(arrived: readonly LatestValue[]) {
  for (const latest of arrived) {
    const known = values.get(latest.signalId)
    if (known && known.at >= latest.at) continue
    values.set(latest.signalId, latest)
    for (const listener of listeners.get(latest.signalId) ?? []) listener(latest)
  }
}

/** Another person must not see what the former one was allowed to. */
export function forgetValues() {
  values.clear()
}

/** Calls `listener` for every newer value of the signal until the returned function is called. */
export function watchSignal(signalId: string, listener: Listener): () => void {
  const known = listeners.get(signalId) ?? new Set()
  listeners.set(signalId, known.add(listener))
  return () => {
    known.delete(listener)
    if (known.size === 0) listeners.delete(signalId)
  }
}

type Reading = Omit<LatestValue, 'signalId'>

/** The newest value of a signal: what a query answered, or what the live stream said since. */
export function useLatest(signalId: string, answered: Reading | null): Reading | null {
  const subscribe = useCallback((changed: () => void) => watchSignal(signalId, changed), [signalId])
  const live = useSyncExternalStore(subscribe, () => values.get(signalId))
  if (!live) return answered
  return answered && answered.at > live.at ? answered : live
}
