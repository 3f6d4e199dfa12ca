import { listParts } from '@fettle/contracts/parts'
import { useQuery } from '@tanstack/react-query'
import { whole } from '../../api/query.ts'

/** The model families that there are parts for. */
export function useFamilies(): string[] {
  const { data } = useQuery({ ...whole(listParts, { querystring: {} }), staleTime: 5 * 60_000 })
  return [...new Set(data?.items.map(({ modelFamily }) => modelFamily))]
}
