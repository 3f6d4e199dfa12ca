import type { ServerResponse } from 'node:http'
import { streamEvents } from '@fettle/contracts/events'
import type { App } from '../app-type.ts'
import { tokenOf } from '../sessions/session-token.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { LiveHub } from './live-hub.ts'

/** A browser that cannot keep up is let go; it comes back and asks for the present state. */
const maxBufferedBytes = 1024 * 1024
/** What is being answered when the server closes may take this long. */
const lastAnswersMs = 3_000

/** Server-sent events, each one JSON `LiveEvent`. */
export function eventRoutes(app: App, live: LiveHub, sessions: Sessions): void {
  const streams = new Set<ServerResponse>()

  app.route({
    ...streamEvents,
    handler: (request, reply) => {
      const token = tokenOf(request) ?? ''
      reply.hijack()
      const stream = reply.raw
      streams.add(stream)
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
        'x-accel-buffering': 'no',
      })
      stream.write('retry: 2000\n\n')
      const write = (text: string) => {
        if (stream.writableLength > maxBufferedBytes) stream.destroy()
        else stream.write(text)
      }
      const leave = live.listen({
        actor: request.actor,
        assetId: request.query.assetId ?? null,
        send: (event) => write(`data: ${event}\n\n`),
        end: () => stream.destroy(),
        renew: () => sessions.actorBy(token),
      })
      stream.on('close', () => {
        streams.delete(stream)
        leave()
      })
    },
  })

  // Open streams would keep the server from closing; calls that are being answered get their answer.
  let expired: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.destroy()
    expired = setTimeout(() => app.server.closeAllConnections(), lastAnswersMs)
  })
  app.addHook('onResponse', async () => {
    if (expired) setImmediate(() => app.server.closeIdleConnections())
  })
  app.addHook('onClose', async () => clearTimeout(expired))
}
