import { uplinkRejections } from '@fettle/contracts/uplink'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { instant, oneOf, taken, text } from '../../app/search-params.ts'

export const gatewayRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/gateways',
    /** `letter`: the dead letter whose detail is open. */
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        view: oneOf(['letters'] as const, search['view']),
        q: text(search['q']),
        code: oneOf(uplinkRejections, search['code']),
        letter: instant(search['letter']),
      }),
    component: lazyRouteComponent(() => import('./gateways-page.tsx'), 'GatewaysPage'),
  }),
] as const
