import { ApiError } from '@fettle/contracts/client'
import type { OperationId } from '@fettle/contracts/operations'
import type { ReplyOf, RequestOf, RouteContract } from '@fettle/contracts/route'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from './client.ts'
import { createSubmitKeys } from './submit-keys.ts'
import { ofOperations } from './query.ts'

/**
 * One writing operation: `const assign = useWrite(assignTicket, { touches: ['getTicket', 'listTickets'] })`, then
 * `assign.mutate({ params, body })`. Every submit carries an idempotency key of its own; a submit that got no answer
 * keeps its key when the same request is sent again, so that nothing happens twice.
 */
export function useWrite<C extends RouteContract>(
  contract: C,
  { touches }: { /** Reads that this write makes old. */ readonly touches: readonly OperationId[] },
) {
  const queries = useQueryClient()
  const [keys] = useState(() => createSubmitKeys())
  const refresh = () => void queries.invalidateQueries({ predicate: ofOperations(new Set(touches)) })
  return useMutation<ReplyOf<C>, Error, RequestOf<C>>({
    mutationFn: async (request) => {
      try {
        const reply = await call(contract, request, { idempotencyKey: keys.keyOf(request) })
        keys.settle(request)
        return reply
      } catch (error) {
        if (error instanceof ApiError && isAnswer(error)) keys.settle(request)
        throw error
      }
    },
    onSuccess: refresh,
    onError: (error) => {
      if (isOutdated(error)) refresh()
    },
  })
}

/** Somebody was faster: show what they made of it, so that the notice can say so; what was typed stays. */
function isOutdated(error: unknown): boolean {
  const code = error instanceof ApiError ? error.problem?.code : undefined
  return code === 'resource/stale' || code === 'ticket/illegal-transition'
}

/** A refusal is an answer. Without one, or when the server failed half-way, nobody knows whether the write happened. */
const isAnswer = ({ status }: ApiError) => status >= 400 && status < 500
