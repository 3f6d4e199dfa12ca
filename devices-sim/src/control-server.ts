import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from '@fettle/platform/logging'
import { ControlError, errorAnswer, route, type Answer } from './control-routes.ts'
import type { FleetCommands } from './simulated-fleet.ts'
import { SimulatorError } from './simulator-error.ts'

export interface ControlServer {
  start(): Promise<void>
  stop(): Promise<void>
  /** Base address, once started. */
  url(): string
}

const host = '127.0.0.1'
const maxBodyBytes = 16_384

/**
 * JSON over HTTP, for people and tests on this machine only: it asks for no password, so it listens on 127.0.0.1 and
 * turns away requests that a web page of another origin could send.
 */
export function createControlServer(fleet: FleetCommands, options: { port: number; logger: Logger }): ControlServer {
  let server: Server | undefined
  let url = ''

  async function answer(request: IncomingMessage): Promise<Answer> {
    try {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost')
      refuseStrangers(request)
      return route(fleet, request.method ?? 'GET', pathname, await bodyOf(request))
    } catch (error) {
      if (error instanceof ControlError || error instanceof SimulatorError)
        return errorAnswer(error.code, error.message)
      throw error
    }
  }

  function serve(request: IncomingMessage, response: ServerResponse): void {
    answer(request)
      .then(
        (result) => send(response, result),
        (error: unknown) => {
          options.logger.error({ err: error }, 'control request failed')
          send(response, { status: 500, body: { error: { code: 'internal', message: 'the simulator failed' } } })
        },
      )
      .catch((error: unknown) => options.logger.debug({ err: error }, 'control answer could not be sent'))
  }

  return {
    url: () => url,
    async start() {
      const listening = createServer(serve).listen(options.port, host)
      await once(listening, 'listening')
      server = listening
      url = `http://${host}:${(listening.address() as AddressInfo).port}`
    },
    async stop() {
      const closing = server
      server = undefined
      if (!closing) return
      const closed = once(closing, 'close')
      closing.close()
      closing.closeAllConnections()
      await closed
    },
  }
}

/** A name that a foreign page resolves to 127.0.0.1 still shows in the Host header; a foreign page in Origin. */
function refuseStrangers({ headers }: IncomingMessage): void {
  const name = (headers.host ?? '').replace(/:\d+$/, '')
  if (!['127.0.0.1', 'localhost'].includes(name) || headers.origin !== undefined) {
    throw new ControlError('http/host-not-local', 'the control interface serves this machine only')
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (request.method !== 'POST') return undefined
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new ControlError('http/not-json', 'send the body as content-type application/json')
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBodyBytes) throw new ControlError('http/too-large', `a body has at most ${maxBodyBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    throw new ControlError('body/malformed', 'the body is not JSON')
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
}
