import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { flag, taken, text } from '../../app/search-params.ts'

export const alarmRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/alarms',
    /** `active`: without it those that are active now, unless `all`. `alarm`: the one whose detail is open. */
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        active: flag(search['active']),
        all: flag(search['all']),
        acknowledged: flag(search['acknowledged']),
        assetId: text(search['assetId']),
        q: text(search['q']),
        alarm: text(search['alarm']),
      }),
    component: lazyRouteComponent(() => import('./alarms-page.tsx'), 'AlarmsPage'),
  }),
] as const
