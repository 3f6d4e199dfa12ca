import { ApiError } from '@fettle/contracts/client'
import type { OperationId } from '@fettle/contracts/operations'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { AppShell } from './app-shell.tsx'
import { navigationFor } from './navigation.tsx'

interface RouterContext {
  readonly queries: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({})

/** Everything that needs a session hangs below this route. Without one, people sign in and come back. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: AppShell,
  beforeLoad: async ({ context, location }) => {
    try {
      const me = await context.queries.ensureQueryData(sessionQuery())
      if (location.pathname !== '/' || me.permissions.includes('getOverview' satisfies OperationId)) return
      const [first] = navigationFor((operation) => me.permissions.includes(operation))
      if (first && first.to !== '/') throw redirect({ to: first.to, replace: true })
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href }, replace: true })
      throw error
    }
  },
})
