import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { taken, text } from '../../app/search-params.ts'

export const customerRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/customers',
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        q: text(search['q']),
      }),
    component: lazyRouteComponent(() => import('./customers-page.tsx'), 'CustomersPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/customers/$customerId',
    component: lazyRouteComponent(() => import('./customer-page.tsx'), 'CustomerPage'),
  }),
] as const
