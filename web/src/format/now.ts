import { useSyncExternalStore } from 'react'
import { serverClock } from './server-clock.ts'

const TICK_MS = 1_000
let now = serverClock.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = serverClock.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/**
 * The present, rounded down to steps of `stepMs`: one timer for the page, and a component renders again only when its
 * step passes. What happened within the step is ahead of it: for “3 minutes ago” the default is fine enough.
 */
export function useNow(stepMs = 10_000): number {
  return useSyncExternalStore(subscribe, () => Math.floor(fresh() / stepMs) * stepMs)
}

/** Without a running timer the stored moment may be old. */
function fresh(): number {
  if (timer === undefined) now = serverClock.now()
  return now
}
