import { streamEvents } from '@fettle/contracts/events'
import type { App } from '../app-type.ts'
import type { LiveHub } from './live-hub.ts'

const keepAliveMs = 20_000
/** A browser that cannot keep up is let go; it comes back and asks for the present state. */
const maxBufferedBytes = 1024 * 1024

/** Server-sent events. Each is one JSON `LiveEvent`; a comment every 20 s keeps proxies from closing the line. */
export function eventRoutes(app: App, live: LiveHub): void {
  app.route({
    ...streamEvents,
    handler: (request, reply) => {
      reply.hijack()
      const stream = reply.raw
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
        send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
      })
      const keepAlive = setInterval(() => write(': still here\n\n'), keepAliveMs)
      stream.on('close', () => {
        clearInterval(keepAlive)
        leave()
      })
    },
  })
  // Open streams would keep the server from closing.
  app.addHook('preClose', async () => {
    app.server.closeAllConnections()
  })
}
