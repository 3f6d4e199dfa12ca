import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter } from '@tanstack/react-router'
import { alarmRoutes } from '../features/alarms/routes.ts'
import { assetRoutes } from '../features/assets/routes.ts'
import { auditRoutes } from '../features/audit/routes.ts'
import { briefRoutes } from '../features/brief/routes.ts'
import { customerRoutes } from '../features/customers/routes.ts'
import { gatewayRoutes } from '../features/gateways/routes.ts'
import { overviewRoutes } from '../features/overview/routes.ts'
import { partRoutes } from '../features/parts/routes.ts'
import { ruleRoutes } from '../features/rules/routes.ts'
import { sessionRoutes } from '../features/session/routes.ts'
import { ticketRoutes } from '../features/tickets/routes.ts'
import { FailurePage } from './failure-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { PageSkeleton } from './page-skeleton.tsx'
import { appRoute, rootRoute } from './root-routes.tsx'

/** Within the frame, so that the way back is in sight. */
const unknownPage = createRoute({ getParentRoute: () => appRoute, path: '$', component: NotFoundPage })

const routeTree = rootRoute.addChildren([
  ...sessionRoutes,
  appRoute.addChildren([
    ...overviewRoutes,
    ...assetRoutes,
    ...alarmRoutes,
    ...ticketRoutes,
    ...briefRoutes,
    ...partRoutes,
    ...customerRoutes,
    ...gatewayRoutes,
    ...ruleRoutes,
    ...auditRoutes,
    unknownPage,
  ]),
])

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingMinMs: 200,
    scrollRestoration: true,
    defaultErrorComponent: FailurePage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: PageSkeleton,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
