import { ApiError } from '@fettle/contracts/client'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { ErrorNotice } from '../design/error-notice.tsx'
import { useStreamState } from '../live/stream-state.ts'
import { reloadIfServed } from './stale-build.ts'

/**
 * The error boundary of every route: the frame stays, the page says what happened and offers to try again. What failed
 * because the server was away, such as the code of a page not yet visited, is tried again when the live stream is back.
 */
export function FailurePage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  const stream = useStreamState()
  const wasAway = useRef(stream !== 'open')
  const isAnswer = error instanceof ApiError
  // The code of a page is fetched once only: what failed then needs a new start.
  const again = useCallback(() => void (isAnswer ? router.invalidate() : reloadIfServed()), [isAnswer, router])
  useEffect(() => reset(), [reset])
  useEffect(() => {
    if (stream !== 'open') wasAway.current = true
    else if (wasAway.current) {
      wasAway.current = false
      again()
    }
  }, [stream, again])
  return <ErrorNotice error={isAnswer || stream === 'open' ? error : new ApiError(0, null)} onRetry={again} page />
}
