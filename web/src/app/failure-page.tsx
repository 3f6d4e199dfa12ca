import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ErrorNotice } from '../design/error-notice.tsx'

/** The error boundary of every route: the frame stays, the page says what happened and offers to try again. */
export function FailurePage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  useEffect(() => reset(), [reset])
  return <ErrorNotice error={error} onRetry={() => void router.invalidate()} page />
}
