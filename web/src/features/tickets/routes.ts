import { priorities, ticketSources, ticketStates, ticketTypes } from '@fettle/contracts/ticket-life-cycle'
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { appRoute } from '../../app/root-routes.tsx'
import { flag, oneOf, taken, text } from '../../app/search-params.ts'

/** What the server can order tickets by; newest first without it. */
const sorts = ['createdAt', '-createdAt', 'number', '-number'] as const

export const ticketRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: '/tickets',
    /** `open`: without it open tickets only, unless `all`. `create`: the intake form is open. */
    validateSearch: (search: Record<string, unknown>) =>
      taken(search, {
        q: text(search['q']),
        open: flag(search['open']),
        all: flag(search['all']),
        state: oneOf(ticketStates, search['state']),
        source: oneOf(ticketSources, search['source']),
        priority: oneOf(priorities, search['priority']),
        type: oneOf(ticketTypes, search['type']),
        assetId: text(search['assetId']),
        customerId: text(search['customerId']),
        engineerId: text(search['engineerId']),
        assigned: flag(search['assigned']),
        overdue: flag(search['overdue']),
        sort: oneOf(sorts, search['sort']),
        create: flag(search['create']),
      }),
    component: lazyRouteComponent(() => import('./pool/tickets-page.tsx'), 'TicketsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: '/tickets/$ticketId',
    component: lazyRouteComponent(() => import('./ticket-page.tsx'), 'TicketPage'),
  }),
] as const
