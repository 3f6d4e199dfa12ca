import fastifyStatic from '@fastify/static'
import { DomainError } from '@fettle/domain/domain-error'
import type { App } from './app-type.ts'
import type { Dependencies } from './dependencies.ts'
import { problemOf, sendProblem } from './problem.ts'

/** Serves the built web app; every page address that is no file answers the app itself, which routes in the browser. */
export async function webRoutes(app: App, { webRoot }: Dependencies): Promise<void> {
  if (webRoot !== null) {
    await app.register(fastifyStatic, {
      root: webRoot,
      wildcard: false,
      setHeaders: (reply, path) => {
        // File names under assets/ carry a hash of their content.
        const cache = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
        void reply.header('cache-control', cache)
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html')
    if (webRoot !== null && isPage && !request.url.startsWith('/api/'))
      return reply.type('text/html').sendFile('index.html')
    const nothing = new DomainError('request/route-not-found', 'there is nothing at this address')
    return sendProblem(reply, problemOf(nothing, request.id))
  })
}
