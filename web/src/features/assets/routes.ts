import { assetStates } from '@fettle/contracts/assets'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { instant, oneOf, taken, text } from '../../app/search-params.ts'
import { trendRanges } from '../trend/time-window.ts'
import { assetTabs } from './asset-tabs.ts'

export const assetRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/assets',
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        q: text(search['q']),
        state: oneOf(assetStates, search['state']),
        model: text(search['model']),
        customerId: text(search['customerId']),
        all: oneOf(['yes'] as const, search['all']),
      }),
    component: lazyRouteComponent(() => import('./assets-page.tsx'), 'AssetsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/assets/$assetId',
    /** `from`/`to`: the part of the trend that is shown; `signals`: which ones, by key, comma between. */
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        tab: oneOf(assetTabs, search['tab']),
        signals: text(search['signals']),
        range: oneOf(trendRanges, search['range']),
        from: instant(search['from']),
        to: instant(search['to']),
      }),
    component: lazyRouteComponent(() => import('./asset-page.tsx'), 'AssetPage'),
  }),
] as const
