import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { taken, text } from '../../app/search-params.ts'

export const ruleRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/rules',
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        model: text(search['model']),
      }),
    component: lazyRouteComponent(() => import('./rules-page.tsx'), 'RulesPage'),
  }),
] as const
