import { getAsset, listAssets, type SignalWithLatest } from '@fettle/contracts/assets'
import type { Text } from '@fettle/contracts/scalars'
import { useQueries, useQuery } from '@tanstack/react-query'
import { reading, whole } from '../../api/query.ts'

interface ModelInWords {
  readonly name: Text
  readonly signals: readonly SignalWithLatest[]
}

const LONG_MS = 5 * 60_000

/**
 * Models by key with the names of their signals, read from the first visible machine of each: the API knows signals by
 * machine, rules by model.
 */
export function useModels(): ReadonlyMap<string, ModelInWords> {
  const assets = useQuery({ ...whole(listAssets, { querystring: {} }), staleTime: LONG_MS })
  const first = new Map((assets.data?.items ?? []).toReversed().map((asset) => [asset.modelKey, asset]))
  const files = useQueries({
    queries: [...first.values()].map(({ id }) => ({
      ...reading(getAsset, { params: { assetId: id } }),
      staleTime: LONG_MS,
    })),
  })
  return new Map(
    files.flatMap(({ data }) =>
      data ? [[data.modelKey, { name: data.modelName, signals: data.signals }] as const] : [],
    ),
  )
}
