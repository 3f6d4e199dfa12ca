import type { OperationId } from '@fettle/contracts/operations'
import type { ReplyOf, RequestOf, RouteContract } from '@fettle/contracts/route'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'

/** An operation that only reads. */
type Reading = RouteContract & { readonly method: 'GET' }
/** An operation that answers pages of items. */
type Listing = Reading & { readonly schema: { readonly querystring: RouteContract['schema']['querystring'] & object } }
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}
export type ItemOf<C extends RouteContract> = ReplyOf<C> extends { items: (infer Item)[] } ? Item : never

/**
 * Query options of one operation: `useQuery(reading(getTicket, { params: { ticketId } }))`. The key is
 * `[operationId, request]`, so that live events and writes can name what they touch.
 */
export function reading<C extends Reading>(contract: C, request: RequestOf<C>) {
  return queryOptions({
    queryKey: [contract.schema.operationId, request],
    queryFn: ({ signal }): Promise<ReplyOf<C>> => call(contract, request, { signal }),
  })
}

/**
 * Query options of a cursor list: `useInfiniteQuery(listing(listTickets, { querystring: { q } }))`. While filters
 * change, the former rows stay in place.
 */
export function listing<C extends Listing>(contract: C, request: RequestOf<C>) {
  return infiniteQueryOptions({
    queryKey: [contract.schema.operationId, 'pages', request],
    queryFn: ({ signal, pageParam }) =>
      call(contract, withCursor(request, pageParam), { signal }) as Promise<Page<ItemOf<C>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** More than this in one page is refused. */
const FULL_PAGE = 200

/**
 * Query options of a whole cursor list, for what is chosen from or added up: `useQuery(whole(listRules, { querystring: {} }))`
 * answers `{ items }` of all its pages. For lists that people scroll, take `listing`.
 */
export function whole<C extends Listing>(contract: C, request: RequestOf<C>) {
  return queryOptions({
    queryKey: [contract.schema.operationId, 'whole', request],
    queryFn: async ({ signal }) => {
      const items: ItemOf<C>[] = []
      let cursor: string | null = null
      do {
        const answer = await call(contract, withCursor(withLimit(request, FULL_PAGE), cursor), { signal })
        const page = answer as Page<ItemOf<C>>
        items.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== null)
      return { items }
    },
  })
}

function withLimit<R>(request: R, limit: number): R {
  const { querystring } = request as { querystring?: object }
  return { ...request, querystring: { ...querystring, limit } }
}

function withCursor<R>(request: R, cursor: string | null): R {
  if (cursor === null) return request
  const { querystring } = request as { querystring?: object }
  return { ...request, querystring: { ...querystring, cursor } }
}

/** For what changes without a notice: a machine falls silent, and nobody tells. `useQuery({ ...reading(…), ...polled })` */
export const polled = { refetchInterval: 30_000 } as const

/** For `invalidateQueries({ predicate })`: every query of these operations, whatever was asked. */
export function ofOperations(operations: ReadonlySet<OperationId>) {
  return ({ queryKey }: { readonly queryKey: readonly unknown[] }) => operations.has(queryKey[0] as OperationId)
}
