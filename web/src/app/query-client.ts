import { ApiError } from '@fettle/contracts/client'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

/** `signedOut` runs whenever an answer says that there is no session any more. */
export function createQueries(signedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401 && error.problem?.code === 'session/required') signedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Asked even when the browser believes itself offline: the failure says so on screen, a pause would not.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 8_000),
      },
      // Never kept back for later: what somebody pressed an hour ago must not happen when the connection returns.
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** No connection, too many requests, a server in trouble: worth asking again. A refusal is final. */
function mayPass(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500)
}
