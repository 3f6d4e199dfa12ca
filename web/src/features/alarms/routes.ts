import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { compact, flag, text } from '../../app/search-params.ts'

export const alarmRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/alarms',
    validateSearch: (search: Record<string, unknown>) =>
      compact({
        active: flag(search['active']),
        acknowledged: flag(search['acknowledged']),
        assetId: text(search['assetId']),
        q: text(search['q']),
      }),
    component: lazyRouteComponent(() => import('./alarms-page.tsx'), 'AlarmsPage'),
  }),
] as const
