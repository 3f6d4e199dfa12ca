import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { compact, text } from '../../app/search-params.ts'

export const partRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/parts',
    validateSearch: (search: Record<string, unknown>) =>
      compact({
        q: text(search['q']),
        modelFamily: text(search['modelFamily']),
      }),
    component: lazyRouteComponent(() => import('./parts-page.tsx'), 'PartsPage'),
  }),
] as const
