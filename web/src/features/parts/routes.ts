import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { oneOf, taken, text } from '../../app/search-params.ts'

export const partRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/parts',
    /** `part`: the one whose stock is open beside the list. */
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        view: oneOf(['ledger'] as const, search['view']),
        q: text(search['q']),
        modelFamily: text(search['modelFamily']),
        part: text(search['part']),
      }),
    component: lazyRouteComponent(() => import('./parts-page.tsx'), 'PartsPage'),
  }),
] as const
