import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'

export const gatewayRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/gateways',
    component: lazyRouteComponent(() => import('./gateways-page.tsx'), 'GatewaysPage'),
  }),
] as const
