import type { OperationId } from '@fettle/contracts/operations'
import { getSession } from '@fettle/contracts/session'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { reading } from './query.ts'

/** Who is signed in. Permissions do not change within a session. */
export const sessionQuery = () => ({ ...reading(getSession, {}), staleTime: Infinity, retry: false })

/** The signed-in person; only below the signed-in part of the routes. */
export function useMe() {
  return useSuspenseQuery(sessionQuery()).data
}

/** `const may = useMay(); may('assignTicket')`: whether this person may call an operation at all. */
export function useMay(): (operation: OperationId) => boolean {
  const { permissions } = useMe()
  return useCallback((operation) => permissions.includes(operation), [permissions])
}
