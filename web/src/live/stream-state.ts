import { useSyncExternalStore } from 'react'
import type { StreamState } from './event-stream.ts'

let state: StreamState = 'connecting'
let gaps = 0
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell() {
  for (const listener of listeners) listener()
}

export function setStreamState(next: StreamState) {
  state = next
  tell()
}

/** The stream is back after something may have been missed. */
export function tellGap() {
  gaps += 1
  tell()
}

/** How the live stream is doing; shown in the header. */
export const useStreamState = (): StreamState => useSyncExternalStore(subscribe, () => state)

/** Changes with every gap in the stream: what was put together from live values must be asked for anew. */
export const useStreamGaps = (): number => useSyncExternalStore(subscribe, () => gaps)
