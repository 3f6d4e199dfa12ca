import type { OperationId } from '@fettle/contracts/operations'
import type { QueryClient } from '@tanstack/react-query'
import { cancelExports } from '../exports/export-job.ts'
import { forgetValues } from '../live/live-values.ts'

/** Nothing that one person saw may be left for the next one; what is open to anyone stays. */
export function forgetPerson(queries: QueryClient) {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ('getInstance' satisfies OperationId) })
  forgetValues()
  cancelExports()
}
