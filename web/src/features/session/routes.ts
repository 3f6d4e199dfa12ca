import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../app/root-routes.tsx'
import { taken, text } from '../../app/search-params.ts'

export const sessionRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: '/sign-in',
    /** `next`: where the person wanted to go, as a path of this console. */
    validateSearch: (search: Record<string, unknown>) => taken(search, { next: ownPath(text(search['next'])) }),
    component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  }),
] as const

/** Only paths of our own: `//elsewhere` and `https://elsewhere` would lead away after signing in. */
function ownPath(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : undefined
}
