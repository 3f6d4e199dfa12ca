import { getHistory, type History } from '@fettle/contracts/telemetry'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { reading } from '../../api/query.ts'
import type { TimeWindow } from './time-window.ts'

/**
 * The histories of several signals in one window, in one answer, so that while another window is on its way the former
 * one stays on screen. What was asked before is not asked again: history does not change, except for late readings.
 */
export function useHistories(signalIds: readonly string[], { from, to }: TimeWindow, buckets: number) {
  const queries = useQueryClient()
  return useQuery({
    queryKey: ['histories', signalIds, from, to, buckets],
    queryFn: async (): Promise<ReadonlyMap<string, History>> => {
      const histories = await Promise.all(
        signalIds.map((signalId) =>
          queries.fetchQuery({
            ...reading(getHistory, { params: { signalId }, querystring: { from, to, buckets } }),
            staleTime: 60_000,
          }),
        ),
      )
      return new Map(histories.map((history) => [history.signalId, history]))
    },
    enabled: signalIds.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    structuralSharing: false,
  })
}
