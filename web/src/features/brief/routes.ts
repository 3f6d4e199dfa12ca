import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'

export const briefRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/tickets/$ticketId/brief',
    component: lazyRouteComponent(() => import('./brief-page.tsx'), 'BriefPage'),
  }),
] as const
