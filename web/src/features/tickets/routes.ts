import { priorities, ticketSources, ticketStates, ticketTypes } from '@fettle/contracts/ticket-life-cycle'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { compact, flag, oneOf, text } from '../../app/search-params.ts'

export const ticketRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/tickets',
    validateSearch: (search: Record<string, unknown>) =>
      compact({
        q: text(search['q']),
        open: flag(search['open']),
        state: oneOf(ticketStates, search['state']),
        source: oneOf(ticketSources, search['source']),
        priority: oneOf(priorities, search['priority']),
        type: oneOf(ticketTypes, search['type']),
        assetId: text(search['assetId']),
        customerId: text(search['customerId']),
        engineerId: text(search['engineerId']),
      }),
    component: lazyRouteComponent(() => import('./tickets-page.tsx'), 'TicketsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/tickets/$ticketId',
    component: lazyRouteComponent(() => import('./ticket-page.tsx'), 'TicketPage'),
  }),
] as const
