import { streamEvents } from '@fettle/contracts/events'
import type { OperationId } from '@fettle/contracts/operations'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ofOperations } from '../api/query.ts'
import { sessionQuery } from '../api/session.ts'
import { openStream } from './event-stream.ts'
import { takeValues } from './live-values.ts'
import { setStreamState, tellGap } from './stream-state.ts'
import { liveOperations, touchedOperations } from './touched-operations.ts'
import { whileVisible } from './while-visible.ts'

/** Notices come in bursts (one transaction, many facts); the screen asks again once per burst. */
const GATHER_MS = 400

/** Keeps the live stream open while the signed-in part of the console is looked at. Used once, in the shell. */
export function useLiveEvents() {
  const queries = useQueryClient()
  useEffect(() => {
    const invalidate = gathering(queries)
    let wasAway = false
    function onGap() {
      invalidate.soon(liveOperations)
      tellGap()
    }
    const leave = whileVisible(() => {
      const stop = openStream({
        connect: () => new EventSource(streamEvents.url),
        onEvent: (event) => {
          if (event.kind === 'values') takeValues(event.values)
          else if (event.kind !== 'alive') invalidate.soon(touchedOperations[event.kind])
        },
        onReconnected: onGap,
        onState: (next) => {
          setStreamState(next)
          // A stream that fails cannot say why; if the session ended, this question finds out.
          if (next === 'waiting') void queries.fetchQuery({ ...sessionQuery(), staleTime: 0 }).catch(() => {})
          if (next !== 'open' || !wasAway) return
          wasAway = false
          onGap()
        },
      })
      return () => {
        wasAway = true
        stop()
      }
    })
    return () => {
      leave()
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
