import { streamEvents } from '@fettle/contracts/events'
import type { OperationId } from '@fettle/contracts/operations'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { ofOperations } from '../api/query.ts'
import { sessionQuery } from '../api/session.ts'
import { openStream, type StreamState } from './event-stream.ts'
import { takeValues } from './live-values.ts'
import { liveOperations, touchedOperations } from './touched-operations.ts'

/** Notices come in bursts (one transaction, many facts); the screen asks again once per burst. */
const GATHER_MS = 400

let state: StreamState = 'connecting'
const stateListeners = new Set<() => void>()

function setState(next: StreamState) {
  state = next
  for (const listener of stateListeners) listener()
}

/** How the live stream is doing; shown in the header. */
export function useStreamState(): StreamState {
  return useSyncExternalStore(
    (changed) => {
      stateListeners.add(changed)
      return () => stateListeners.delete(changed)
    },
    () => state,
  )
}

/** Opens the live stream while the signed-in part of the console is shown. Used once, in the shell. */
export function useLiveEvents() {
  const queries = useQueryClient()
  useEffect(() => {
    const invalidate = gathering(queries)
    const stop = openStream({
      connect: () => new EventSource(streamEvents.url),
      onEvent: (event) => {
        if (event.kind === 'values') takeValues(event.values)
        else invalidate.soon(touchedOperations[event.kind])
      },
      onReconnected: () => invalidate.soon(liveOperations),
      onState: (next) => {
        setState(next)
        // A stream that fails cannot say why; if the session ended, this question finds out.
        if (next === 'waiting') void queries.fetchQuery({ ...sessionQuery(), staleTime: 0 }).catch(() => {})
      },
    })
    return () => {
      stop()
      invalidate.stop()
    }
  }, [queries])
}

function gathering(queries: QueryClient) {
  let waiting = new Set<OperationId>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    soon(operations: readonly OperationId[]) {
      for (const operation of operations) waiting.add(operation)
      timer ??= setTimeout(() => {
        const touched = waiting
        waiting = new Set()
        timer = undefined
        void queries.invalidateQueries({ predicate: ofOperations(touched) })
      }, GATHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}
